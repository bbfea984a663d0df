package dev.parley.group.rules;

import org.jspecify.annotations.Nullable;

/**
 * One field of a record changes.
 *
 * @param value what it holds from now on; null if it goes
 */
public record Change(RecordKey key, Part<?> part, String name, @Nullable Value value) {}
