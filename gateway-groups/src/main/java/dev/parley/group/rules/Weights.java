package dev.parley.group.rules;

import org.jspecify.annotations.Nullable;

/**
 * Sizes of record fields in memory, slightly above those in Redis. The same on every hub, so that
 * all nodes count a shared realm alike. The constants are object sizes of a 64-bit JVM with
 * compressed references; {@code MemoryOfGroupsTest} compares the result with the growth of a heap.
 */
public final class Weights {

  /** The overhead of a text without its characters: a string, its array, and padding. */
  private static final int TEXT = 44;

  /** The overhead of a map entry, or of the first entry of a small map. */
  private static final int ENTRY = 56;

  /** A number, or the overhead of a value. */
  private static final int NUMBER = 24;

  /** The overhead of bytes without their content: an object, its array, and padding. */
  private static final int BYTES = 44;

  /** The overhead of a record with its key and parts; counted with its first field. */
  private static final int RECORD = 112;

  /** A counter of a record. */
  private static final int COUNTER = 40;

  /** An empty room's deadline. */
  private static final int DEADLINE = 96;

  /** The owner of a user that is here. */
  private static final int PRESENT = 104;

  /** The record of a namespace's counter. */
  private static final int COUNTED = RECORD;

  /** A set, and an element of it. */
  private static final int SET = 96;
  private static final int ELEMENT = 40 + TEXT;

  private static final int LATIN = 0xFF;

  private Weights() {}

  /** The weight of a field of a realm, with what comes with it; 0 if it is absent. */
  static long of(RecordKey key, FieldGroup<?> part, String name, @Nullable Value value) {
    if (value == null) {
      return 0;
    }
    return field(part, name, value) + besides(key, part);
  }

  /** The weight that comes with a field that may be the only one of its record. */
  private static long besides(RecordKey key, FieldGroup<?> part) {
    if (part == FieldGroup.PROFILE) {
      return RECORD + text(key.id()) + PRESENT;
    }
    if (part == FieldGroup.ROOM) {
      return RECORD + text(key.id()) + DEADLINE;
    }
    if (part == FieldGroup.SUBSCRIBER) {
      return RECORD + text(key.id());
    }
    if (part == FieldGroup.REGISTERED_USER || part == FieldGroup.REGISTERED_ROOM) {
      return RECORD + text(key.id()) + COUNTED;
    }
    return 0;
  }

  /** The weight of a field, without a name that is shared with something else. */
  private static long field(FieldGroup<?> part, String name, Value value) {
    return (part == FieldGroup.COUNTER ? COUNTER : ENTRY) + (isNameKept(part) ? text(name) : 0)
        + of(value);
  }

  /** The weight of a field that was decoded, and shares no text with anything. */
  public static long ofField(FieldGroup<?> part, String name, Value value) {
    return field(part, name, value) + (isNameKept(part) ? 0 : text(name)) + switch (value) {
      case Value.Invitation invitation -> text(invitation.room()) + text(invitation.peer());
      case Value.Member member -> text(member.inviter());
      case Value.Foreign foreign -> text(foreign.dialect());
      default -> 0;
    };
  }

  /**
   * Names of members are those of users, and those of counters are constants; an invitation has the
   * room's name from the membership that it comes with.
   */
  private static boolean isNameKept(FieldGroup<?> part) {
    return part != FieldGroup.MEMBER && part != FieldGroup.SUBSCRIBER
        && part != FieldGroup.REGISTERED_USER
        && part != FieldGroup.MADE && part != FieldGroup.COUNTER && part != FieldGroup.ROOM
        && part != FieldGroup.PROFILE;
  }

  private static long of(Value value) {
    return switch (value) {
      case Value.Position(long at) -> at < Value.SHARED ? 0 : NUMBER;
      case Value.Count count -> 0;
      case Value.Json json -> NUMBER + BYTES + json.json().length();
      case Value.Room room -> NUMBER + text(room.maker());
      case Value.Invitation invitation -> NUMBER;
      case Value.Member member -> NUMBER + BYTES + member.own().length() + BYTES
          + member.shown().length();
      case Value.Foreign foreign -> NUMBER + SET + foreign.lost().stream()
          .mapToLong(each -> ELEMENT + letters(each)).sum();
    };
  }

  /** The weight of a text; 0 if it is absent. */
  public static long text(@Nullable String text) {
    return text == null ? 0 : TEXT + letters(text);
  }

  /** One byte a character, or two if one of them needs that. */
  private static long letters(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > LATIN) {
        return 2L * text.length();
      }
    }
    return text.length();
  }
}
