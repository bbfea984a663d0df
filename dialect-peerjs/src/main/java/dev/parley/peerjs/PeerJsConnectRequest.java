package dev.parley.peerjs;

import dev.parley.dialect.Handshake;
import java.util.Optional;

/**
 * What a client gives when it connects: {@code /peerjs?key=KEY&id=ID&token=TOKEN}, and some a
 * {@code version}. An empty value counts as missing.
 */
record PeerJsConnectRequest(String key, String id, String token, Optional<String> version) {

  static Optional<PeerJsConnectRequest> read(Handshake handshake) {
    return handshake
        .parameter("key")
        .flatMap(
            key -> handshake
                .parameter("id")
                .flatMap(id -> handshake.parameter("token")
                    .map(token -> new PeerJsConnectRequest(key, id, token,
                        handshake.parameter("version")))));
  }

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return "ConnectRequest[" + id + "]";
  }
}
