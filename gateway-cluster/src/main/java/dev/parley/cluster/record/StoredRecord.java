package dev.parley.cluster.record;

import dev.parley.group.rules.Change;
import dev.parley.group.rules.FieldGroup;
import dev.parley.group.rules.FieldRecord;
import dev.parley.group.rules.GroupRecord;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.Value;
import dev.parley.group.rules.Weights;
import dev.parley.signal.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as last seen in the cluster. Not thread-safe. */
public final class StoredRecord implements GroupRecord {

  /** The version of a record that does not exist. */
  public static final String ABSENT = "0";

  /** The overhead of a record: its place in the cache, its key, version and owner. */
  private static final int PER_RECORD = 400;

  private final FieldRecord fields = new FieldRecord();
  private final String owner;
  private String version;
  private long weight = PER_RECORD;

  /**
   * A record.
   *
   * @param version changes with every change, and never repeats, except {@link #ABSENT}
   * @param owner the owner of its user, empty for none
   * @param texts the fields, encoded by {@link FieldCodec}
   * @throws IllegalArgumentException if this node knows no such field
   */
  public StoredRecord(
      RecordKey key, String version, String owner, Map<String, String> texts) {
    this.version = version;
    this.owner = owner;
    texts.forEach(
        (name, text) -> {
          FieldCodec.Field field = FieldCodec.field(key.kind(), name);
          set(
              field.part(), field.name(), FieldCodec.decode(field.part(), Bytes.utf8(text)));
        });
  }

  /** See the constructor. */
  public String version() {
    return version;
  }

  /** Whether it has no fields, like one that does not exist. */
  public boolean isAbsent() {
    return fields.isEmpty();
  }

  /** The owner of its user; empty for none. */
  public String owner() {
    return owner;
  }

  /** About its size in bytes in memory. */
  public long weight() {
    return weight;
  }

  private void set(FieldGroup<?> part, String name, @Nullable Value value) {
    Value before = fields.value(part, name);
    fields.set(part, name, value);
    weight += weight(part, name, value) - weight(part, name, before);
  }

  private static long weight(FieldGroup<?> part, String name, @Nullable Value value) {
    return value == null ? 0 : Weights.ofField(part, name, value);
  }

  /** A copy of a value that retains no larger array. */
  private static @Nullable Value detached(@Nullable Value value) {
    return switch (value) {
      case Value.Json(Bytes json) -> new Value.Json(json.detached());
      case Value.Member(long position, Bytes own, Bytes shown, String inviter) -> new Value.Member(
          position, own.detached(), shown.detached(), inviter);
      case null, default -> value;
    };
  }

  /** Applies a committed change; the record has this version now. */
  public void change(Change change, String newVersion) {
    set(change.part(), change.name(), detached(change.value()));
    version = fields.isEmpty() ? ABSENT : newVersion;
  }

  @Override
  public <V extends Value> @Nullable V value(FieldGroup<V> part, String name) {
    return fields.value(part, name);
  }

  @Override
  public <V extends Value> Map<String, V> values(FieldGroup<V> part) {
    return fields.values(part);
  }
}
