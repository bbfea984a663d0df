package dev.parley.hub.redis.record;

import dev.parley.group.rules.Change;
import dev.parley.group.rules.FieldRecord;
import dev.parley.group.rules.GroupRecord;
import dev.parley.group.rules.Part;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.Value;
import dev.parley.signal.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as the cluster had it when it was last heard of. One thread.
 */
public final class StoredRecord implements GroupRecord {

  /** The version of a record that does not exist. */
  public static final String ABSENT = "0";

  private static final int PER_FIELD = 64;

  private final FieldRecord fields = new FieldRecord();
  private final String owner;
  private String version;
  private long weight = PER_FIELD;

  /**
   * A record.
   *
   * @param version changes with every change, and never comes back, but for {@link #ABSENT}
   * @param owner whose user it is, empty for none
   * @param texts the fields, as {@link FieldCodec} has them
   * @throws IllegalArgumentException if there is one that is not known here
   */
  public StoredRecord(
      RecordKey key, String version, String owner, Map<String, String> texts) {
    this.version = version;
    this.owner = owner;
    texts.forEach(
        (name, text) -> {
          FieldCodec.Field field = FieldCodec.field(key.kind(), name);
          Bytes bytes = Bytes.utf8(text);
          fields.set(field.part(), field.name(), FieldCodec.decode(field.part(), bytes));
          weight += PER_FIELD + name.length() + bytes.length();
        });
  }

  /** See the constructor. */
  public String version() {
    return version;
  }

  /** Whose user it is; empty for none. */
  public String owner() {
    return owner;
  }

  /** About how many bytes it takes. */
  public long weight() {
    return weight;
  }

  /** The cluster has made a change, and the record has this version now. */
  public void change(Change change, String newVersion) {
    fields.set(change.part(), change.name(), change.value());
    version = fields.isEmpty() ? ABSENT : newVersion;
    weight += PER_FIELD;
  }

  @Override
  public <V extends Value> @Nullable V value(Part<V> part, String name) {
    return fields.value(part, name);
  }

  @Override
  public <V extends Value> Map<String, V> values(Part<V> part) {
    return fields.values(part);
  }
}
