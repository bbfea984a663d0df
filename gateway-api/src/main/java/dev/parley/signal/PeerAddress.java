package dev.parley.signal;

/**
 * The address of a peer: an id within a realm. The same id in two realms is two peers.
 *
 * <p>Comparable, since clients choose ids: a hash table uses the order to find one of many keys
 * with colliding hashes, and would compare it with each of them otherwise.
 *
 * @param realm the isolated space of ids, matching {@code [A-Za-z0-9_-]+}
 * @param id the id within the realm, any text
 */
public record PeerAddress(String realm, String id) implements Comparable<PeerAddress> {

  /** The realm that all dialects share unless configured otherwise. */
  public static final String DEFAULT_REALM = "default";

  /** The peer {@code id} of the same realm. */
  public PeerAddress neighbour(String id) {
    return new PeerAddress(realm, id);
  }

  /**
   * Written out, since it is on the path of every signal, and that of a record is slow until it is
   * compiled.
   */
  @Override
  public int hashCode() {
    return 31 * realm.hashCode() + id.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeerAddress that && id.equals(that.id) && realm.equals(that.realm);
  }

  /** By id first: most compared addresses have the same realm. */
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
