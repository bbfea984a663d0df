package dev.parley.group.rules;

import java.util.Set;

/**
 * Aborts an evaluation that needs a record which is not at hand. Never leaves {@link GroupRules},
 * and is no error: the evaluation is repeated with more records.
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
