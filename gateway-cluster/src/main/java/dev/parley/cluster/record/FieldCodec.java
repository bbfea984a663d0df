package dev.parley.cluster.record;

import dev.parley.group.rules.FieldGroup;
import dev.parley.group.rules.RecordKind;
import dev.parley.group.rules.Value;
import dev.parley.signal.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Text form of record fields: a field's name is {@code <part>:<name>}, and its value is UTF-8.
 *
 * <pre>
 * position, count   the number
 * JSON              as it came
 * room              how long it lingers, as ISO 8601 has it, and its maker with a + before it
 * invitation        o (out) or i (in), the other side's handle, the room, the other side
 * member            position, inviter or -, how many bytes the first status has, both statuses
 * foreign member    entry, dialect, and each user that has lost it with a + before its name
 * </pre>
 *
 * Numbers and names are each followed by a blank if more follows.
 */
public final class FieldCodec {

  private static final String NOBODY = "-";

  private FieldCodec() {}

  /** One field. */
  public record Field(FieldGroup<?> part, String name) {}

  /** The name of a field. */
  public static String name(FieldGroup<?> part, String name) {
    return part.name() + ":" + Names.escape(name);
  }

  /**
   * Parses the name of a field.
   *
   * @throws IllegalArgumentException if this node knows no such field for records of this kind
   */
  public static Field field(RecordKind kind, String text) {
    int colon = text.indexOf(':');
    if (colon > 0) {
      for (FieldGroup<?> part : parts(kind)) {
        if (part.name().length() == colon && text.startsWith(part.name())) {
          return new Field(part, Names.unescape(text.substring(colon + 1)));
        }
      }
    }
    throw new IllegalArgumentException("unknown field of " + kind + ": " + text);
  }

  private static List<FieldGroup<?>> parts(RecordKind kind) {
    return switch (kind) {
      case USER -> List.of(FieldGroup.PROFILE, FieldGroup.MEMBERSHIP, FieldGroup.REGISTRATION,
          FieldGroup.SUBSCRIPTION,
          FieldGroup.INVITATION, FieldGroup.MADE, FieldGroup.COUNTER);
      case ROOM -> List.of(FieldGroup.ROOM, FieldGroup.STATUS, FieldGroup.MEMBER,
          FieldGroup.FOREIGN, FieldGroup.LISTING,
          FieldGroup.COUNTER);
      case SUBSCRIBERS -> List.of(FieldGroup.SUBSCRIBER);
      case REGISTERED_USERS -> List.of(FieldGroup.REGISTERED_USER);
      case REGISTERED_ROOMS -> List.of(FieldGroup.REGISTERED_ROOM);
      case REALM, NAMESPACE -> List.of(FieldGroup.COUNTER);
    };
  }

  /** The encoded value of a field. */
  public static Bytes encode(Value value) {
    return switch (value) {
      case Value.Position(long at) -> Bytes.utf8(Long.toString(at));
      case Value.Count(long number) -> Bytes.utf8(Long.toString(number));
      case Value.Json(Bytes json) -> json;
      case Value.Room(Duration linger, String maker) -> Bytes.utf8(
          maker == null ? linger.toString() : linger + " +" + Names.escape(maker));
      case Value.Invitation(boolean outgoing, String room, String peer, long handle) -> Bytes.utf8(
          (outgoing ? "o " : "i ") + handle + " " + Names.escape(room) + " "
              + Names.escape(peer));
      case Value.Member(long position, Bytes own, Bytes shown, String inviter) -> member(
          position, own, shown, inviter);
      case Value.Foreign(long entry, String dialect, Set<String> lost) -> foreign(
          entry, dialect, lost);
    };
  }

  private static Bytes foreign(long entry, String dialect, Set<String> lost) {
    StringBuilder text = new StringBuilder();
    text.append(entry).append(' ').append(Names.escape(dialect));
    for (String user : new TreeSet<>(lost)) {
      text.append(" +").append(Names.escape(user));
    }
    return Bytes.utf8(text.toString());
  }

  private static Bytes member(
      long position, Bytes own, Bytes shown, @Nullable String inviter) {
    String before =
        position + " " + (inviter == null ? NOBODY : "+" + Names.escape(inviter)) + " "
            + own.length() + " ";
    byte[] head = before.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + own.length() + shown.length()];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(own.array(), own.offset(), all, head.length, own.length());
    System.arraycopy(
        shown.array(), shown.offset(), all, head.length + own.length(), shown.length());
    return Bytes.of(all);
  }

  /**
   * Decodes what {@link #encode} returned.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static Value decode(FieldGroup<?> part, Bytes text) {
    Class<?> type = part.type();
    if (type == Value.Json.class) {
      return new Value.Json(text);
    }
    if (type == Value.Member.class) {
      return member(text);
    }
    String plain = text.text();
    if (type == Value.Position.class) {
      return Value.Position.of(Long.parseLong(plain));
    }
    if (type == Value.Count.class) {
      return Value.Count.of(Long.parseLong(plain));
    }
    String[] words = plain.split(" ", -1);
    if (type == Value.Room.class) {
      return room(words);
    }
    if (type == Value.Foreign.class) {
      return foreign(words);
    }
    if (type != Value.Invitation.class || words.length != 4) {
      throw new IllegalArgumentException("no " + type.getSimpleName());
    }
    return new Value.Invitation(
        words[0].equals("o"), Names.unescape(words[2]), Names.unescape(words[3]),
        Long.parseLong(words[1]));
  }

  private static Value.Room room(String[] words) {
    if (words.length > 2) {
      throw new IllegalArgumentException("a room with something that is not known");
    }
    try {
      return new Value.Room(Duration.parse(words[0]), words.length == 1 ? null : user(words[1]));
    } catch (DateTimeException noDuration) {
      throw new IllegalArgumentException("no duration", noDuration);
    }
  }

  private static Value.Foreign foreign(String[] words) {
    if (words.length < 2) {
      throw new IllegalArgumentException("a foreign member of which something is missing");
    }
    Set<String> lost = new HashSet<>();
    for (int i = 2; i < words.length; i++) {
      lost.add(user(words[i]));
    }
    return new Value.Foreign(Long.parseLong(words[0]), Names.unescape(words[1]), lost);
  }

  private static Value.Member member(Bytes text) {
    int first = blank(text, 0);
    int second = blank(text, first + 1);
    int third = blank(text, second + 1);
    long position = Long.parseLong(text.slice(0, first).text());
    String inviter = text.slice(first + 1, second).text();
    int ownLength = Integer.parseInt(text.slice(second + 1, third).text());
    int ownEnd = third + 1 + ownLength;
    if (ownLength < 0 || ownLength > text.length() - third - 1) {
      throw new IllegalArgumentException("a member whose status is cut off");
    }
    return new Value.Member(
        position, text.slice(third + 1, ownEnd), text.slice(ownEnd, text.length()),
        inviter.equals(NOBODY) ? null : user(inviter));
  }

  /** The name behind its plus. */
  private static String user(String word) {
    if (!word.startsWith("+")) {
      throw new IllegalArgumentException("no user: " + word);
    }
    return Names.unescape(word.substring(1));
  }

  private static int blank(Bytes text, int from) {
    for (int at = from; at < text.length(); at++) {
      if (text.at(at) == ' ') {
        return at;
      }
    }
    throw new IllegalArgumentException("a member of whom something is missing");
  }
}
