package dev.parley.net;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.dialect.HttpHandler;
import dev.parley.dialect.IceServers;
import dev.parley.dialect.Routes;
import dev.parley.net.http.PathPattern;
import dev.parley.net.websocket.ConnectionSupport;
import dev.parley.switchboard.SessionHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A dialect at one mount of a listener: its routes, and what its connections share. */
final class MountedDialect {

  private final String prefix;
  private final String realm;
  private final Dialect dialect;
  private final SessionHost.Exchange exchange;
  private final ConnectionSupport support;
  private final List<WebSocketRoute> webSockets = new ArrayList<>();
  private final HttpHandler ice;
  private @Nullable HttpHandler http;

  private record WebSocketRoute(PathPattern path, HandshakeHandler greeter) {}

  /** The destination of a WebSocket request. */
  record Destination(MountedDialect mounted, HandshakeHandler greeter, Map<String, String> path) {

    /** The realm that a client enters with this query. */
    String realm(Map<String, String> query) {
      return greeter.realm(new Handshake(path, query)).orElse(mounted.realm);
    }
  }

  /**
   * Mounts a dialect.
   *
   * @param iceServers what its clients get at {@code /ice}
   * @param welcomes whether pages of an origin may open a WebSocket in a realm
   */
  MountedDialect(MountOptions options, Dialect dialect, SessionHost.Exchange exchange,
      ConnectionSupport support, IceServers iceServers, BiPredicate<String, String> welcomes) {
    this.prefix = options.prefix();
    this.realm = options.realm();
    this.ice = IceRoute.of(iceServers, dialect, this::realmOf, welcomes);
    this.dialect = dialect;
    this.exchange = exchange;
    this.support = support;
    dialect.mount(options.realm(), new Declarations());
  }

  private final class Declarations implements Routes {
    @Override
    public void webSocket(String path, HandshakeHandler greeter) {
      webSockets.add(new WebSocketRoute(PathPattern.parse(prefix + path), greeter));
    }

    @Override
    public void http(HttpHandler handler) {
      http = handler;
    }
  }

  /** The realm that a client would enter with this query; all paths of a dialect have the same. */
  private String realmOf(Map<String, String> query) {
    return webSockets.stream()
        .findFirst()
        .flatMap(route -> route.greeter.realm(new Handshake(Map.of(), query)))
        .orElse(realm);
  }

  /** The handshake handler for a WebSocket at {@code path}, if there is one. */
  Optional<Destination> webSocketAt(String path) {
    for (WebSocketRoute route : webSockets) {
      Optional<Map<String, String>> values = route.path.match(path);
      if (values.isPresent()) {
        return Optional.of(new Destination(this, route.greeter, values.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * The handler for plain HTTP at {@code path}, if the path is below this mount and the dialect
   * serves HTTP at all, or if it is that of the ICE servers.
   */
  Optional<HttpHandler> httpAt(String path) {
    if (path.equals(prefix + IceRoute.PATH)) {
      return Optional.of(ice);
    }
    boolean below = path.startsWith(prefix + "/") || path.equals(prefix);
    return below ? Optional.ofNullable(http) : Optional.empty();
  }

  /** {@code path} relative to the mount. */
  String below(String path) {
    String rest = path.substring(prefix.length());
    return rest.isEmpty() ? "/" : rest;
  }

  String prefix() {
    return prefix;
  }

  /** The realm of clients that do not choose one. */
  String realm() {
    return realm;
  }

  Dialect dialect() {
    return dialect;
  }

  SessionHost.Exchange exchange() {
    return exchange;
  }

  /** Shared by its WebSockets. */
  ConnectionSupport support() {
    return support;
  }
}
