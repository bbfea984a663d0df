package dev.parley.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a service that we connect to, such as a Redis. It may contain a password, so {@link
 * #toString()} and its JSON form mask the user part.
 *
 * @param uri absolute, with one host or several
 */
public record ServiceUrl(URI uri) {
  private static final String EXPECTED = "a URL such as redis://host:6379";
  private static final String REDIS_EXPECTED =
      "the URL of a Redis: redis://host:6379, or rediss://host:6379 for TLS";
  private static final String CLUSTER_EXPECTED =
      REDIS_EXPECTED + "; redis+sentinel://host:26379/name to have Sentinels asked where it is";
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
  private static final int LARGEST_PORT = 65_535;

  /**
   * The host and port of a service.
   *
   * @param name a name or an address, IPv6 addresses in brackets
   */
  public record Host(String name, int port) {

    /** The name without brackets. */
    public String bare() {
      return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    @Override
    public String toString() {
      return name + ":" + port;
    }
  }

  /** Rejects a URL without scheme or host. */
  public ServiceUrl {
    if (uri.getScheme() == null || uri.getRawAuthority() == null
        || hosts(uri, 0).isEmpty()) {
      throw new ConfigurationException("", masked(uri.toString()), EXPECTED);
    }
  }

  /**
   * Parses a URL. It may name several hosts, separated by commas.
   *
   * @throws ConfigurationException (with an empty key) if it is malformed
   */
  public static ServiceUrl parse(String text) {
    try {
      return new ServiceUrl(new URI(text));
    } catch (URISyntaxException wrong) {
      throw new ConfigurationException("", masked(text), EXPECTED);
    }
  }

  /**
   * Returns this URL if it is that of a Redis: {@code redis://user:password@host:6379/0}, or {@code
   * rediss://…} for TLS. Port, user, password and database are optional.
   *
   * @throws ConfigurationException (with an empty key) if it is not
   */
  public ServiceUrl requireRedis() {
    boolean known = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
    boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
    if (!known || !bare || !uri.getRawPath().matches("(/\\d{0,5})?")
        || uri.getHost() == null) {
      throw new ConfigurationException("", toString(), REDIS_EXPECTED);
    }
    return this;
  }

  /**
   * Returns this URL if it is that of the Redis of a cluster: as {@link #requireRedis}; or with
   * several hosts, which must be nodes of one Redis Cluster; or {@code
   * redis+sentinel://user:password@host:26379,host:26379/name}, where the hosts are Sentinels and
   * the name is that of the master. {@code rediss+sentinel} is TLS to all of them.
   *
   * @throws ConfigurationException (with an empty key) if it is not
   */
  public ServiceUrl requireRedisCluster() {
    boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
    String path = switch (uri.getScheme()) {
      case "redis", "rediss" -> "(/\\d{0,5})?";
      case "redis+sentinel", "rediss+sentinel" -> "/[A-Za-z0-9._-]+";
      default -> "(?!)";
    };
    if (!bare || !uri.getRawPath().matches(path)) {
      throw new ConfigurationException("", toString(), CLUSTER_EXPECTED);
    }
    return this;
  }

  /**
   * The hosts, in order.
   *
   * @param defaultPort for those without a port
   */
  public List<Host> hosts(int defaultPort) {
    return hosts(uri, defaultPort);
  }

  /** Whether it is reached by TLS. */
  public boolean isSecure() {
    return uri.getScheme().startsWith("rediss");
  }

  /** The part before the {@code @}, verbatim; null if there is none. */
  public @Nullable String login() {
    String authority = uri.getRawAuthority();
    int end = authority.lastIndexOf('@');
    return end < 0 ? null : authority.substring(0, end);
  }

  /** No hosts if one of them is malformed. */
  private static List<Host> hosts(URI uri, int defaultPort) {
    String authority = uri.getRawAuthority();
    List<Host> hosts = new ArrayList<>();
    for (String text : authority.substring(authority.lastIndexOf('@') + 1).split(",", -1)) {
      Matcher host = HOST.matcher(text);
      if (!host.matches()) {
        return List.of();
      }
      int port = host.group(2) == null ? defaultPort : Integer.parseInt(host.group(2));
      if (port > LARGEST_PORT) {
        return List.of();
      }
      hosts.add(new Host(host.group(1), port));
    }
    return hosts;
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
