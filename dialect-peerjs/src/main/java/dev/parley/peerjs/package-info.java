/**
 * The dialect of PeerServer. Every dialect has these roles; read them in this order:
 *
 * <ol>
 *   <li>{@link dev.parley.peerjs.PeerJsDialectProvider}, {@link dev.parley.peerjs.PeerJsDialect},
 *       {@link dev.parley.peerjs.PeerJsOptions}: assembly and configuration
 *   <li>{@link dev.parley.peerjs.PeerJsClientMessage} and {@link dev.parley.peerjs.PeerJsDecoder}:
 *       what clients send
 *   <li>{@link dev.parley.peerjs.PeerJsServerMessage}, {@link dev.parley.peerjs.PeerJsErrors} and
 *       {@link dev.parley.peerjs.PeerJsEncoder}: what clients receive
 *   <li>{@link dev.parley.peerjs.PeerJsHandshakeHandler}: admission, with {@link
 *       dev.parley.peerjs.PeerJsAdmission} and the back-off of {@link
 *       dev.parley.peerjs.PeerJsTakeOvers}
 *   <li>{@link dev.parley.peerjs.PeerJsSession}: the meaning of each message; {@link
 *       dev.parley.peerjs.PeerJsLiveness} closes silent clients
 *   <li>{@link dev.parley.peerjs.PeerJsInterpreter}: how peers of other dialects understand PeerJS
 *   <li>{@link dev.parley.peerjs.PeerJsForeignPeers} and {@link
 *       dev.parley.peerjs.PeerJsConversation}: how PeerJS clients understand them
 *   <li>{@link dev.parley.peerjs.PeerJsHttp}: the HTTP interface
 * </ol>
 *
 * <p>Many classes, because a dialect is one package, however large its protocol is.
 */
@NullMarked
package dev.parley.peerjs;

import org.jspecify.annotations.NullMarked;
