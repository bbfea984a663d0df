package dev.parley.net;

import dev.parley.dialect.Handshake;
import dev.parley.dialect.HttpHandler;
import dev.parley.dialect.HttpReply;
import dev.parley.net.MountedDialect.Destination;
import dev.parley.switchboard.Participant;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request on one listener: to the dialect that serves its path, as a WebSocket or as
 * plain HTTP. Any event loop.
 */
final class ListenerServer {

  private static final Logger LOG = LoggerFactory.getLogger(ListenerServer.class);
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private static final TrustedProxies ANY_PROXY = TrustedProxies.all();

  private final ListenerOptions options;
  private final List<MountedDialect> mounted;
  private final Node node;
  private final WebSocketUpgrade upgrade;

  ListenerServer(ListenerOptions options, List<MountedDialect> mounted, Node node) {
    this.options = options;
    this.mounted =
        mounted.stream()
            .sorted(
                Comparator.comparingInt((MountedDialect each) -> each.prefix().length()).reversed())
            .toList();
    this.node = node;
    this.upgrade = new WebSocketUpgrade(node.limits());
  }

  void handle(HttpServerRequest request) {
    HandshakeDeadline.met(request);
    if (WebSocketUpgrade.isAskedFor(request)) {
      var unused = request.end().onSuccess(read -> webSocket(request));
    } else {
      http(request);
    }
  }

  private void http(HttpServerRequest request) {
    String path = request.path();
    for (MountedDialect each : mounted) {
      Optional<HttpHandler> handler = path == null ? Optional.empty() : each.httpAt(path);
      if (path != null && handler.isPresent()) {
        new HttpExchange(request, each.below(path), node.hub()).answerWith(handler.get());
        return;
      }
    }
    refuse(request, NOT_FOUND, "nothing is served at this path");
  }

  private void webSocket(HttpServerRequest request) {
    String path = request.path();
    Optional<Destination> destination =
        path == null ? Optional.empty()
            : mounted.stream().flatMap(each -> each.webSocketAt(path).stream()).findFirst();
    Optional<String> objection = WebSocketUpgrade.objectionTo(request);
    if (destination.isEmpty()) {
      refuse(request, BAD_REQUEST, "no WebSocket is served at this path");
    } else if (objection.isPresent()) {
      refuse(request, BAD_REQUEST, objection.get());
    } else if (node.isDraining()) {
      refuse(request, UNAVAILABLE, "this node is stopping");
    } else if (!isWelcome(request.getHeader(HttpHeaderNames.ORIGIN))) {
      refuse(request, FORBIDDEN, "this origin may not connect");
    } else {
      takePlace(request, destination.get());
    }
  }

  private boolean isWelcome(@Nullable String origin) {
    return origin == null || options.origins().contains(ListenerOptions.ANY_ORIGIN)
        || options.origins().contains(origin);
  }

  private void takePlace(HttpServerRequest request, Destination destination) {
    TrustedProxies proxies =
        destination.mounted().dialect().isBehindProxy() ? ANY_PROXY : node.proxies();
    String address = proxies.clientOf(request.remoteAddress().hostAddress(), forwardedFor(request));
    Optional<Places.Full> full = node.places().take(address);
    if (full.isPresent()) {
      LOG.debug("a connection is refused: {}", full.get());
      switch (full.get()) {
        case IN_ALL -> refuse(request, UNAVAILABLE, "this node is full");
        case OF_ADDRESS -> refuse(request, TOO_MANY, "too many connections from this address");
      }
      return;
    }
    Channel channel = WebSocketUpgrade.channelOf(request);
    channel.closeFuture().addListener(closed -> node.places().leave(address));
    connect(request, destination);
  }

  /** All of them as one: a proxy may add a header of its own behind the one that the client wrote. */
  private static @Nullable String forwardedFor(HttpServerRequest request) {
    List<String> all = request.headers().getAll("X-Forwarded-For");
    return all.isEmpty() ? null : String.join(",", all);
  }

  private void connect(HttpServerRequest request, Destination destination) {
    MountedDialect dialect = destination.mounted();
    LoopTurn turn = node.turnOf(WebSocketUpgrade.channelOf(request).eventLoop());
    WebSocketConnection connection =
        new WebSocketConnection(
            node.nextConnection(), node.limits(), dialect.dialect()::closeWords, dialect.metrics(),
            turn);
    Participant participant = new Participant(dialect.exchange(), turn, connection);
    Handshake handshake = new Handshake(destination.path(), Query.parse(request.uri()));
    dialect.metrics().countOpen();
    connection.attach(participant);
    upgrade.perform(request, connection);
    connection.awaitAdmission();
    participant.greet(destination.greeter(), handshake);
  }

  private static void refuse(HttpServerRequest request, int status, String why) {
    HttpExchange.send(request, HttpReply.of(status, "text/plain; charset=utf-8", why + "\n"));
  }
}
