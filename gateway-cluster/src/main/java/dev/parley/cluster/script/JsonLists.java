package dev.parley.cluster.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parses JSON results of scripts. */
final class JsonLists {

  private static final JsonMapper JSON = new JsonMapper();

  private JsonLists() {}

  /**
   * A list of strings.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static List<String> texts(String json) {
    return whole(parse(json, String[].class));
  }

  /**
   * A list of lists of strings.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static List<List<String>> lists(String json) {
    return whole(parse(json, String[][].class)).stream().map(JsonLists::whole).toList();
  }

  private static <T> List<T> whole(T @Nullable [] all) {
    if (all == null || Arrays.stream(all).anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a list with something missing");
    }
    return List.of(all);
  }

  private static <T> @Nullable T parse(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
