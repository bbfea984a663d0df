/**
 * What a Peerolator does for its servers and clients. Read it in this order: {@link
 * dev.parley.peerolator.PeerMessage} and {@link dev.parley.peerolator.PeerolatorDecoder} (in),
 * {@link dev.parley.peerolator.RelayMessage} and {@link dev.parley.peerolator.PeerolatorEncoder}
 * (out), {@link dev.parley.peerolator.ServerGreeter} and {@link
 * dev.parley.peerolator.ClientGreeter} (who is let in), {@link dev.parley.peerolator.Joining} (how
 * a client finds its server), {@link dev.parley.peerolator.PeerolatorServerSession} and {@link
 * dev.parley.peerolator.PeerolatorClientSession} (what each message means), {@link
 * dev.parley.peerolator.Line} (what the two have in common).
 *
 * <p>Peers of other dialects: {@link dev.parley.peerolator.WebRtcMessage} (the convention), {@link
 * dev.parley.peerolator.PeerolatorInterpreter} (how others read ours), {@link
 * dev.parley.peerolator.ForeignEncoder} (how ours are told what others say), {@link
 * dev.parley.peerolator.Calls} (what has to be remembered meanwhile).
 */
@NullMarked
package dev.parley.peerolator;

import org.jspecify.annotations.NullMarked;
