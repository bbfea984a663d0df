package dev.parley.peerjs;

import java.util.Map;
import java.util.Optional;

/** Maps the keys of clients to realms. */
final class PeerJsKeys {

  private final String ownKey;
  private final String ownRealm;
  private final Map<String, String> others;

  PeerJsKeys(PeerJsOptions options, String mountRealm) {
    this.ownKey = options.key();
    this.ownRealm = mountRealm;
    this.others = options.keys();
  }

  /** The realm of clients with {@code key}; empty if the key is unknown. */
  Optional<String> realm(String key) {
    return key.equals(ownKey) ? Optional.of(ownRealm) : Optional.ofNullable(others.get(key));
  }

  /** The same for HTTP, where PeerServer accepts any key as its own. */
  String realmOrOwn(String key) {
    return realm(key).orElse(ownRealm);
  }
}
