package dev.parley.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Compares JSON by value, regardless of the order of members and of the notation of numbers and
 * escapes.
 */
final class JsonValues {

  private static final JsonMapper STRICT = mapper().build();

  /** For JSON in tests: strings may be in single quotes. */
  private static final JsonMapper HANDY =
      mapper().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private JsonValues() {}

  private static JsonMapper.Builder mapper() {
    return JsonMapper.builder(
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
            .build())
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** Parses a received message, if it is JSON. */
  static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(STRICT.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /** Parses an expected message. */
  static JsonNode expected(String text) {
    try {
      return HANDY.readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException("the test expects what is no JSON: " + text, wrong);
    }
  }

  /** Whether two texts are equal: as JSON values if both are JSON, else as strings. */
  static boolean same(String one, String other) {
    Optional<JsonNode> left = parse(one);
    Optional<JsonNode> right = parse(other);
    if (left.isEmpty() || right.isEmpty()) {
      return one.equals(other);
    }
    return matches(left.get(), right.get(), (expected, actual) -> false);
  }

  /**
   * Whether {@code actual} has the value {@code expected}.
   *
   * @param alsoFits called for every string in {@code expected} whose counterpart differs; true if
   *     it matches all the same
   */
  static boolean matches(JsonNode expected, JsonNode actual,
      BiPredicate<String, JsonNode> alsoFits) {
    if (expected.isTextual() && alsoFits.test(expected.textValue(), actual)) {
      return true;
    }
    if (expected.isNumber() && actual.isNumber()) {
      return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    if (expected.getNodeType() != actual.getNodeType() || expected.size() != actual.size()) {
      return false;
    }
    return switch (expected.getNodeType()) {
      case OBJECT ->
          expected.properties().stream()
              .allMatch(
                  member -> actual.has(member.getKey())
                      && matches(member.getValue(), actual.get(member.getKey()), alsoFits));
      case ARRAY -> {
        Iterator<JsonNode> others = actual.elements();
        boolean all = true;
        for (JsonNode element : expected) {
          all &= matches(element, others.next(), alsoFits);
        }
        yield all;
      }
      default -> expected.equals(actual);
    };
  }
}
