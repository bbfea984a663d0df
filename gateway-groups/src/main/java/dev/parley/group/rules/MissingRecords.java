package dev.parley.group.rules;

import java.util.Set;

/**
 * Ends an evaluation that has met a record which is not at hand. It never leaves {@link
 * GroupRules}, and is no error: the evaluation begins anew with more records.
 */
final class MissingRecords extends RuntimeException {

  private final transient Set<RecordKey> keys;

  MissingRecords(Set<RecordKey> keys) {
    super("records are missing", null, false, false);
    this.keys = keys;
  }

  Set<RecordKey> keys() {
    return keys;
  }
}
