package dev.parley.group.rules;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view of one record: many small fields, so that a change writes only what has changed.
 * A record without fields does not exist.
 */
public interface GroupRecord {

  /** The record that does not exist. */
  GroupRecord ABSENT = new GroupRecord() {
    @Override
    public <V extends Value> @Nullable V value(FieldGroup<V> part, String name) {
      return null;
    }

    @Override
    public <V extends Value> Map<String, V> values(FieldGroup<V> part) {
      return Map.of();
    }
  };

  /** The value of a field; null if it is absent. */
  <V extends Value> @Nullable V value(FieldGroup<V> part, String name);

  /** All fields of a part by name, unordered. Read-only. */
  <V extends Value> Map<String, V> values(FieldGroup<V> part);
}
