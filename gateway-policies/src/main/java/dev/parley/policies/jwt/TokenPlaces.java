package dev.parley.policies.jwt;

import dev.parley.config.ConfigurationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a token may stand in a client's request. The places are looked at in this order, and the
 * first value that has the form of a token is the one that counts.
 *
 * @param header whether it may be in {@code Authorization: Bearer}
 * @param subprotocol whether it may be the subprotocol that follows {@code parley.bearer}
 * @param query the query parameter; null for none
 * @param queries other names of the query parameter, by dialect
 * @param cookie the cookie, which counts only where the page that sends it is trusted; null for
 *     none
 */
public record TokenPlaces(
    boolean header, boolean subprotocol, @Nullable String query, Map<String, String> queries,
    @Nullable String cookie) {

  /** Everywhere but in a cookie; the query parameter is that of PeerJS. */
  public static final TokenPlaces DEFAULT =
      new TokenPlaces(true, true, "token", Map.of(), null);

  public TokenPlaces {
    queries = Map.copyOf(queries);
    requireName("query", query);
    requireName("cookie", cookie);
    queries.forEach((dialect, name) -> requireName("queries." + dialect, name));
    if (!header && !subprotocol && query == null && queries.isEmpty() && cookie == null) {
      throw new ConfigurationException("header", "false", "at least one place for tokens");
    }
  }

  private static void requireName(String key, @Nullable String name) {
    if (name != null && name.isBlank()) {
      throw new ConfigurationException(key, name, "a name");
    }
  }
}
