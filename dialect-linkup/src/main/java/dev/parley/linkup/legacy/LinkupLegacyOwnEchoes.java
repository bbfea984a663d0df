package dev.parley.linkup.legacy;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts own messages in flight. A publisher receives its own messages, too, and nothing in them
 * identifies it: so they are counted when they are published and when they arrive.
 */
final class LinkupLegacyOwnEchoes {

  private final Map<String, Integer> counts = new HashMap<>();

  /** Counts a message about this id that is published. */
  void add(String id) {
    counts.merge(id, 1, Integer::sum);
  }

  /** Counts one that has arrived, or never will; false if none was in flight. */
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

  /** Whether a message about this id is in flight. */
  boolean has(String id) {
    return counts.containsKey(id);
  }
}
