package dev.parley.group.rules;

import org.jspecify.annotations.Nullable;

/**
 * Approximate sizes of record fields in memory, slightly above those in Redis. The same on every
 * hub, so that all nodes count a shared realm alike.
 */
final class Weights {

  /** The overhead of a map entry with its name and value, without their characters. */
  private static final int FIELD = 128;

  /** The overhead of a record with its key and parts; counted with its first field. */
  private static final int RECORD = 256;

  private static final int BYTES_PER_LETTER = 2;

  private Weights() {}

  /** The weight of a field; 0 if it is absent. */
  static long of(RecordKey key, FieldGroup<?> part, String name, @Nullable Value value) {
    if (value == null) {
      return 0;
    }
    return FIELD + letters(name) + (isFirst(part) ? RECORD + letters(key.id()) : 0) + of(value);
  }

  /** Parts whose fields may be the only ones of their record. */
  private static boolean isFirst(FieldGroup<?> part) {
    return part == FieldGroup.PROFILE || part == FieldGroup.ROOM || part == FieldGroup.SUBSCRIBER
        || part == FieldGroup.REGISTERED_USER || part == FieldGroup.REGISTERED_ROOM;
  }

  private static long of(Value value) {
    return switch (value) {
      case Value.Position position -> 0;
      case Value.Count count -> 0;
      case Value.Json json -> json.json().length();
      case Value.Room room -> letters(room.maker());
      case Value.Invitation invitation -> letters(invitation.room()) + letters(invitation.peer());
      case Value.Member member -> member.own().length() + member.shown().length()
          + letters(member.inviter());
      case Value.Foreign foreign -> letters(foreign.dialect()) + foreign.lost().stream()
          .mapToLong(each -> FIELD + letters(each)).sum();
    };
  }

  private static long letters(@Nullable String text) {
    return text == null ? 0 : (long) BYTES_PER_LETTER * text.length();
  }
}
