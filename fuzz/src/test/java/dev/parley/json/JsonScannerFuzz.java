package dev.parley.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.fuzz.Check;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.signal.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The scanner against Jackson: the same verdict, and the same members. */
public final class JsonScannerFuzz {

  private static final JsonSource SOURCE = new JsonSource(8);
  private static final List<String> KNOWN = List.of("type", "dst", "payload");
  private static final JsonNames NAMES = JsonNames.of(KNOWN.toArray(String[]::new));

  private static final Pattern HALF = Pattern.compile("\\\\u[dD][89a-fA-F]");

  private JsonScannerFuzz() {}

  /** A member: its name, if it is known, the value as it stands there, and as a text. */
  private record Read(String name, Bytes value, String text) {}

  public static void fuzzerTestOneInput(byte[] input) {
    // Within a larger array, so that a confusion of indexes is detected.
    byte[] around = new byte[input.length + 2];
    System.arraycopy(input, 0, around, 1, input.length);
    Bytes message = Bytes.of(around).slice(1, input.length + 1);
    @Nullable List<Read> scanned = scanned(message);
    // Jackson accepts some bytes that are not UTF-8, and skips a byte order mark.
    boolean utf8 = Bytes.utf8(message.text()).equals(message);
    boolean marked = message.text().startsWith("\uFEFF");
    @Nullable List<Read> parsed = utf8 && !marked ? parsed(message) : null;
    // Jackson accepts half of a surrogate pair in a value, and not in a name.
    if (parsed != null || !HALF.matcher(message.text()).find()) {
      Check.same(parsed, scanned);
    }
  }

  private static @Nullable List<Read> scanned(Bytes message) {
    try {
      JsonScanner scanner = SOURCE.scan(message);
      List<Read> all = new ArrayList<>();
      if (scanner.beginObject()) {
        while (scanner.nextMember()) {
          all.add(one(scanner.name(NAMES), scanner));
        }
      } else {
        all.add(one("", scanner));
      }
      scanner.expectEnd();
      return all;
    } catch (MalformedJsonException malformed) {
      return null;
    }
  }

  private static Read one(String name, JsonScanner scanner) throws MalformedJsonException {
    Kind kind = scanner.kind();
    int from = scanner.position();
    @Nullable String text = scanner.text();
    Check.same(kind == Kind.STRING, text != null);
    return new Read(name, text == null ? scanner.value() : scanner.since(from),
        text == null ? "" : text);
  }

  private static @Nullable List<Read> parsed(Bytes message) {
    try (JsonParser parser = SOURCE.open(message)) {
      List<Read> all = new ArrayList<>();
      @Nullable JsonToken first = parser.nextToken();
      if (first == null) {
        return null;
      }
      if (first == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          all.add(one(KNOWN.contains(name) ? name : "", parser, message));
        }
      } else {
        Read root = one("", parser, message);
        // A number at the top level ends behind the blank after it.
        all.add(new Read("", Bytes.utf8(root.value().text().strip()), root.text()));
      }
      JsonSource.expectEnd(parser);
      return all;
    } catch (IOException malformed) {
      return null;
    }
  }

  private static Read one(String name, JsonParser parser, Bytes message) throws IOException {
    String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
    return new Read(name, JsonSource.value(parser, message), text);
  }
}
