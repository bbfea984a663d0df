package dev.parley.group.rules;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Mutable records that apply evaluations, for inspection by tests. */
final class TestRecords implements Records {

  private final Map<RecordKey, Fields> records = new HashMap<>();

  private record Fields(Map<FieldGroup<?>, Map<String, Value>> parts) implements GroupRecord {

    @Override
    public <V extends Value> @Nullable V value(FieldGroup<V> part, String name) {
      return values(part).get(name);
    }

    @Override
    public <V extends Value> Map<String, V> values(FieldGroup<V> part) {
      Map<String, V> typed = new LinkedHashMap<>();
      parts.getOrDefault(part, Map.of())
          .forEach((name, value) -> typed.put(name, part.type().cast(value)));
      return typed;
    }
  }

  @Override
  public GroupRecord find(RecordKey key) {
    Fields fields = records.get(key);
    return fields == null ? GroupRecord.ABSENT : fields;
  }

  void apply(List<Change> changes) {
    for (Change change : changes) {
      Fields fields =
          records.computeIfAbsent(change.key(), key -> new Fields(new LinkedHashMap<>()));
      Map<String, Value> part =
          fields.parts.computeIfAbsent(change.part(), key -> new LinkedHashMap<>());
      if (change.value() == null) {
        part.remove(change.name());
      } else {
        part.put(change.name(), Objects.requireNonNull(change.value()));
      }
      if (part.isEmpty()) {
        fields.parts.remove(change.part());
      }
      if (fields.parts.isEmpty()) {
        records.remove(change.key());
      }
    }
  }

  /** Every record, with all its fields. */
  Map<RecordKey, Map<FieldGroup<?>, Map<String, Value>>> all() {
    Map<RecordKey, Map<FieldGroup<?>, Map<String, Value>>> all = new HashMap<>();
    records.forEach((key, fields) -> {
      Map<FieldGroup<?>, Map<String, Value>> parts = new HashMap<>();
      fields.parts.forEach((part, values) -> parts.put(part, Map.copyOf(values)));
      all.put(key, parts);
    });
    return all;
  }
}
