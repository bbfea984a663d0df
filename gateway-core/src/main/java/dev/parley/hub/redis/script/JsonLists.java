package dev.parley.hub.redis.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;

/** Reads the JSON that scripts answer with. */
final class JsonLists {

  private static final JsonMapper JSON = new JsonMapper();

  private JsonLists() {}

  /**
   * A list of texts.
   *
   * @throws IllegalArgumentException if it is none
   */
  static List<String> texts(String json) {
    return List.of(parse(json, String[].class));
  }

  /**
   * A list of lists of texts.
   *
   * @throws IllegalArgumentException if it is none
   */
  static List<List<String>> lists(String json) {
    return Arrays.stream(parse(json, String[][].class)).map(List::of).toList();
  }

  private static <T> T parse(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
