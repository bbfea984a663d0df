package dev.parley.group.rules;

/**
 * A counter of a record that is counted, see {@link RecordKind#isCounted}.
 *
 * @param name among the counters of the record
 */
public record Counter(RecordKey key, String name) {}
