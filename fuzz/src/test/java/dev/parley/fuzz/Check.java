package dev.parley.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.parley.dialect.TextSink;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** What targets expect; a failure is what a fuzzer looks for. */
public final class Check {

  private static final JsonFactory JSON = JsonFactory.builder()
      .disable(JsonFactory.Feature.CHARSET_DETECTION)
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
      .build();

  private Check() {}

  public static void that(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  public static void same(Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError("expected " + expected + ", but was " + actual);
    }
  }

  /**
   * Whether the text is one JSON value, as a parser sees it that is not the project's. Its parser of
   * bytes, as that of characters takes some beyond ASCII for hexadecimal digits.
   */
  public static boolean isJson(String text) {
    try (JsonParser parser = JSON.createParser(text.getBytes(StandardCharsets.UTF_8))) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException malformed) {
      // Names with half of a surrogate pair, which it takes in texts; RFC 8259 allows both.
      String problem = String.valueOf(malformed.getMessage());
      return problem.toLowerCase(Locale.ROOT).contains("surrogate");
    }
  }

  /** What goes on to a client is one JSON value. */
  public static void writesJson(Consumer<TextSink> message) {
    TextBuffer text = new TextBuffer();
    message.accept(text);
    that(isJson(text.toString()), "written, but no JSON: " + text);
  }

  /** What is passed on is one JSON value. */
  public static void isJson(Bytes value) {
    that(isJson(value.text()), "passed on, but no JSON: " + value.text());
  }
}
