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
 * Record overlay: the records during one evaluation, with the command's changes so far on top of
 * their original state. Reading a record that is not at hand aborts the evaluation with {@link
 * MissingRecords}.
 */
final class RecordOverlay {

  private final Records records;
  private final Map<Section, Map<String, Entry>> changes = new LinkedHashMap<>();

  /** Comparable, like its key. */
  private record Section(RecordKey key, FieldGroup<?> part) implements Comparable<Section> {

    /** Written out, as that of the key. */
    @Override
    public int hashCode() {
      return 31 * key.hashCode() + part.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Section that && part == that.part && key.equals(that.key);
    }

    @Override
    public int compareTo(Section that) {
      int byKey = key.compareTo(that.key);
      return byKey != 0 ? byKey : part.name().compareTo(that.part.name());
    }
  }

  /**
   * A changed field.
   *
   * @param before its value before the command; null if it was absent
   */
  record Entry(Change change, @Nullable Value before) {}

  RecordOverlay(Records records) {
    this.records = records;
  }

  /** Announces reads, so that all records can be loaded at once. */
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

  <V extends Value> @Nullable V value(RecordKey key, FieldGroup<V> part, String name) {
    Entry entry = changed(key, part).get(name);
    return entry == null
        ? record(key).value(part, name)
        : part.type().cast(entry.change().value());
  }

  /** All fields of a part, unordered. */
  <V extends Value> Map<String, V> values(RecordKey key, FieldGroup<V> part) {
    Map<String, V> before = record(key).values(part);
    Map<String, Entry> changed = changed(key, part);
    if (changed.isEmpty()) {
      return before;
    }
    Map<String, V> now = new LinkedHashMap<>(before);
    changed.forEach((name, entry) -> {
      if (entry.change().value() == null) {
        now.remove(name);
      } else {
        now.put(name, part.type().cast(entry.change().value()));
      }
    });
    return now;
  }

  /** Sets a field of a record that is, or will be, at hand. */
  <V extends Value> void put(RecordKey key, FieldGroup<V> part, String name, V value) {
    change(new Change(key, part, name, value));
  }

  /** Removes a field of a record that is, or will be, at hand. */
  <V extends Value> void remove(RecordKey key, FieldGroup<V> part, String name) {
    change(new Change(key, part, name, null));
  }

  /**
   * Sets a field without reading its record, since its value is known.
   *
   * @param before its known value; null if it is absent
   */
  <V extends Value> void putUnread(
      RecordKey key, FieldGroup<V> part, String name, V value, @Nullable V before) {
    changeUnread(new Change(key, part, name, value), before);
  }

  /** Removes a field without reading its record. */
  <V extends Value> void removeUnread(RecordKey key, FieldGroup<V> part, String name, V before) {
    changeUnread(new Change(key, part, name, null), before);
  }

  /** The value of a counter. */
  long count(RecordKey key, String counter) {
    Value.Count count = value(key, FieldGroup.COUNTER, counter);
    return count == null ? 0 : count.number();
  }

  /** Adds to a counter; at 0 the field is removed. */
  void add(RecordKey key, String counter, long number) {
    long sum = count(key, counter) + number;
    if (sum == 0) {
      remove(key, FieldGroup.COUNTER, counter);
    } else {
      put(key, FieldGroup.COUNTER, counter, Value.Count.of(sum));
    }
  }

  /** Removes all fields of a part. */
  <V extends Value> void clear(RecordKey key, FieldGroup<V> part) {
    for (String name : List.copyOf(values(key, part).keySet())) {
      remove(key, part, name);
    }
  }

  List<Change> changes() {
    List<Change> all = new ArrayList<>();
    changes.values().forEach(
        section -> section.values().forEach(entry -> all.add(entry.change())));
    return all;
  }

  /** The changed fields, with their former values. */
  List<Entry> entries() {
    List<Entry> all = new ArrayList<>();
    changes.values().forEach(section -> all.addAll(section.values()));
    return all;
  }

  /** Whether nothing has changed. */
  boolean isUnchanged() {
    return changes.isEmpty();
  }

  /** A view of the records before the command. */
  RecordOverlay before() {
    return new RecordOverlay(records);
  }

  private void change(Change change) {
    Map<String, Entry> section = section(change);
    Entry known = section.get(change.name());
    Value before = known == null
        ? record(change.key()).value(change.part(), change.name())
        : known.before();
    section.put(change.name(), new Entry(change, before));
  }

  private void changeUnread(Change change, @Nullable Value before) {
    Map<String, Entry> section = section(change);
    Entry known = section.get(change.name());
    section.put(change.name(), new Entry(change, known == null ? before : known.before()));
  }

  private Map<String, Entry> section(Change change) {
    return changes.computeIfAbsent(
        new Section(change.key(), change.part()), key -> new LinkedHashMap<>());
  }

  private Map<String, Entry> changed(RecordKey key, FieldGroup<?> part) {
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
