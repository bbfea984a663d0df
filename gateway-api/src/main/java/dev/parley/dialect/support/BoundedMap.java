package dev.parley.dialect.support;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map of the entries that were put last; evicts the eldest one beyond its limit. What a session
 * remembers of its peers is bounded by it, whatever they do. One thread.
 *
 * @param <K> ordered, as peers choose what is in a key
 */
public final class BoundedMap<K extends Comparable<K>, V> {

  private final int maxEntries;
  private final Map<K, V> entries = new LinkedHashMap<>(4);

  public BoundedMap(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /** Puts an entry, which is the youngest from now on, even if its key was there before. */
  public void put(K key, V value) {
    entries.remove(key);
    entries.put(key, value);
    if (entries.size() > maxEntries) {
      Iterator<K> eldest = entries.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  public @Nullable V get(K key) {
    return entries.get(key);
  }

  public boolean containsKey(K key) {
    return entries.containsKey(key);
  }

  public @Nullable V remove(K key) {
    return entries.remove(key);
  }

  public void removeIf(Predicate<K> unwanted) {
    entries.keySet().removeIf(unwanted);
  }

  /** The youngest of the keys that match; null if none does. */
  public @Nullable K last(Predicate<K> wanted) {
    @Nullable K last = null;
    for (K key : entries.keySet()) {
      last = wanted.test(key) ? key : last;
    }
    return last;
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** A copy of the values, eldest first. */
  public List<V> values() {
    return new ArrayList<>(entries.values());
  }
}
