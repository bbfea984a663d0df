package dev.parley.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.parley.dialect.TextSink;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Assertions of targets; a fuzzer searches for a failure. */
public final class Check {

  /** An escape sequence; a group if it is half of a surrogate pair. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", Pattern.DOTALL);

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
   * Whether the text is one JSON value according to another parser than the project's. Its parser
   * of bytes, as that of characters takes some beyond ASCII for hexadecimal digits.
   */
  public static boolean isJson(String text) {
    byte[] bytes = withoutSurrogates(text).getBytes(StandardCharsets.UTF_8);
    try (JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    }
  }

  /**
   * The text with a letter in the place of each escaped half of a surrogate pair: RFC 8259 allows
   * any of them anywhere, and the parser does not in names.
   */
  private static String withoutSurrogates(String text) {
    return ESCAPE.matcher(text).replaceAll(
        escape -> Matcher.quoteReplacement(
            escape.group(1) == null ? escape.group() : "\\u0041"));
  }

  /** The output to a client is one JSON value. */
  public static void writesJson(Consumer<TextSink> message) {
    TextBuffer text = new TextBuffer();
    message.accept(text);
    that(isJson(text.toString()), "written, but no JSON: " + text);
  }

  /** The forwarded payload is one JSON value. */
  public static void isJson(Bytes value) {
    that(isJson(value.text()), "passed on, but no JSON: " + value.text());
  }
}
