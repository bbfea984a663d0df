package dev.parley.net;

import dev.parley.dialect.Handshake;
import dev.parley.dialect.HttpReply;
import dev.parley.net.MountedDialect.Destination;
import dev.parley.net.http.LingeringClose;
import dev.parley.net.http.Query;
import dev.parley.net.limits.ConnectionLimiter;
import dev.parley.net.proxy.TrustedProxies;
import dev.parley.net.websocket.FlushCycle;
import dev.parley.net.websocket.HandshakeDeadline;
import dev.parley.net.websocket.HandshakeMetrics;
import dev.parley.net.websocket.Refusal;
import dev.parley.net.websocket.Refusal.Cause;
import dev.parley.net.websocket.RequestHead;
import dev.parley.net.websocket.WebSocketConnection;
import dev.parley.net.websocket.WebSocketUpgrade;
import dev.parley.switchboard.SessionHost;
import io.vertx.core.http.HttpServerRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Routes requests of one listener to the dialect that serves their path, as a WebSocket or as plain
 * HTTP. On any event loop.
 */
final class ListenerServer {

  private static final int NOT_FOUND = 404;

  private final List<MountedDialect> mounted;
  private final Node node;
  private final WebSocketUpgrade upgrade;

  /** The web origins whose pages may connect, to realms that have none of their own. */
  private volatile List<String> origins;

  ListenerServer(ListenerOptions options, List<MountedDialect> mounted, Node node) {
    this.origins = options.origins();
    this.mounted =
        mounted.stream()
            .sorted(
                Comparator.comparingInt((MountedDialect each) -> each.prefix().length()).reversed())
            .toList();
    this.node = node;
    this.upgrade = new WebSocketUpgrade(node.limits());
  }

  /** Replaces the web origins whose pages may connect. */
  void welcome(List<String> replacement) {
    origins = List.copyOf(replacement);
  }

  /** Handles a request with a valid head. */
  void handle(HttpServerRequest request) {
    Optional<Refusal> objection = RequestHead.objectionTo(request, node.limits().head());
    if (objection.isPresent()) {
      refuseRequest(request, objection.get());
      return;
    }
    HandshakeDeadline.met(request);
    if (node.isDraining()) {
      sendAway(request);
      return;
    }
    if (!WebSocketUpgrade.isAskedFor(request)) {
      node.limiter().take(WebSocketUpgrade.channelOf(request)).ifPresentOrElse(
          full -> refuseRequest(request, refusalOf(full)), () -> http(request));
      return;
    }
    Optional<Destination> destination = destinationOf(request);
    Optional<Refusal> refusal = refusalOf(request, destination);
    if (destination.isEmpty() || refusal.isPresent()) {
      refuse(request, destination, refusal.orElseThrow());
    } else {
      // It has no body: the end of the request arrives in the same event-loop run.
      var unused = request.end().onSuccess(read -> takePlace(request, destination.get()));
    }
  }

  /** Handles a request with an unreadable head. */
  void invalid(HttpServerRequest request) {
    RequestHead.fault(request).ifPresent(refusal -> refuseRequest(request, refusal));
  }

  private void http(HttpServerRequest request) {
    String path = request.path();
    Optional<MountedDialect> mount = path == null ? Optional.empty() : mountAt(path);
    if (path == null || mount.isEmpty()) {
      var unused =
          HttpExchange.send(request, HttpReply.text(NOT_FOUND, "nothing is served at this path\n"));
      return;
    }
    exchange(request, mount.get(), path).answerWith(mount.get().httpAt(path).orElseThrow());
  }

  private HttpExchange exchange(HttpServerRequest request, MountedDialect mount, String path) {
    return new HttpExchange(request, mount.below(path), mount, node.hub());
  }

  /** The dialect that serves plain HTTP at {@code path}. */
  private Optional<MountedDialect> mountAt(String path) {
    return mounted.stream().filter(each -> each.httpAt(path).isPresent()).findFirst();
  }

  private Optional<Destination> destinationOf(HttpServerRequest request) {
    String path = request.path();
    return path == null ? Optional.empty()
        : mounted.stream().flatMap(each -> each.webSocketAt(path).stream()).findFirst();
  }

  /** Why the request must not become a WebSocket, apart from limits on connections. */
  private Optional<Refusal> refusalOf(
      HttpServerRequest request, Optional<Destination> destination) {
    if (destination.isEmpty()) {
      return Optional.of(
          new Refusal(Cause.NO_SUCH_PATH, "no WebSocket is served at this path"));
    }
    Optional<Refusal> objection = WebSocketUpgrade.objectionTo(request);
    if (objection.isPresent()) {
      return objection;
    }
    return isOriginWelcome(request, destination.get())
        ? Optional.empty()
        : Optional.of(new Refusal(Cause.ORIGIN, "this origin may not connect"));
  }

