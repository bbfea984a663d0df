package dev.parley.group.rules;

/**
 * Identifies a record. Comparable, since clients choose names: see {@link
 * dev.parley.signal.PeerAddress}.
 *
 * @param id the name of the user, the room, or the namespace
 */
public record RecordKey(String realm, RecordKind kind, String id)
    implements Comparable<RecordKey> {

  @Override
  public int compareTo(RecordKey that) {
    int order = id.compareTo(that.id);
    if (order == 0) {
      order = kind.compareTo(that.kind);
    }
    return order != 0 ? order : realm.compareTo(that.realm);
  }
}
