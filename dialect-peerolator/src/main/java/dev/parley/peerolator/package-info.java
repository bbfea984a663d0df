/**
 * What a Peerolator does for its servers and clients. Read it in this order: {@link
 * dev.parley.peerolator.PeerolatorPeerMessage} and {@link dev.parley.peerolator.PeerolatorDecoder} (in),
 * {@link dev.parley.peerolator.PeerolatorRelayMessage} and {@link dev.parley.peerolator.PeerolatorEncoder}
 * (out), {@link dev.parley.peerolator.PeerolatorServerHandshakeHandler} and {@link
 * dev.parley.peerolator.PeerolatorClientHandshakeHandler} (who is let in), {@link dev.parley.peerolator.PeerolatorJoin} (how
 * a client finds its server), {@link dev.parley.peerolator.PeerolatorServerSession} and {@link
 * dev.parley.peerolator.PeerolatorClientSession} (what each message means), {@link
 * dev.parley.peerolator.PeerolatorSessionSupport} (what the two have in common).
 *
 * <p>Peers of other dialects: {@link dev.parley.peerolator.PeerolatorWebRtcMessage} (the convention), {@link
 * dev.parley.peerolator.PeerolatorInterpreter} (how others read ours), {@link
 * dev.parley.peerolator.PeerolatorForeignEncoder} (how ours are told what others say), {@link
 * dev.parley.peerolator.PeerolatorForeignPeers} (what has to be remembered meanwhile).
 */
@NullMarked
package dev.parley.peerolator;

import org.jspecify.annotations.NullMarked;
