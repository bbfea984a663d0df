package dev.parley.peerjs;

import java.util.Map;
import java.util.Optional;

/**
 * The serialization that offers of peers of other dialects name, unless the peer names one itself.
 * The client's version decides first, then its realm.
 *
 * @param serialization for all other clients
 * @param byRealm for the clients of some realms
 * @param byVersion for clients with some values of {@code version} in the URL that they connect
 *     with
 */
public record PeerJsForeignOffers(
    PeerJsOfferSerialization serialization,
    Map<String, PeerJsOfferSerialization> byRealm,
    Map<String, PeerJsOfferSerialization> byVersion) {

  /** {@code raw}, but for peerdart, whose version is 1. */
  static final PeerJsForeignOffers DEFAULT =
      new PeerJsForeignOffers(PeerJsOfferSerialization.RAW, Map.of(),
          Map.of("1", PeerJsOfferSerialization.JSON));

  public PeerJsForeignOffers {
    byRealm = Map.copyOf(byRealm);
    byVersion = Map.copyOf(byVersion);
  }

  /** For a client of a realm that connects with that version, if with any. */
  PeerJsOfferSerialization of(String realm, Optional<String> version) {
    return version
        .flatMap(each -> Optional.ofNullable(byVersion.get(each)))
        .orElseGet(() -> byRealm.getOrDefault(realm, serialization));
  }
}
