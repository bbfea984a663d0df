package dev.parley.peerjs;

import java.util.Map;
import java.util.Optional;

/** Which key leads to which realm. */
final class PeerJsKeys {

  private final String ownKey;
  private final String ownRealm;
  private final Map<String, String> others;

  PeerJsKeys(PeerJsOptions options, String mountRealm) {
    this.ownKey = options.key();
    this.ownRealm = mountRealm;
    this.others = options.keys();
  }

  /** The realm of clients that give {@code key}, if it is one. */
  Optional<String> realm(String key) {
    return key.equals(ownKey) ? Optional.of(ownRealm) : Optional.ofNullable(others.get(key));
  }

  /** The same for HTTP, where PeerServer takes any key for its own. */
  String realmOrOwn(String key) {
    return realm(key).orElse(ownRealm);
  }
}
