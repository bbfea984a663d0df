package dev.parley.policies.jwt;

import dev.parley.config.ConfigurationException;
import dev.parley.dialect.ClientRequest;
import dev.parley.dialect.Handshake;
import dev.parley.policies.support.Bearer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    queries = Collections.unmodifiableMap(new TreeMap<>(queries));
    requireName("query", query);
    requireName("cookie", cookie);
    queries.forEach((dialect, name) -> requireName("queries." + dialect, name));
    if (!header && !subprotocol && query == null && queries.isEmpty() && cookie == null) {
      throw new ConfigurationException("header", "false", "at least one place for tokens");
    }
  }

  /** The token that a client shows; empty if no place has a text of a token's form. */
  Optional<String> find(Handshake handshake) {
    ClientRequest request = handshake.request();
    return (header ? Bearer.of(request) : Optional.<String>empty())
        .filter(CompactToken::hasForm)
        .or(() -> offered(request).filter(CompactToken::hasForm))
        .or(() -> asked(handshake).filter(CompactToken::hasForm))
        .or(() -> kept(request).filter(CompactToken::hasForm));
  }

  /** Of the subprotocols, the one behind ours. */
  private Optional<String> offered(ClientRequest request) {
    List<String> offers = request.subprotocols();
    int at = subprotocol ? offers.indexOf(ClientRequest.BEARER) : -1;
    return at < 0 || at + 1 == offers.size() ? Optional.empty() : Optional.of(offers.get(at + 1));
  }

  private Optional<String> asked(Handshake handshake) {
    @Nullable String own = queries.get(handshake.request().dialect());
    @Nullable String name = own == null ? query : own;
    return name == null ? Optional.empty() : handshake.parameter(name);
  }

  /** Any page can have a browser send the cookie: it counts where the page is trusted. */
  private Optional<String> kept(ClientRequest request) {
    return cookie == null || !request.isCookieTrusted() ? Optional.empty()
        : Optional.ofNullable(request.cookies().get(cookie));
  }

  private static void requireName(String key, @Nullable String name) {
    if (name != null && name.isBlank()) {
      throw new ConfigurationException(key, name, "a name");
    }
  }
}
