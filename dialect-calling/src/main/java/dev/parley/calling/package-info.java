/**
 * The dialect of {@code calling-signaling}, with the roles of every dialect: users with a status,
 * rooms, namespaces that announce users and rooms, invitations. Their rules are those of {@code
 * dev.parley.group}; here is how clients say it. Read it in this order:
 *
 * <ol>
 *   <li>{@link dev.parley.calling.CallingDialectProvider}, {@link
 *       dev.parley.calling.CallingDialect}, {@link dev.parley.calling.CallingOptions}: assembly and
 *       configuration
 *   <li>{@link dev.parley.calling.CallingClientMessage}, {@link dev.parley.calling.CallingCommand}
 *       and {@link dev.parley.calling.CallingDecoder}: what clients send
 *   <li>{@link dev.parley.calling.CallingErrors} and {@link dev.parley.calling.CallingEncoder}: what
 *       clients receive
 *   <li>{@link dev.parley.calling.CallingHandshakeHandler}: admission
 *   <li>{@link dev.parley.calling.CallingSession} and {@link
 *       dev.parley.calling.CallingRequestHandler}: the meaning of each request
 *   <li>{@link dev.parley.calling.CallingInterpreter}: how peers of other dialects understand it
 *   <li>{@link dev.parley.calling.CallingForeignPeers}: how its users understand them, with {@link
 *       dev.parley.calling.CallingForeignPeer} and {@link dev.parley.calling.CallingConversation}
 * </ol>
 *
 * <p>Many classes, because a dialect is one package, however large its protocol is.
 */
@NullMarked
package dev.parley.calling;

import org.jspecify.annotations.NullMarked;
