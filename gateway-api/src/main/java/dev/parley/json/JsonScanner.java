package dev.parley.json;

import dev.parley.signal.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A pull scanner of one JSON text (RFC 8259), in place and from beginning to end. It reports where
 * values begin and end, so that they can be forwarded verbatim. It validates every byte, including
 * skipped ones: what is forwarded to another client is JSON and UTF-8.
 *
 * <p>The cursor is before one value at a time, at first before the whole text. That value is read
 * in one of several ways, or skipped by {@link #nextMember}.
 *
 * <pre>{@code
 * if (json.beginObject()) {
 *   while (json.nextMember()) {
 *     switch (json.name(NAMES)) {
 *       case "type" -> type = json.text();
 *       case "payload" -> payload = json.value();
 *       default -> {}
 *     }
 *   }
 * }
 * json.expectEnd();
 * }</pre>
 *
 * <p>Why not a parser of a library: a signal is one long string, and comparing eight of its bytes
 * at a time takes less than half the time. Tests compare it with Jackson. Confined to one thread.
 */
public final class JsonScanner {

  /** The kind of a value. */
  public enum Kind {
    OBJECT, ARRAY, STRING, NUMBER, TRUE, FALSE, NULL
  }

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LINE_END = '\\' | 'r' << 8 | '\\' << 16 | 'n' << 24;
  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long TURN = EACH * ('"' ^ ' ');
  private static final long BEHIND_QUOTE = EACH * (' ' + 1);
  private static final long BACKSLASHES = EACH * '\\';

  private final Bytes message;
  private final byte[] text;
  private final int end;
  private final int deepest;

  private int at;
  private int depth;
  /** Whether the value at the cursor has not been read or skipped yet. */
  private boolean unread = true;
  /** Whether an object has just begun, so that no comma precedes its next member. */
  private boolean begun;
  private int nameFrom;
  private int nameTo;
  /** Whether the last string contained an escape. */
  private boolean escaped;

  /** @param deepest the deepest nesting allowed */
  JsonScanner(Bytes message, int deepest) {
    this.message = message;
    this.text = message.array();
    this.at = message.offset();
    this.end = message.offset() + message.length();
    this.deepest = deepest;
    passSpace();
  }

  /** The kind of the value at the cursor, which may still turn out to be malformed. */
  public Kind kind() throws MalformedJsonException {
    return switch (current()) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.STRING;
      case 't' -> Kind.TRUE;
      case 'f' -> Kind.FALSE;
      case 'n' -> Kind.NULL;
      default -> Kind.NUMBER;
    };
  }

  // ---- objects

  /**
   * Enters the value if it is an object; else it stays unread.
   *
   * @return whether it is one
   */
  public boolean beginObject() throws MalformedJsonException {
    if (current() != '{') {
      return false;
    }
    descend();
    unread = false;
    begun = true;
    return true;
  }

  /**
   * Advances to the next member of the innermost open object, before its value.
   *
   * @return false at the end of the object, which has then been read
   */
  public boolean nextMember() throws MalformedJsonException {
    if (unread) {
      pass();
    }
    boolean first = begun;
    begun = false;
    if (!atMember(first)) {
      return false;
    }
    nameFrom = at + 1;
    passString();
    nameTo = at - 1;
    passColon();
    unread = true;
    return true;
  }

  /**
   * Which of {@code names} the member has; the empty string if none. Called before its value is
   * read.
   */
  public String name(JsonNames names) {
    return found(names, nameFrom, nameTo);
  }

  /** Which of {@code names} the last string is. */
  private String found(JsonNames names, int from, int to) {
    if (escaped) {
      byte[] name = unescaped(from, to).getBytes(StandardCharsets.UTF_8);
      return names.find(name, 0, name.length);
    }
    return names.find(text, from, to);
  }

  // ---- values

  /** Reads the value, of whatever kind, as its raw bytes. */
  public Bytes value() throws MalformedJsonException {
    int from = at;
    pass();
    return since(from);
  }

  /** Reads the value if it is a string; else it stays unread. */
  public @Nullable String text() throws MalformedJsonException {
    if (current() != '"') {
      return null;
    }
    int from = at + 1;
    pass();
    return escaped
        ? unescaped(from, at - 1)
        : new String(text, from, at - 1 - from, StandardCharsets.UTF_8);
  }

  /**
   * Reads the value if it is a string: which of {@code words} it is, the empty string if none of
   * them; null if it is no string and stays unread.
   */
  public @Nullable String word(JsonNames words) throws MalformedJsonException {
    if (current() != '"') {
      return null;
    }
    int from = at + 1;
    pass();
    return found(words, from, at - 1);
  }

  /** The value if it is true or false, else null. It stays unread. */
  public @Nullable Boolean truth() throws MalformedJsonException {
    return switch (kind()) {
      case TRUE -> true;
      case FALSE -> false;
      default -> null;
    };
  }

  /** The position of the cursor: before the value to be read, or behind the last one. */
  public int position() {
    return at;
  }

  /** The bytes from an earlier position to this one. */
  public Bytes since(int position) {
    return message.slice(position - message.offset(), at - message.offset());
  }

  /**
   * Reads to the end of the text.
   *
   * @throws MalformedJsonException if something follows the value
   */
  public void expectEnd() throws MalformedJsonException {
    if (unread) {
      pass();
    }
    passSpace();
    if (at < end) {
      throw expected("the end");
    }
  }

  // ---- skipping

  private void pass() throws MalformedJsonException {
    unread = false;
    passValue();
  }

  private void passValue() throws MalformedJsonException {
    switch (current()) {
      case '"' -> passString();
      case '{' -> passObject();
      case '[' -> passArray();
      case 't' -> passLiteral("true");
      case 'f' -> passLiteral("false");
      case 'n' -> passLiteral("null");
      default -> passNumber();
    }
  }

  private void passObject() throws MalformedJsonException {
    descend();
    boolean first = true;
    while (atMember(first)) {
      passString();
      passColon();
      passValue();
      first = false;
    }
  }

  /** Skips to a member's name, or over the end of the object. */
  private boolean atMember(boolean first) throws MalformedJsonException {
    passSpace();
    if (current() == '}') {
      ascend();
      return false;
    }
    if (!first) {
      passByte(',');
      passSpace();
    }
    if (current() != '"') {
      throw expected("a name");
    }
    return true;
  }

  private void passColon() throws MalformedJsonException {
    passSpace();
    passByte(':');
    passSpace();
  }

  private void passArray() throws MalformedJsonException {
    descend();
    passSpace();
    if (current() == ']') {
      ascend();
      return;
    }
    passValue();
    passSpace();
    while (current() != ']') {
      passByte(',');
      passSpace();
      passValue();
      passSpace();
    }
    ascend();
  }

  private void descend() throws MalformedJsonException {
    if (++depth > deepest) {
      throw expected("no deeper nesting");
    }
    at++;
  }

  private void ascend() {
    depth--;
    at++;
  }

  private void passLiteral(String literal) throws MalformedJsonException {
    for (int i = 0; i < literal.length(); i++) {
      passByte(literal.charAt(i));
    }
  }

  private void passNumber() throws MalformedJsonException {
    if (current() == '-') {
      at++;
    }
    if (current() == '0') {
      at++;
    } else {
      passDigits();
    }
    if (at < end && text[at] == '.') {
      at++;
      passDigits();
    }
    if (at < end && (text[at] == 'e' || text[at] == 'E')) {
      at++;
      if (current() == '+' || current() == '-') {
        at++;
      }
      passDigits();
    }
  }

  private void passDigits() throws MalformedJsonException {
    if (!isDigit(current())) {
      throw expected("a value");
    }
    do {
      at++;
    } while (at < end && isDigit(text[at]));
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  // ---- strings

  private void passString() throws MalformedJsonException {
    int from = at + 1;
    int i = from;
    int words = end - Long.BYTES;
    boolean ascii = true;
    boolean escapes = false;
    while (true) {
      if (i <= words) {
        long special = special((long) LONGS.get(text, i));
        if (special == 0) {
          i += Long.BYTES;
          continue;
        }
        i += Long.numberOfTrailingZeros(special) >>> 3;
      } else if (i >= end) {
        throw expected("the end of a string");
      } else if (special(text[i] & 0xFF) << 56 == 0) {
        i++;
        continue;
      }
      byte b = text[i];
      if (b == '\\') {
        escapes = true;
        i = isLineEnd(i) ? i + Integer.BYTES : afterEscape(i);
      } else if (b == '"') {
        break;
      } else if (b < 0) {
        ascii = false;
        i++;
      } else {
        throw expected("an escape instead of a control character");
      }
    }
    if (!ascii) {
      expectUtf8(from, i);
    }
    escaped = escapes;
    at = i + 1;
  }

  /**
   * Marks the highest bit of each byte that is a quote, a backslash, a control character, or not
   * ASCII. A borrow can mark another one behind the first; the first is always right.
   */
  private static long special(long word) {
    // With this bit flipped, a quote comes right behind the control characters.
    return (((word ^ TURN) - BEHIND_QUOTE) | ((word ^ BACKSLASHES) - EACH) | word) & HIGH_BITS;
  }

  /** Whether the two escapes follow that end every line of a session description. */
  private boolean isLineEnd(int backslash) {
    return backslash <= end - Integer.BYTES && (int) INTS.get(text, backslash) == LINE_END;
  }

  private int afterEscape(int backslash) throws MalformedJsonException {
    if (backslash + 1 < end) {
      switch (text[backslash + 1]) {
        case 'n', 'r', '"', '\\', '/', 't', 'b', 'f' -> {
          return backslash + 2;
        }
        case 'u' -> {
          if (backslash + 6 <= end && hex(backslash + 2) >= 0) {
            return backslash + 6;
          }
        }
        default -> {}
      }
    }
    at = backslash;
    throw expected("an escape");
  }

  /** The value of four hexadecimal digits; negative if malformed. */
  private int hex(int from) {
    int number = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }

  private void expectUtf8(int from, int to) throws MalformedJsonException {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(text, from, to - from));
    } catch (CharacterCodingException notUtf8) {
      throw expected("UTF-8");
    }
  }

  private String unescaped(int from, int to) {
    StringBuilder plain = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      int run = i;
      while (run < to && text[run] != '\\') {
        run++;
      }
      plain.append(new String(text, i, run - i, StandardCharsets.UTF_8));
      if (run == to) {
        break;
      }
      byte kind = text[run + 1];
      plain.append(kind == 'u' ? (char) hex(run + 2) : unescaped(kind));
      i = run + (kind == 'u' ? 6 : 2);
    }
    return plain.toString();
  }

  private static char unescaped(byte kind) {
    return switch (kind) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> (char) kind;
    };
  }

  // ---- bytes

  private byte current() throws MalformedJsonException {
    if (at >= end) {
      throw expected("more");
    }
    return text[at];
  }

  private void passByte(char wanted) throws MalformedJsonException {
    if (current() != wanted) {
      throw expected("'" + wanted + "'");
    }
    at++;
  }

  private void passSpace() {
    while (at < end && isSpace(text[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private MalformedJsonException expected(String what) {
    return new MalformedJsonException(what + " expected", at - message.offset());
  }
}
