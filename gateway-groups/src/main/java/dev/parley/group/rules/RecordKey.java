package dev.parley.group.rules;

/**
 * Identifies a record. Comparable, since clients choose names: see {@link
 * dev.parley.signal.PeerAddress}.
 *
 * @param id the name of the user, the room, or the namespace
 */
public record RecordKey(String realm, RecordKind kind, String id)
    implements Comparable<RecordKey> {

  /** Written out: every command asks for it often, and a record's own is slow until compiled. */
  @Override
  public int hashCode() {
    return 31 * (31 * realm.hashCode() + kind.ordinal()) + id.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordKey that && kind == that.kind && id.equals(that.id)
        && realm.equals(that.realm);
  }

  @Override
  public int compareTo(RecordKey that) {
    int order = id.compareTo(that.id);
    if (order == 0) {
      order = kind.compareTo(that.kind);
    }
    return order != 0 ? order : realm.compareTo(that.realm);
  }
}
