package dev.parley.group.rules;

import org.jspecify.annotations.Nullable;

/**
 * The change of one field of a record.
 *
 * @param value the new value; null to remove the field
 */
public record Change(RecordKey key, FieldGroup<?> part, String name, @Nullable Value value) {}
