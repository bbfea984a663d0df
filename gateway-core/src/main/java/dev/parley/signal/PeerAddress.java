package dev.parley.signal;

/**
 * Somebody addressable: an id within a realm. The same id in two realms is two peers.
 *
 * @param realm the isolated space of ids, matching {@code [A-Za-z0-9_-]+}
 * @param id the id that the peer goes by, any text
 */
public record PeerAddress(String realm, String id) {

  /** The realm that all dialects share unless a configuration says otherwise. */
  public static final String DEFAULT_REALM = "default";

  /** The peer {@code id} of the same realm. */
  public PeerAddress neighbour(String id) {
    return new PeerAddress(realm, id);
  }

  /** Written out: every signal asks for it, and a record's own is slow until it is compiled. */
  @Override
  public int hashCode() {
    return 31 * realm.hashCode() + id.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeerAddress that && id.equals(that.id) && realm.equals(that.realm);
  }

  @Override
  public String toString() {
    return realm + "/" + id;
  }
}
