package dev.parley.net;

import dev.parley.access.Access;
import dev.parley.access.Admission;
import dev.parley.access.Gate;
import dev.parley.config.WebOrigins;
import dev.parley.dialect.ClientRequest;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.dialect.HttpHandler;
import dev.parley.dialect.HttpReply;
import dev.parley.identity.Denial;
import dev.parley.identity.Identity;
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
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes requests of one listener to the dialect that serves their path, as a WebSocket or as plain
 * HTTP. On any event loop.
 */
final class ListenerServer {

  private static final Logger LOG = LoggerFactory.getLogger(ListenerServer.class);
  private static final int NOT_FOUND = 404;

  private final int number;
  private final List<MountedDialect> mounted;
  private final Node node;
  private final WebSocketUpgrade upgrade;

  /** The web origins whose pages may connect, to realms that have none of their own. */
  private volatile List<String> origins;

  /** @param number the listener's index, from 0 */
  ListenerServer(int number, ListenerOptions options, List<MountedDialect> mounted, Node node) {
    this.number = number;
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

  /** Whether pages of an origin may open a WebSocket in a realm. */
  boolean welcomes(String realm, String origin) {
    return WebOrigins.contain(originsOf(realm), origin);
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
    Duration wait = node.requestRate().take(addressOf(request, mount));
    if (!wait.isZero()) {
      refuseRequest(request, tooFast("requests", wait));
      return;
    }
    if (path == null || mount.isEmpty()) {
      var unused =
          HttpExchange.send(request, HttpReply.text(NOT_FOUND, "nothing is served at this path\n"));
      return;
    }
    HttpExchange exchange = exchange(request, mount.get(), path);
    try {
      serve(exchange, mount.get().httpAt(path).orElseThrow());
    } catch (RuntimeException defect) {
      exchange.fail(defect);
    }
  }

  private void serve(HttpExchange exchange, HttpHandler handler) {
    String realm = handler.realm(exchange).orElse(exchange.mount().realm());
    Gate gate = node.gates().of(realm);
    if (gate.isOpen() || exchange.isPreflight() || handler.isOpen(exchange)) {
      exchange.answerWith(handler);
      return;
    }
    HttpServerRequest request = exchange.request();
    IncomingRequest incoming =
        incoming(request, exchange.mount(), addressOf(request, exchange.mount()))
            .in(realm, originsOf(realm));
    Handshake handshake =
        new Handshake(Map.of(), Query.parse(request.uri()), incoming, Identity.ANYONE);
    node.gateKeeper().ask(request, gate, handshake, new HttpVisitor(exchange, handler, incoming));
  }

  /** A plain HTTP request at a gate. */
  private final class HttpVisitor implements GateKeeper.Visitor {
    private final HttpExchange exchange;
    private final HttpHandler handler;
    private final IncomingRequest incoming;

    HttpVisitor(HttpExchange exchange, HttpHandler handler, IncomingRequest incoming) {
      this.exchange = exchange;
      this.handler = handler;
      this.incoming = incoming;
    }

    /** Vert.x holds what follows on the connection. */
    @Override
    public void waits() {}

    @Override
    public void decided(Admission admission) {
      if (node.isDraining()) {
        sendAway(exchange.request());
        return;
      }
      switch (admission) {
        case Admission.Admitted(Access access) ->
            exchange.of(access).answerWith(handler);
        case Admission.Denied(Denial denial) -> {
          node.handshakes().denied(incoming.dialect(), incoming.realm(),
              incoming.remoteAddress(), denial);
          var unused = HttpExchange.send(exchange.request(),
              exchange.readable(Refusal.of(denial).answer()));
        }
      }
    }

    @Override
    public void refused(Refusal refusal) {
      refuseRequest(exchange.request(), refusal);
    }
  }

  private HttpExchange exchange(HttpServerRequest request, MountedDialect mount, String path) {
    return new HttpExchange(request, mount.below(path), mount, node.hub(), Access.OPEN);
  }

  private IncomingRequest incoming(
      HttpServerRequest request, MountedDialect mount, String address) {
    return new IncomingRequest(request, originsOf(mount.realm()), number,
        mount.exchange().dialect(), mount.realm(), address);
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
    List<String> welcome = originsOf(realmOf(request, destination));
    return sent.stream().allMatch(origin -> WebOrigins.contain(welcome, origin));
  }

  private List<String> originsOf(String realm) {
    return node.realms().origins(realm, origins);
  }

  /** A dialect that fails here is reported when the client reaches the gate. */
  private static String realmOf(HttpServerRequest request, Destination destination) {
    try {
      return destination.realm(Query.parse(request.uri()));
    } catch (RuntimeException defect) {
      return destination.mounted().realm();
    }
  }

  private void takePlace(HttpServerRequest request, Destination destination) {
    if (node.overload().isShedding()) {
      refuse(request, Optional.of(destination),
          new Refusal(Cause.OVERLOADED, "this node has too much to do"));
      return;
    }
    String address = addressOf(request, destination.mounted());
    Duration wait = node.connectionRate().take(address);
    if (!wait.isZero()) {
      refuse(request, Optional.of(destination), tooFast("connections", wait));
      return;
    }
    node.limiter().takeWebSocket(WebSocketUpgrade.channelOf(request), address).ifPresentOrElse(
        full -> refuse(request, Optional.of(destination), refusalOf(full)),
        () -> arrive(request, destination, address));
  }

  private static Refusal tooFast(String what, Duration wait) {
    return new Refusal(Cause.ADDRESS_RATE,
        "too many " + what + " from this address in a short time",
        wait);
  }

  /** The client waits at the gate of its realm, if there is one. */
  private void arrive(HttpServerRequest request, Destination destination, String address) {
    IncomingRequest incoming = incoming(request, destination.mounted(), address);
    Handshake handshake =
        new Handshake(destination.path(), Query.parse(request.uri()), incoming, Identity.ANYONE);
    String realm;
    try {
      realm = destination.greeter().realm(handshake).orElse(incoming.realm());
    } catch (RuntimeException defect) {
      report(incoming.dialect(), defect);
      refuse(request, Optional.of(destination), Refusal.of(Denial.UNAVAILABLE));
      return;
    }
    Gate gate = node.gates().of(realm);
    Handshake asked =
        new Handshake(destination.path(), handshake.query(),
            incoming.in(realm, originsOf(realm)), Identity.ANYONE);
    if (gate.isOpen()) {
      connect(request, destination, asked, Access.OPEN);
      return;
    }
    node.gateKeeper().ask(request, gate, asked, new SocketVisitor(request, destination, asked));
  }

  private static void report(String dialect, RuntimeException defect) {
    LOG.error("dialect {} failed at a handshake; please report this", dialect, defect);
  }

  /** A handshake at a gate. */
  private final class SocketVisitor implements GateKeeper.Visitor {
    private final HttpServerRequest request;
    private final Destination destination;
    private final Handshake handshake;

    SocketVisitor(HttpServerRequest request, Destination destination, Handshake handshake) {
      this.request = request;
      this.destination = destination;
      this.handshake = handshake;
    }

    @Override
    public void waits() {
      WebSocketUpgrade.hold(request, node.gatePlaces());
    }

    @Override
    public void decided(Admission admission) {
      if (node.isDraining()) {
        sendAway(request);
        return;
      }
      switch (admission) {
        case Admission.Admitted(Access access) ->
            connect(request, destination, handshake.of(access.identity()), access);
        case Admission.Denied(Denial denial) -> deny(request, destination, handshake, denial);
      }
    }

    @Override
    public void refused(Refusal refusal) {
      refuse(request, Optional.of(destination), refusal);
    }
  }

  /** With a status, or in the words of the dialect, whichever its clients understand. */
  private void deny(
      HttpServerRequest request, Destination destination, Handshake handshake, Denial denial) {
    ClientRequest incoming = handshake.request();
    node.handshakes().denied(incoming.dialect(), incoming.realm(), incoming.remoteAddress(),
        denial);
    node.realms().refused(incoming.realm());
    Optional<HandshakeHandler> words = wordsFor(denial, destination, incoming.dialect());
    if (words.isPresent()) {
      // The rest of the request is of no use to a client that only gets an answer.
      Handshake refused = new Handshake(handshake.path(), handshake.query());
      WebSocketConnection connection =
          connection(request, destination, incoming.remoteAddress());
      connection.markDenied();
      open(request, destination, connection)
          .greet(new DeniedHandler(words.get()), refused, Access.OPEN);
    } else {
      answerAndClose(request, Refusal.of(denial).reply());
    }
  }

  private static Refusal refusalOf(ConnectionLimiter.Full full) {
    return switch (full) {
      case IN_ALL -> new Refusal(Cause.FULL, "this node is full");
      case OF_ADDRESS ->
          new Refusal(Cause.ADDRESS_LIMIT, "too many connections from this address");
    };
  }

  private String addressOf(HttpServerRequest request, MountedDialect mount) {
    return addressOf(request, Optional.of(mount));
  }

  private String addressOf(HttpServerRequest request, Optional<MountedDialect> mount) {
    boolean isBehindProxy = mount.filter(each -> each.dialect().isBehindProxy()).isPresent();
    TrustedProxies proxies = isBehindProxy ? node.anyProxy() : node.proxies();
    return proxies.clientOf(
        request.remoteAddress().hostAddress(), request.headers().getAll(proxies.header()));
  }

  private void connect(
      HttpServerRequest request, Destination destination, Handshake handshake, Access access) {
    String realm = handshake.request().realm();
    if (!node.realms().enter(realm, WebSocketUpgrade.channelOf(request))) {
      refuse(request, Optional.of(destination),
          new Refusal(Cause.REALM_FULL, "this realm is full"));
      return;
    }
    WebSocketConnection connection =
        connection(request, destination, handshake.request().remoteAddress());
    open(request, destination, connection).greet(destination.greeter(), handshake, access);
  }

  private WebSocketConnection connection(
      HttpServerRequest request, Destination destination, String address) {
    MountedDialect dialect = destination.mounted();
    return new WebSocketConnection(
        new WebSocketConnection.Client(
            node.nextConnection(), dialect.exchange().dialect(), address),
        dialect.support(), node.cycleOf(WebSocketUpgrade.channelOf(request).eventLoop()));
  }

  private SessionHost open(
      HttpServerRequest request, Destination destination, WebSocketConnection connection) {
    MountedDialect dialect = destination.mounted();
    FlushCycle cycle = node.cycleOf(WebSocketUpgrade.channelOf(request).eventLoop());
    SessionHost host = new SessionHost(dialect.exchange(), cycle, connection);
    connection.attach(host);
    upgrade.perform(request, connection);
    dialect.support().metrics().countOpen();
    connection.awaitAdmission();
    return host;
  }

  private static Optional<HandshakeHandler> wordsFor(
      Denial denial, Destination destination, String dialect) {
    try {
      return destination.greeter().denied(denial);
    } catch (RuntimeException defect) {
      report(dialect, defect);
      return Optional.empty();
    }
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
    node.handshakes().refused(
        dialect, addressOf(request, destination.map(Destination::mounted)), refusal);
    destination.ifPresent(each -> node.realms().refused(realmOf(request, each)));
    answerAndClose(request, refusal.reply());
  }

  /** Readable for the dialect's clients, if the path is one of a dialect's. */
  private void refuseRequest(HttpServerRequest request, Refusal refusal) {
    String path = RequestHead.isLineRead(request) ? request.path() : null;
    Optional<MountedDialect> mount = path == null ? Optional.empty() : mountAt(path);
    node.handshakes().refused(
        mount.map(each -> each.exchange().dialect()).orElse(HandshakeMetrics.NO_DIALECT),
        addressOf(request, mount), refusal);
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
