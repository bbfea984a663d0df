package dev.parley.group.rules;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mutable record as a collection of fields, for callers of the rules. Not thread-safe.
 */
public final class FieldRecord implements GroupRecord {

  private final Map<FieldGroup<?>, Map<String, Value>> parts = new HashMap<>(4);

  @Override
  public <V extends Value> @Nullable V value(FieldGroup<V> part, String name) {
    Map<String, Value> fields = parts.get(part);
    return fields == null ? null : part.type().cast(fields.get(name));
  }

  @Override
  @SuppressWarnings("unchecked") // set() stores values of the part's type only
  public <V extends Value> Map<String, V> values(FieldGroup<V> part) {
    Map<String, Value> fields = parts.get(part);
    return fields == null ? Map.of() : (Map<String, V>) Collections.unmodifiableMap(fields);
  }

  /** Sets a field, or removes it. */
  public void set(FieldGroup<?> part, String name, @Nullable Value value) {
    if (value != null) {
      parts.computeIfAbsent(part, key -> new LinkedHashMap<>(4))
          .put(name, part.type().cast(value));
      return;
    }
    Map<String, Value> fields = parts.get(part);
    if (fields != null) {
      fields.remove(name);
      if (fields.isEmpty()) {
        parts.remove(part);
      }
    }
  }

  /** Whether it has no fields, like one that does not exist. */
  public boolean isEmpty() {
    return parts.isEmpty();
  }
}
