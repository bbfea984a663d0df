package dev.parley.signal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A session description (RFC 8866), of which the gateway parses as little as possible. All dialects
 * carry it as a JSON string. So it is kept as one, exactly as its sender wrote it, and never
 * decoded and encoded again.
 */
public final class Sdp {

  private static final JsonFactory JSON = new JsonFactory();

  private static final JsonStringEncoder JSON_TEXT = JsonStringEncoder.getInstance();

  /** Browsers use up to 20 digits. */
  private static final int MAX_SESSION_ID = 64;

  /** RFC 8839 allows 256 characters; browsers use 4 or 8, and sessions keep them. */
  private static final int MAX_FRAGMENT = 64;

  /** One per media section that is not bundled. */
  private static final int MAX_FRAGMENTS = 16;

  private static final String FRAGMENT = "a=ice-ufrag:";

  private final Bytes json;

  private Sdp(Bytes json) {
    this.json = json;
  }

  /**
   * A description as received.
   *
   * @param json a valid JSON string, with its quotes
   */
  public static Sdp json(Bytes json) {
    return new Sdp(json);
  }

  /** A description from text. */
  public static Sdp of(String text) {
    ByteArrayOutputStream quoted = new ByteArrayOutputStream(text.length() + 64);
    quoted.write('"');
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (!Character.isSurrogate(each)) {
        continue;
      }
      if (i + 1 < text.length() && Character.isSurrogatePair(each, text.charAt(i + 1))) {
        i++;
      } else {
        quoted.writeBytes(JSON_TEXT.quoteAsUTF8(text.substring(from, i)));
        quoted.writeBytes(escaped(each));
        from = i + 1;
      }
    }
    quoted.writeBytes(JSON_TEXT.quoteAsUTF8(text.substring(from)));
    quoted.write('"');
    return new Sdp(Bytes.of(quoted.toByteArray()));
  }

  /** An unpaired surrogate, which UTF-8 cannot encode but JSON can. */
  private static byte[] escaped(char half) {
    return ("\\u" + Integer.toHexString(half)).getBytes(StandardCharsets.US_ASCII);
  }

  /** A copy for keeping, see {@link Bytes#detached}. */
  Sdp detached() {
    return json.isDetached() ? this : new Sdp(json.detached());
  }

  /** The description as a JSON string, with its quotes. */
  public Bytes json() {
    return json;
  }

  /** The description as text. */
  public String text() {
    try (JsonParser parser = JSON.createParser(json.array(), json.offset(), json.length())) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException impossible) {
      throw new IllegalStateException("a description that is no JSON string", impossible);
    }
  }

  /**
   * The session id in {@code o=}. It stays the same over renegotiations, so it distinguishes an
   * updated offer from one for another connection. Empty if it is longer than any real one, as
   * sessions keep it.
   */
  public Optional<String> sessionId() {
    Bytes plain = plain();
    int from = lineStart(plain, "o=");
    if (from < 0) {
      return Optional.empty();
    }
    String[] origin = plain.slice(from + 2, lineEnd(plain, from)).text().split(" ", 3);
    return origin.length == 3 && origin[1].length() <= MAX_SESSION_ID
        ? Optional.of(origin[1])
        : Optional.empty();
  }

  /** Whether it has audio or video. */
  public Media media() {
    Bytes plain = plain();
    return lineStart(plain, "m=audio") >= 0 || lineStart(plain, "m=video") >= 0
        ? Media.MEDIA
        : Media.DATA;
  }

  /**
   * The username fragments of its ICE credentials (RFC 8839): candidates that name one of them
   * belong to it. Empty if it has none, or more or longer ones than any real description.
   */
  public Set<String> usernameFragments() {
    Bytes plain = plain();
    Set<String> found = new HashSet<>(2);
    for (int at = lineStart(plain, FRAGMENT, 1); at >= 0; at = lineStart(plain, FRAGMENT, at + 1)) {
      int from = at + FRAGMENT.length();
      int to = lineEnd(plain, from);
      if (to - from > MAX_FRAGMENT) {
        return Set.of();
      }
      found.add(plain.slice(from, to).text().strip());
    }
    return found.size() > MAX_FRAGMENTS ? Set.of() : Set.copyOf(found);
  }

  /** The JSON string with line ends, and slashes, in their usual form. */
  private Bytes plain() {
    for (int i = 1; i < json.length(); i++) {
      if (json.at(i - 1) == '\\' && (json.at(i) == 'u' || json.at(i) == '/')) {
        return of(text()).json;
      }
    }
    return json;
  }

  private static int lineStart(Bytes plain, String beginning) {
    return lineStart(plain, beginning, 1);
  }

  private static int lineStart(Bytes plain, String beginning, int from) {
    int last = plain.length() - beginning.length();
    for (int i = from; i < last; i++) {
      if (plain.at(i) == beginning.charAt(0)
          && plain.at(i + 1) == beginning.charAt(1)
          && (i == 1 || isLineEnd(plain, i - 2))
          && startsWith(plain, i, beginning)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean startsWith(Bytes plain, int at, String beginning) {
    for (int i = 2; i < beginning.length(); i++) {
      if (plain.at(at + i) != beginning.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is an escaped line feed: an n behind a backslash that is not itself escaped. */
  private static boolean isLineEnd(Bytes plain, int at) {
    if (at < 1 || plain.at(at) != '\\' || plain.at(at + 1) != 'n') {
      return false;
    }
    int backslashes = 0;
    for (int i = at - 1; i > 0 && plain.at(i) == '\\'; i--) {
      backslashes++;
    }
    return backslashes % 2 == 0;
  }

  /** The only escape in what is parsed here is that of the line end. */
  private static int lineEnd(Bytes plain, int from) {
    int end = from;
    while (plain.at(end) != '\\' && plain.at(end) != '"') {
      end++;
    }
    return end;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sdp that && (json.equals(that.json) || text().equals(that.text()));
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  /** The length only: its text contains addresses and credentials. */
  @Override
  public String toString() {
    return "Sdp[" + json.length() + " bytes]";
  }
}
