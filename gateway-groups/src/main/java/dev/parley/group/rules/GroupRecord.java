package dev.parley.group.rules;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record, as it is now: many small fields, so that a change writes what changed and nothing
 * else. A record without fields is one that does not exist.
 */
public interface GroupRecord {

  /** The record that does not exist. */
  GroupRecord ABSENT = new GroupRecord() {
    @Override
    public <V extends Value> @Nullable V value(Part<V> part, String name) {
      return null;
    }

    @Override
    public <V extends Value> Map<String, V> values(Part<V> part) {
      return Map.of();
    }
  };

  /** What a field holds; null if it is not there. */
  <V extends Value> @Nullable V value(Part<V> part, String name);

  /** All fields of a part by name, in no particular order. For reading only. */
  <V extends Value> Map<String, V> values(Part<V> part);
}
