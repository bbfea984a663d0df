package dev.parley.policies.support;

import dev.parley.dialect.ClientRequest;
import dev.parley.dialect.Handshake;
import dev.parley.identity.Identity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests of clients as policies see them, step by step.
 *
 * @param query the query parameters
 * @param headers the headers, names in lower case
 * @param cookies the cookies
 * @param trusted whether they count
 * @param subprotocols the subprotocols
 * @param dialect the dialect
 * @param realm the realm
 */
public record Requests(
    Map<String, String> query, Map<String, List<String>> headers, Map<String, String> cookies,
    boolean trusted, List<String> subprotocols, String dialect, String realm) {

  /** A request without anything. */
  public static final Requests BARE =
      new Requests(Map.of(), Map.of(), Map.of(), false, List.of(), "peerjs", "default");

  /** With a query parameter more. */
  public Requests query(String name, String value) {
    return new Requests(
        with(query, name, value), headers, cookies, trusted, subprotocols, dialect, realm);
  }

  /** With a header more. */
  public Requests header(String name, String... values) {
    return new Requests(query, with(headers, name.toLowerCase(Locale.ROOT), List.of(values)),
        cookies, trusted, subprotocols, dialect, realm);
  }

  /** With a cookie more. */
  public Requests cookie(String name, String value) {
    return new Requests(
        query, headers, with(cookies, name, value), trusted, subprotocols, dialect, realm);
  }

  /** From a page whose cookies count. */
  public Requests ofTrustedPage() {
    return new Requests(query, headers, cookies, true, subprotocols, dialect, realm);
  }

  /** With other subprotocols. */
  public Requests offering(String... offers) {
    return new Requests(query, headers, cookies, trusted, List.of(offers), dialect, realm);
  }

  /** For another dialect. */
  public Requests to(String other) {
    return new Requests(query, headers, cookies, trusted, subprotocols, other, realm);
  }

  /** For another realm. */
  public Requests in(String other) {
    return new Requests(query, headers, cookies, trusted, subprotocols, dialect, other);
  }

  /** The handshake of such a client. */
  public Handshake handshake() {
    return new Handshake(Map.of(), query, new Request(this), Identity.ANYONE);
  }

  private static <V> Map<String, V> with(Map<String, V> map, String name, V value) {
    Map<String, V> larger = new TreeMap<>(map);
    larger.put(name, value);
    return larger;
  }

  private record Request(Requests of) implements ClientRequest {

    @Override
    public String path() {
      return "/peerjs";
    }

    @Override
    public List<String> headers(String name) {
      return of.headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Map<String, String> cookies() {
      return of.cookies;
    }

    @Override
    public boolean isCookieTrusted() {
      return of.trusted;
    }

    @Override
    public List<String> subprotocols() {
      return of.subprotocols;
    }

    @Override
    public String remoteAddress() {
      return "192.0.2.7";
    }

    @Override
    public String dialect() {
      return of.dialect;
    }

    @Override
    public String realm() {
      return of.realm;
    }
  }
}
