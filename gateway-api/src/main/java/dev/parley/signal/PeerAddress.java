package dev.parley.signal;

/**
 * Somebody addressable: an id within a realm. The same id in two realms is two peers.
 *
 * <p>Ordered, since clients choose ids: a hash table finds one of many keys with the same hash by
 * their order, and only without one by looking at each.
 *
 * @param realm the isolated space of ids, matching {@code [A-Za-z0-9_-]+}
 * @param id the id that the peer goes by, any text
 */
public record PeerAddress(String realm, String id) implements Comparable<PeerAddress> {

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

  /** The id first: most addresses that are compared are of one realm. */
  @Override
  public int compareTo(PeerAddress that) {
    int byId = id.compareTo(that.id);
    return byId != 0 ? byId : realm.compareTo(that.realm);
  }

  @Override
  public String toString() {
    return realm + "/" + id;
  }
}
