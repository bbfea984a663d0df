package dev.parley.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * The URL of a service that we use, such as a Redis. It may hold a password, so {@link #toString()}
 * and its JSON mask the user part.
 *
 * @param uri absolute, with a host
 */
public record ServiceUrl(URI uri) {
  private static final String EXPECTED = "a URL such as redis://host:6379";
  private static final String REDIS_EXPECTED =
      "the URL of a Redis: redis://host:6379, or rediss://host:6379 for TLS";

  /** Refuses a URL without scheme or host. */
  public ServiceUrl {
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new ConfigurationException("", masked(uri.toString()), EXPECTED);
    }
  }

  /**
   * Reads a URL.
   *
   * @throws ConfigurationException (with an empty key) if it is none
   */
  public static ServiceUrl parse(String text) {
    try {
      return new ServiceUrl(new URI(text));
    } catch (URISyntaxException wrong) {
      throw new ConfigurationException("", masked(text), EXPECTED);
    }
  }

  /**
   * This URL, if it is one of a Redis: {@code redis://user:password@host:6379/0}, or {@code
   * rediss://…} for TLS. Port, user, password and database are optional.
   *
   * @throws ConfigurationException (with an empty key) if it is not
   */
  public ServiceUrl requireRedis() {
    boolean known = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
    boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
    if (!known || !bare || !uri.getRawPath().matches("(/\\d{0,5})?")) {
      throw new ConfigurationException("", toString(), REDIS_EXPECTED);
    }
    return this;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ServiceUrl fromTree(JsonNode node) {
    if (node.isTextual()) {
      return parse(node.textValue());
    }
    throw new ConfigurationException("", node.toString(), EXPECTED);
  }

  /** The URL with everything before an {@code @} masked. */
  @JsonValue
  @Override
  public String toString() {
    return masked(uri.toString());
  }

  private static String masked(String text) {
    int end = text.lastIndexOf('@');
    if (end < 0) {
      return text;
    }
    int scheme = text.indexOf("://");
    String start = scheme < 0 || scheme > end ? "" : text.substring(0, scheme + 3);
    return start + Secret.MASK + text.substring(end);
  }
}
