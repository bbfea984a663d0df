package dev.parley.policies.support;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A table from hashes to values, of which the least recently used one makes room for a new one.
 * Thread-safe.
 *
 * @param <V> the values
 */
public final class BoundedCache<V> {

  private final Map<String, V> values;

  /**
   * @param capacity the most values; 0 keeps none
   */
  public BoundedCache(int capacity) {
    values = new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > capacity;
      }
    };
  }

  /** The value, if there is one. */
  public synchronized Optional<V> get(String hash) {
    return Optional.ofNullable(values.get(hash));
  }

  /** Keeps a value. */
  public synchronized void put(String hash, V value) {
    values.put(hash, value);
  }

  /** Forgets a value. */
  public synchronized void remove(String hash) {
    values.remove(hash);
  }

  /** How many values there are. */
  public synchronized int size() {
    return values.size();
  }
}
