package dev.parley.dialect;

import dev.parley.identity.Identity;
import java.util.Optional;

/** The STUN and TURN servers that the node offers to clients. Thread-safe. */
@FunctionalInterface
public interface IceServers {

  /** None, in every realm. */
  IceServers NONE = (realm, identity) -> Optional.empty();

  /**
   * The servers of a realm for one client: the JSON text of an array of {@code RTCIceServer}, in
   * ASCII, with credentials that are issued now and expire. Never to be logged or kept.
   *
   * @param identity an admitted client; its subject becomes part of the user name
   * @return empty if none are configured for the realm
   */
  Optional<String> of(String realm, Identity identity);
}
