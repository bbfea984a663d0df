package dev.parley.net;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The query of a request. */
final class Query {

  private static final int MAX_PARAMETERS = 64;

  private Query() {}

  /**
   * The parameters, decoded; of a repeated one the last. What cannot be decoded counts as no query
   * at all.
   */
  static Map<String, String> parse(String uri) {
    Map<String, String> last = new HashMap<>();
    try {
      new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS)
          .parameters()
          .forEach((String name, List<String> values) -> last.put(name, values.getLast()));
    } catch (IllegalArgumentException notEncoded) {
      return Map.of();
    }
    return last;
  }
}
