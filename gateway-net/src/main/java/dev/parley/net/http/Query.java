package dev.parley.net.http;

import java.util.HashMap;
import java.util.Map;

/**
 * Parses the query of a request like browsers and Node (WHATWG URL, {@code URLSearchParams}): only
 * {@code &} separates, {@code +} is a space, and no query is an error: a {@code %} without two
 * hexadecimal digits stays as it is, and invalid UTF-8 becomes U+FFFD.
 */
public final class Query {

  private Query() {}

  /**
   * The parameters, decoded; of a repeated one the last. Their number is bounded by the length of a
   * request's head.
   *
   * @param uri the request target as received, one character a byte
   */
  public static Map<String, String> parse(String uri) {
    int fragment = uri.indexOf('#');
    int end = fragment < 0 ? uri.length() : fragment;
    int mark = uri.indexOf('?');
    Map<String, String> last = new HashMap<>();
    int start = mark < 0 ? end : mark + 1;
    while (start < end) {
      int next = indexOf(uri, '&', start, end);
      if (next > start) {
        int value = indexOf(uri, '=', start, next);
        last.put(decode(uri, start, value), decode(uri, Math.min(value + 1, next), next));
      }
      start = next + 1;
    }
    return last;
  }

  /** The index of {@code sought} from {@code start} on; {@code end} if it is not before that. */
  private static int indexOf(String text, char sought, int start, int end) {
    int found = text.indexOf(sought, start);
    return found < 0 || found > end ? end : found;
  }

  private static String decode(String uri, int start, int end) {
    return PercentEncoding.decode(uri.substring(start, end).replace('+', ' '));
  }
}
