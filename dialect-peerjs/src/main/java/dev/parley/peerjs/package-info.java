/**
 * What a PeerServer does for its clients. Read it in this order: {@link
 * dev.parley.peerjs.PeerJsClientMessage} and {@link dev.parley.peerjs.PeerJsDecoder} (in), {@link
 * dev.parley.peerjs.PeerJsServerMessage} and {@link dev.parley.peerjs.PeerJsEncoder} (out), {@link
 * dev.parley.peerjs.PeerJsHandshakeHandler} (who is let in), {@link dev.parley.peerjs.PeerJsSession} (what
 * each message means), {@link dev.parley.peerjs.PeerJsHttp} (the HTTP side).
 */
@NullMarked
package dev.parley.peerjs;

import org.jspecify.annotations.NullMarked;
