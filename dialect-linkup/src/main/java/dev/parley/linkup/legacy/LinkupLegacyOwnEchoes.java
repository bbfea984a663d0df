package dev.parley.linkup.legacy;

import java.util.HashMap;
import java.util.Map;

/**
 * What this node has published and not heard yet. Everything comes back to whoever published it,
 * and nothing in it says by whom it was: so it is counted out and in.
 */
final class LinkupLegacyOwnEchoes {

  private final Map<String, Integer> counts = new HashMap<>();

  /** Something about this id was published. */
  void add(String id) {
    counts.merge(id, 1, Integer::sum);
  }

  /** Something about this id was heard, or will never be; tells whether one was in flight. */
  boolean remove(String id) {
    Integer count = counts.get(id);
    if (count == null) {
      return false;
    }
    if (count == 1) {
      counts.remove(id);
    } else {
      counts.put(id, count - 1);
    }
    return true;
  }

  /** Whether something about this id has not been heard yet. */
  boolean has(String id) {
    return counts.containsKey(id);
  }
}
