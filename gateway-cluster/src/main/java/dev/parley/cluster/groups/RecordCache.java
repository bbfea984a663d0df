package dev.parley.cluster.groups;

import dev.parley.cluster.record.StoredRecord;
import dev.parley.group.rules.Change;
import dev.parley.group.rules.RecordKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that this node used recently, as last seen. Each commit compares their versions, so a
 * stale entry costs a retry and nothing else. Not thread-safe.
 */
final class RecordCache {

  private final long mostBytes;
  private final LinkedHashMap<RecordKey, StoredRecord> records =
      new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  RecordCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Nullable
  StoredRecord get(RecordKey key) {
    return records.get(key);
  }

  void put(RecordKey key, StoredRecord record) {
    forget(key);
    records.put(key, record);
    bytes += weight(key, record);
    trim();
  }

  void forget(RecordKey key) {
    StoredRecord known = records.remove(key);
    if (known != null) {
      bytes -= weight(key, known);
    }
  }

  void clear() {
    records.clear();
    bytes = 0;
  }

  /**
   * A record was changed from one version to another.
   *
   * @param before null if it was changed without a read
   */
  void changed(RecordKey key, @Nullable String before, List<Change> changes, String after) {
    StoredRecord known = records.get(key);
    if (known == null) {
      return;
    }
    if (!known.version().equals(before)) {
      forget(key);
      return;
    }
    change(known, changes, after);
  }

  /** Counters of a record were changed; its version stays the same. */
  void counted(RecordKey key, List<Change> changes) {
    StoredRecord known = records.get(key);
    if (known != null) {
      change(known, changes, known.version());
    }
  }

  private void change(StoredRecord known, List<Change> changes, String version) {
    bytes -= known.weight();
    changes.forEach(change -> known.change(change, version));
    bytes += known.weight();
    trim();
  }

  /** About its size in bytes. */
  long bytes() {
    return bytes;
  }

  private static long weight(RecordKey key, StoredRecord record) {
    return record.weight() + 2L * (key.realm().length() + key.id().length());
  }

  private void trim() {
    Iterator<Map.Entry<RecordKey, StoredRecord>> oldest = records.entrySet().iterator();
    while (bytes > mostBytes && records.size() > 1 && oldest.hasNext()) {
      Map.Entry<RecordKey, StoredRecord> next = oldest.next();
      bytes -= weight(next.getKey(), next.getValue());
      oldest.remove();
    }
  }
}
