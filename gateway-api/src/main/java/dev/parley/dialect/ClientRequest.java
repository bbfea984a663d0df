package dev.parley.dialect;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP request of a client that opens a WebSocket, or that is one by itself: what a policy may
 * look at. Valid while the request is handled. Values are what the client sent, and may hold
 * secrets: they never go into a log.
 */
public interface ClientRequest {

  /** A request without anything, of a client at an unknown address. */
  ClientRequest NONE = new ClientRequest() {};

  /**
   * The subprotocol that says that the next one is a token: {@code new WebSocket(url,
   * ["parley.bearer", token])}. It is the one that the server accepts.
   */
  String BEARER = "parley.bearer";

  /** The method. */
  default String method() {
    return "GET";
  }

  /** The whole path as received, without the query. */
  default String path() {
    return "/";
  }

  /** The values of a header, in order of its lines; the name in any case. */
  default List<String> headers(String name) {
    return List.of();
  }

  /** The first value of a header. */
  default Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /** The cookies; of a repeated one the first. */
  default Map<String, String> cookies() {
    return Map.of();
  }

  /**
   * Whether a cookie may say who the client is. Browsers send cookies with requests of every page,
   * so it is only believed from a page on this host and port, or with an origin that the listener
   * names, not by {@code *}, and from what is no page.
   */
  default boolean isCookieTrusted() {
    return false;
  }

  /** The subprotocols that the client offers, in order; they may include a token. */
  default List<String> subprotocols() {
    return List.of();
  }

  /** The client's address, from a trusted proxy if it comes through one. */
  default String remoteAddress() {
    return "";
  }

  /** The index of the listener, from 0. */
  default int listener() {
    return 0;
  }

  /** The dialect that serves the path. */
  default String dialect() {
    return "";
  }

  /** The realm that the client would enter. */
  default String realm() {
    return "default";
  }

  /** The client's certificate, if the listener has asked for one and has verified it. */
  default Optional<X509Certificate> clientCertificate() {
    return Optional.empty();
  }
}
