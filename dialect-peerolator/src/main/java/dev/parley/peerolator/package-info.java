/**
 * The dialect of Peerolator, with the roles of every dialect. Its clients are servers and the
 * clients of these; both are called peers here. Read it in this order:
 *
 * <ol>
 *   <li>{@link dev.parley.peerolator.PeerolatorDialectProvider}, {@link
 *       dev.parley.peerolator.PeerolatorDialect}, {@link dev.parley.peerolator.PeerolatorOptions}:
 *       assembly and configuration; {@code schema}: JSON schemas of messages
 *   <li>{@link dev.parley.peerolator.PeerolatorPeerMessage} and {@link
 *       dev.parley.peerolator.PeerolatorDecoder}: what peers send
 *   <li>{@link dev.parley.peerolator.PeerolatorRelayMessage}, {@link
 *       dev.parley.peerolator.PeerolatorErrors} and {@link
 *       dev.parley.peerolator.PeerolatorEncoder}: what peers receive
 *   <li>{@link dev.parley.peerolator.PeerolatorServerHandshakeHandler} and {@link
 *       dev.parley.peerolator.PeerolatorClientHandshakeHandler}: admission
 *   <li>{@link dev.parley.peerolator.PeerolatorServerSession} and {@link
 *       dev.parley.peerolator.PeerolatorClientSession}: the meaning of each message, with {@link
 *       dev.parley.peerolator.PeerolatorSessionSupport} (what the two share) and {@link
 *       dev.parley.peerolator.PeerolatorJoin} (how a client finds its server)
 *   <li>{@link dev.parley.peerolator.PeerolatorInterpreter}: how peers of other dialects understand
 *       Peerolator, by the convention of {@link dev.parley.peerolator.PeerolatorWebRtcMessage}
 *   <li>{@link dev.parley.peerolator.PeerolatorForeignPeers}: how Peerolator's peers understand
 *       them, with {@link dev.parley.peerolator.PeerolatorConversationKeys}, {@link
 *       dev.parley.peerolator.PeerolatorOpenOffers} and {@link
 *       dev.parley.peerolator.PeerolatorForeignEncoder}
 * </ol>
 *
 * <p>Many classes, because a dialect is one package, however large its protocol is.
 */
@NullMarked
package dev.parley.peerolator;

import org.jspecify.annotations.NullMarked;
