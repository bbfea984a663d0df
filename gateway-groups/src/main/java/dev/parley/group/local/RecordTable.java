package dev.parley.group.local;

import dev.parley.group.rules.RecordKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of a realm, in many small hash tables: one that grows moves all that is in it at
 * once, and there may be hundreds of thousands. One thread at a time.
 */
final class RecordTable {

  private static final int TABLES = 64;
  private static final int SHIFT = Integer.numberOfLeadingZeros(TABLES) + 1;

  /** Spreads hash codes of names that are alike. */
  private static final int GOLDEN_RATIO = 0x9E3779B9;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array cannot be made otherwise
  private final Map<RecordKey, LocalRecord>[] tables = new Map[TABLES];
  private int size;

  @Nullable
  LocalRecord get(RecordKey key) {
    Map<RecordKey, LocalRecord> table = tables[indexOf(key)];
    return table == null ? null : table.get(key);
  }

  /** The record; one without fields is made if there is none. */
  LocalRecord getOrCreate(RecordKey key) {
    int index = indexOf(key);
    Map<RecordKey, LocalRecord> table = tables[index];
    if (table == null) {
      table = new HashMap<>();
      tables[index] = table;
    }
    LocalRecord record = table.get(key);
    if (record == null) {
      record = new LocalRecord(key);
      table.put(key, record);
      size++;
    }
    return record;
  }

  void remove(RecordKey key) {
    Map<RecordKey, LocalRecord> table = tables[indexOf(key)];
    if (table != null && table.remove(key) != null) {
      size--;
    }
  }

  int size() {
    return size;
  }

  private static int indexOf(RecordKey key) {
    return (key.hashCode() * GOLDEN_RATIO) >>> SHIFT;
  }
}
