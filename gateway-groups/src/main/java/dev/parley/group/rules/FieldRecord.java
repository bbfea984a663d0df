package dev.parley.group.rules;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mutable record as a collection of fields, for callers of the rules. Most records have a few
 * fields in two or three parts, and there may be very many of them; so parts are kept in an array,
 * and few fields in a {@link FewFields}. Not thread-safe.
 */
public class FieldRecord implements GroupRecord {

  /** A hash table shrinks at this size: below the one at which it is made, so as not to flap. */
  private static final int FEW_AGAIN = FewFields.MAX / 2;

  private static final Object[] NONE = {};

  /** Parts and their fields, alternating; no part is empty. */
  private Object[] parts = NONE;

  @Override
  public final <V extends Value> @Nullable V value(FieldGroup<V> part, String name) {
    int at = indexOf(part);
    return at < 0 ? null : part.type().cast(fields(at).get(name));
  }

  @Override
  @SuppressWarnings("unchecked") // set() stores values of the part's type only
  public final <V extends Value> Map<String, V> values(FieldGroup<V> part) {
    int at = indexOf(part);
    if (at < 0) {
      return Map.of();
    }
    Map<String, Value> fields = fields(at);
    return (Map<String, V>) (fields instanceof FewFields
        ? fields : Collections.unmodifiableMap(fields));
  }

  /** Sets a field, or removes it. */
  public final void set(FieldGroup<?> part, String name, @Nullable Value value) {
    int at = indexOf(part);
    if (value != null) {
      put(part, at, name, part.type().cast(value));
    } else if (at >= 0) {
      remove(at, name);
    }
  }

  private void put(FieldGroup<?> part, int at, String name, Value value) {
    if (at < 0) {
      int length = parts.length;
      parts = Arrays.copyOf(parts, length + 2);
      parts[length] = part;
      parts[length + 1] = FewFields.of(name, value);
      return;
    }
    Map<String, Value> fields = fields(at);
    if (fields instanceof FewFields few) {
      if (few.size() < FewFields.MAX || few.containsKey(name)) {
        parts[at + 1] = few.with(name, value);
        return;
      }
      fields = new LinkedHashMap<>(few);
      parts[at + 1] = fields;
    }
    fields.put(name, value);
  }

  private void remove(int at, String name) {
    Map<String, Value> fields = fields(at);
    if (fields instanceof FewFields few) {
      fields = few.without(name);
    } else {
      fields.remove(name);
      if (fields.size() <= FEW_AGAIN) {
        fields = FewFields.copyOf(fields.entrySet());
      }
    }
    if (fields.isEmpty()) {
      removePart(at);
    } else {
      parts[at + 1] = fields;
    }
  }

  private void removePart(int at) {
    Object[] fewer = new Object[parts.length - 2];
    System.arraycopy(parts, 0, fewer, 0, at);
    System.arraycopy(parts, at + 2, fewer, at, fewer.length - at);
    parts = fewer;
  }

  private int indexOf(FieldGroup<?> part) {
    for (int i = 0; i < parts.length; i += 2) {
      if (parts[i] == part) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings("unchecked") // only this class fills the array
  private Map<String, Value> fields(int at) {
    return (Map<String, Value>) parts[at + 1];
  }

  /** Whether it has no fields, like one that does not exist. */
  public final boolean isEmpty() {
    return parts.length == 0;
  }
}
