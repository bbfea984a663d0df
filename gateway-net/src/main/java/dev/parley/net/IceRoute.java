package dev.parley.net;

import dev.parley.config.WebOrigins;
import dev.parley.dialect.Cors;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.HttpCall;
import dev.parley.dialect.HttpHandler;
import dev.parley.dialect.HttpReply;
import dev.parley.dialect.IceServers;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * {@code GET {mount}/ice}, on mounts of all dialects: the STUN and TURN servers for the client, as a
 * JSON array of {@code RTCIceServer}. Pages that may read it are those that the dialect lets read
 * its HTTP interface; where it has none, those that may open a WebSocket. A page that may not open
 * one gets no servers either.
 *
 * @param servers what is configured
 * @param realms the realm that a WebSocket with a query would enter
 * @param welcomes whether pages of an origin may open a WebSocket in a realm
 */
record IceRoute(IceServers servers, Cors cors, Function<Map<String, String>, String> realms,
    BiPredicate<String, String> welcomes) implements HttpHandler {

  /** Below the mount. */
  static final String PATH = "/ice";

  private static final Cors EVERY_PAGE = new Cors(List.of(WebOrigins.ANY));
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  /** The route of a dialect's mount. */
  static IceRoute of(IceServers servers, Dialect dialect,
      Function<Map<String, String>, String> realms, BiPredicate<String, String> welcomes) {
    return new IceRoute(servers, dialect.cors().orElse(EVERY_PAGE), realms, welcomes);
  }

  @Override
  public Future<HttpReply> handle(HttpCall call) {
    return Future.succeededFuture(
        isPreflight(call) ? cors.preflight(call) : cors.allow(call, answer(call)));
  }

  private HttpReply answer(HttpCall call) {
    if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      return HttpReply.text(METHOD_NOT_ALLOWED, "only GET is served here\n")
          .with("Allow", "GET, HEAD, OPTIONS");
    }
    String realm = realms.apply(call.query());
    if (!call.header("Origin").map(origin -> welcomes.test(realm, origin)).orElse(true)) {
      return HttpReply.text(FORBIDDEN, "this origin may not connect\n");
    }
    return servers.of(realm, call.identity())
        .map(list -> HttpReply.of(OK, "application/json; charset=utf-8", list))
        .orElseGet(() -> HttpReply.text(NOT_FOUND, "no STUN or TURN servers are configured\n"))
        .with("Cache-Control", "no-store");
  }

  @Override
  public Optional<String> realm(HttpCall call) {
    return Optional.of(realms.apply(call.query()));
  }

  /** Browsers send preflights without credentials. */
  @Override
  public boolean isOpen(HttpCall call) {
    return isPreflight(call);
  }

  private static boolean isPreflight(HttpCall call) {
    return call.method().equals("OPTIONS");
  }
}
