package dev.parley.group.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records during one evaluation: as they were, with what the command has changed so far laid
 * over them. Reading a record that is not at hand ends the evaluation with {@link MissingRecords}.
 */
final class Ledger {

  private final Records records;
  private final Map<Section, Map<String, Change>> changes = new LinkedHashMap<>();

  /** Ordered, as its key is. */
  private record Section(RecordKey key, Part<?> part) implements Comparable<Section> {

    @Override
    public int compareTo(Section that) {
      int byKey = key.compareTo(that.key);
      return byKey != 0 ? byKey : part.name().compareTo(that.part.name());
    }
  }

  Ledger(Records records) {
    this.records = records;
  }

  /** Says what will be read, so that all of it can be brought at once. */
  void expect(Collection<RecordKey> keys) {
    Set<RecordKey> missing = new LinkedHashSet<>();
    for (RecordKey key : keys) {
      if (records.find(key) == null) {
        missing.add(key);
      }
    }
    if (!missing.isEmpty()) {
      throw new MissingRecords(missing);
    }
  }

  <V extends Value> @Nullable V value(RecordKey key, Part<V> part, String name) {
    Change change = changed(key, part).get(name);
    return change == null ? record(key).value(part, name) : part.type().cast(change.value());
  }

  /** All fields of a part, in no particular order. */
  <V extends Value> Map<String, V> values(RecordKey key, Part<V> part) {
    Map<String, V> before = record(key).values(part);
    Map<String, Change> changed = changed(key, part);
    if (changed.isEmpty()) {
      return before;
    }
    Map<String, V> now = new LinkedHashMap<>(before);
    changed.forEach((name, change) -> {
      if (change.value() == null) {
        now.remove(name);
      } else {
        now.put(name, part.type().cast(change.value()));
      }
    });
    return now;
  }

  /** Needs no reading: what the field held before does not matter. */
  <V extends Value> void put(RecordKey key, Part<V> part, String name, V value) {
    change(new Change(key, part, name, value));
  }

  /** Needs no reading either. */
  void remove(RecordKey key, Part<?> part, String name) {
    change(new Change(key, part, name, null));
  }

  /** What a counter stands at. */
  long count(RecordKey key, String counter) {
    Value.Count count = value(key, Part.COUNTER, counter);
    return count == null ? 0 : count.number();
  }

  /** Adds to a counter; one that is back at 0 is no longer there. */
  void add(RecordKey key, String counter, long number) {
    long sum = count(key, counter) + number;
    if (sum == 0) {
      remove(key, Part.COUNTER, counter);
    } else {
      put(key, Part.COUNTER, counter, new Value.Count(sum));
    }
  }

  /** Removes all fields of a part. */
  void clear(RecordKey key, Part<?> part) {
    for (String name : List.copyOf(values(key, part).keySet())) {
      remove(key, part, name);
    }
  }

  List<Change> changes() {
    List<Change> all = new ArrayList<>();
    changes.values().forEach(section -> all.addAll(section.values()));
    return all;
  }

  private void change(Change change) {
    changes.computeIfAbsent(new Section(change.key(), change.part()), key -> new LinkedHashMap<>())
        .put(change.name(), change);
  }

  private Map<String, Change> changed(RecordKey key, Part<?> part) {
    return changes.isEmpty() ? Map.of() : changes.getOrDefault(new Section(key, part), Map.of());
  }

  private GroupRecord record(RecordKey key) {
    GroupRecord record = records.find(key);
    if (record == null) {
      throw new MissingRecords(Set.of(key));
    }
    return record;
  }
}