  private boolean isOriginWelcome(HttpServerRequest request, Destination destination) {
    List<String> sent = WebSocketUpgrade.originsOf(request);
    if (sent.isEmpty()) {
      return true;
    }
    String realm = realmOf(request, destination);
    List<String> ofListener = origins;
    return sent.stream().allMatch(origin -> node.realms().welcomes(realm, ofListener, origin));
  }

  private static String realmOf(HttpServerRequest request, Destination destination) {
    return destination.realm(Query.parse(request.uri()));
  }

  private void takePlace(HttpServerRequest request, Destination destination) {
    if (node.overload().isShedding()) {
      refuse(request, Optional.of(destination),
          new Refusal(Cause.OVERLOADED, "this node has too much to do"));
      return;
    }
    String address = addressOf(request, Optional.of(destination));
    node.limiter().takeWebSocket(WebSocketUpgrade.channelOf(request), address).ifPresentOrElse(
        full -> refuse(request, Optional.of(destination), refusalOf(full)),
        () -> enterRealm(request, destination, address));
  }

  private void enterRealm(HttpServerRequest request, Destination destination, String address) {
    if (node.realms().enter(realmOf(request, destination), WebSocketUpgrade.channelOf(request))) {
      connect(request, destination, address);
    } else {
      refuse(request, Optional.of(destination),
          new Refusal(Cause.REALM_FULL, "this realm is full"));
    }
  }

  private static Refusal refusalOf(ConnectionLimiter.Full full) {
    return switch (full) {
      case IN_ALL -> new Refusal(Cause.FULL, "this node is full");
      case OF_ADDRESS ->
          new Refusal(Cause.ADDRESS_LIMIT, "too many connections from this address");
    };
  }

  private String addressOf(HttpServerRequest request, Optional<Destination> destination) {
    boolean isBehindProxy =
        destination.filter(each -> each.mounted().dialect().isBehindProxy()).isPresent();
    TrustedProxies proxies = isBehindProxy ? node.anyProxy() : node.proxies();
    return proxies.clientOf(
        request.remoteAddress().hostAddress(), request.headers().getAll(proxies.header()));
  }

  private void connect(
      HttpServerRequest request, Destination destination, String address) {
    MountedDialect dialect = destination.mounted();
    FlushCycle cycle = node.cycleOf(WebSocketUpgrade.channelOf(request).eventLoop());
    WebSocketConnection connection =
        new WebSocketConnection(
            new WebSocketConnection.Client(
                node.nextConnection(), dialect.exchange().dialect(), address),
            dialect.support(), cycle);
    SessionHost host = new SessionHost(dialect.exchange(), cycle, connection);
    Handshake handshake = new Handshake(destination.path(), Query.parse(request.uri()));
    connection.attach(host);
    upgrade.perform(request, connection);
    dialect.support().metrics().countOpen();
    connection.awaitAdmission();
    host.greet(destination.greeter(), handshake);
  }

  /**
   * Refuses any request because the node is draining. Load balancers probe the paths of clients,
   * and switch to another node on 503; the connection is closed, so that no proxy reuses it for the
   * next client.
   */
  private void sendAway(HttpServerRequest request) {
    Refusal refusal = new Refusal(Cause.DRAINING, "this node is stopping");
    if (WebSocketUpgrade.isAskedFor(request)) {
      refuse(request, destinationOf(request), refusal);
    } else {
      refuseRequest(request, refusal);
    }
  }

  private void refuse(
      HttpServerRequest request, Optional<Destination> destination, Refusal refusal) {
    String dialect =
        destination
            .map(each -> each.mounted().exchange().dialect())
            .orElse(HandshakeMetrics.NO_DIALECT);
    node.handshakes().refused(dialect, addressOf(request, destination), refusal);
    destination.ifPresent(each -> node.realms().refused(realmOf(request, each)));
    answerAndClose(request, refusal.reply());
  }

  /** Readable for the dialect's clients, if the path is one of a dialect's. */
  private void refuseRequest(HttpServerRequest request, Refusal refusal) {
    String path = RequestHead.isLineRead(request) ? request.path() : null;
    Optional<MountedDialect> mount = path == null ? Optional.empty() : mountAt(path);
    node.handshakes().refused(
        mount.map(each -> each.exchange().dialect()).orElse(HandshakeMetrics.NO_DIALECT),
        addressOf(request, Optional.empty()), refusal);
    answerAndClose(
        request,
        path == null || mount.isEmpty()
            ? refusal.reply()
            : exchange(request, mount.get(), path).readable(refusal.reply()));
  }

  /** No further request is read on the connection: what the client sends next may be anything. */
  private void answerAndClose(HttpServerRequest request, HttpReply reply) {
    node.limiter().giveUp(WebSocketUpgrade.channelOf(request));
    LingeringClose.arm(WebSocketUpgrade.channelOf(request));
    var unused = HttpExchange.send(request, reply).onComplete(sent -> close(request));
  }

  private static void close(HttpServerRequest request) {
    var unused = WebSocketUpgrade.channelOf(request).close();
  }
}
