package dev.parley.dialect;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The response to an {@link HttpCall}.
 *
 * @param status the status code
 * @param headers all headers except the length
 * @param body the text, sent as UTF-8
 */
public record HttpReply(int status, Map<String, String> headers, String body) {

  /** A response with a body of the given media type. */
  public static HttpReply of(int status, String contentType, String body) {
    return new HttpReply(status, Map.of("Content-Type", contentType), body);
  }

  /** A response in plain text. */
  public static HttpReply text(int status, String body) {
    return of(status, "text/plain; charset=utf-8", body);
  }

  /** A response without a body. */
  public static HttpReply empty(int status) {
    return new HttpReply(status, Map.of(), "");
  }

  /** A copy with one more header. */
  public HttpReply with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new HttpReply(status, all, body);
  }
}
