package dev.parley.group.rules;

/**
 * Which record.
 *
 * @param id the name of the user, the room or the namespace
 */
public record RecordKey(String realm, RecordKind kind, String id) {}
