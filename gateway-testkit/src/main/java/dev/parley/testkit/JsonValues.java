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
 * JSON compared by value: the order of members, the spelling of numbers and of escapes do not
 * count.
 */
final class JsonValues {

  private static final JsonMapper STRICT = mapper().build();

  /** For what people write in tests: strings may be in single quotes. */
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

  /** What was received, if it is JSON. */
  static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(STRICT.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /** What a test expects. */
  static JsonNode expected(String text) {
    try {
      return HANDY.readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException("the test expects what is no JSON: " + text, wrong);
    }
  }

  /** Whether two texts say the same: as JSON if both are, else letter by letter. */
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
   * @param alsoFits asked about every string in {@code expected} whether the value in its place
   *     fits though it differs
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
