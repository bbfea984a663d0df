package dev.parley.group.rules;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value in canonical form: values that mean the same are equal. The order of an object's
 * members, white space, escapes, and the notation of a number do not matter; types do. Of members
 * with the same name the last one counts.
 */
sealed interface JsonValue {

  /** Nesting was limited when the message was received. */
  JsonSource SOURCE = new JsonSource(Integer.MAX_VALUE);

  record Members(Map<String, JsonValue> members) implements JsonValue {}

  record Elements(List<JsonValue> elements) implements JsonValue {}

  record Text(String text) implements JsonValue {}

  /**
   * {@code digits} times ten to the power of {@code exponent}, without leading or trailing zeros.
   */
  record Numeral(boolean negative, String digits, long exponent) implements JsonValue {}

  /** {@code true}, {@code false}, {@code null}. */
  record Word(JsonToken word) implements JsonValue {}

  /** Whether two JSON texts mean the same. */
  static boolean same(Bytes one, Bytes other) {
    return one.equals(other) || of(one).equals(of(other));
  }

  /** Parses a JSON text. */
  static JsonValue of(Bytes json) {
    try (JsonParser parser = SOURCE.open(json)) {
      parser.nextToken();
      return read(parser);
    } catch (IOException noJson) {
      throw new UncheckedIOException("a value that is no JSON has come through", noJson);
    }
  }

  private static JsonValue read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, JsonValue> members = new HashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          parser.nextToken();
          members.put(name, read(parser));
        }
        yield new Members(members);
      }
      case START_ARRAY -> {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(read(parser));
        }
        yield new Elements(elements);
      }
      case VALUE_STRING -> new Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numeral(parser.getText());
      default -> new Word(token);
    };
  }

  /** Parses a number exactly, in time linear in its length, however big its exponent is. */
  private static Numeral numeral(String text) {
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    String mantissa = e < 0 ? text : text.substring(0, e);
    boolean negative = mantissa.startsWith("-");
    int point = mantissa.indexOf('.');
    String digits = mantissa.substring(negative ? 1 : 0).replace(".", "");
    int first = 0;
    while (first < digits.length() && digits.charAt(first) == '0') {
      first++;
    }
    if (first == digits.length()) {
      return new Numeral(false, "0", 0);
    }
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    long exponent = e < 0 ? 0 : exponent(text.substring(e + 1));
    int fraction = point < 0 ? 0 : mantissa.length() - point - 1;
    return new Numeral(
        negative, digits.substring(first, end), exponent - fraction + (digits.length() - end));
  }

  /** An exponent that overflows a long is clamped; no real number needs it. */
  private static long exponent(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException huge) {
      return text.startsWith("-") ? Integer.MIN_VALUE * 4L : Integer.MAX_VALUE * 4L;
    }
  }
}
