/**
 * The dialect of linkup's broker, with the roles of every dialect; read them in this order:
 *
 * <ol>
 *   <li>{@link dev.parley.linkup.LinkupDialectProvider}, {@link dev.parley.linkup.LinkupDialect},
 *       {@link dev.parley.linkup.LinkupOptions}: assembly and configuration
 *   <li>{@link dev.parley.linkup.LinkupClientMessage} and {@link dev.parley.linkup.LinkupDecoder}:
 *       what clients send, in three {@linkplain dev.parley.linkup.LinkupWireFormat wire formats}
 *   <li>{@link dev.parley.linkup.LinkupServerMessage}, {@link dev.parley.linkup.LinkupErrors} and
 *       {@link dev.parley.linkup.LinkupEncoder}: what clients receive
 *   <li>{@link dev.parley.linkup.LinkupHandshakeHandler}: admission
 *   <li>{@link dev.parley.linkup.LinkupSession}: the meaning of each request, with {@link
 *       dev.parley.linkup.LinkupRegistration} (the id), {@link
 *       dev.parley.linkup.LinkupUndecidedSignals} (signals to an id that may be taken), {@link
 *       dev.parley.linkup.LinkupSentSignals} (outcomes of signals) and {@link
 *       dev.parley.linkup.LinkupReplies}
 *   <li>{@link dev.parley.linkup.LinkupInterpreter}: how peers of other dialects understand linkup
 *   <li>{@link dev.parley.linkup.LinkupForeignPeers}: how linkup clients understand them, with
 *       {@link dev.parley.linkup.LinkupForeignPeer} and {@link
 *       dev.parley.linkup.LinkupConversation} (state), {@link
 *       dev.parley.linkup.LinkupIncomingSignals}, {@link dev.parley.linkup.LinkupOutgoingSignals}
 *       and {@link dev.parley.linkup.LinkupOutgoingCalls} (glare)
 *   <li>{@code legacy}: the bridge to original brokers that are still running
 * </ol>
 *
 * <p>Many classes, because a dialect is one package, however large its protocol is.
 */
@NullMarked
package dev.parley.linkup;

import org.jspecify.annotations.NullMarked;
