package dev.parley.peerolator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries that were put last, so many and no more: what a session remembers of its peers is
 * bounded, whatever they do. One thread.
 *
 * @param <K> ordered, as peers choose what is in a key
 */
final class PeerolatorRecent<K extends Comparable<K>, V> {

  private final int most;
  private final Map<K, V> entries = new LinkedHashMap<>(4);

  /**
   * @param most how many are kept; one more, and the eldest is forgotten
   */
  PeerolatorRecent(int most) {
    this.most = most;
  }

  void put(K key, V value) {
    entries.remove(key);
    entries.put(key, value);
    if (entries.size() > most) {
      Iterator<K> eldest = entries.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  @Nullable
  V get(K key) {
    return entries.get(key);
  }

  @Nullable
  V remove(K key) {
    return entries.remove(key);
  }

  void removeIf(Predicate<K> forgotten) {
    entries.keySet().removeIf(forgotten);
  }

  /** The key that was put last of those that are sought. */
  @Nullable
  K last(Predicate<K> sought) {
    @Nullable K last = null;
    for (K key : entries.keySet()) {
      last = sought.test(key) ? key : last;
    }
    return last;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The values, eldest first. */
  List<V> values() {
    return new ArrayList<>(entries.values());
  }
}
