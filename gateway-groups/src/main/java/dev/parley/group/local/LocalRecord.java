package dev.parley.group.local;

import dev.parley.group.rules.FieldRecord;
import dev.parley.group.rules.RecordKey;
import org.jspecify.annotations.Nullable;

/** A record of a realm, and what is due for it. */
final class LocalRecord extends FieldRecord {

  private final RecordKey key;
  private EmptyRooms.@Nullable Due due;

  LocalRecord(RecordKey key) {
    this.key = key;
  }

  RecordKey key() {
    return key;
  }

  /** What is due for it; null for nothing. */
  EmptyRooms.@Nullable Due due() {
    return due;
  }

  void setDue(EmptyRooms.@Nullable Due due) {
    this.due = due;
  }
}
