package dev.parley.net;

import dev.parley.access.Access;
import dev.parley.dialect.HttpCall;
import dev.parley.dialect.HttpHandler;
import dev.parley.dialect.HttpReply;
import dev.parley.hub.Hub;
import dev.parley.hub.HubUnavailableException;
import dev.parley.identity.Identity;
import dev.parley.net.http.Query;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plain HTTP request to a dialect, and its response. */
record HttpExchange(
    HttpServerRequest request, String path, MountedDialect mount, Hub hub, Access access)
    implements HttpCall {

  private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);
  private static final Set<String> KNOWN_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
  private static final int SERVER_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  /** The same request, of a client that is known by now. */
  HttpExchange of(Access known) {
    return new HttpExchange(request, path, mount, hub, known);
  }

  /**
   * Whether a browser asks if a page may send a request (the Fetch standard, CORS-preflight fetch).
   * It never sends credentials with that.
   */
  boolean isPreflight() {
    return method().equals("OPTIONS") && header("Origin").isPresent()
        && header("Access-Control-Request-Method").isPresent();
  }

  @Override
  public Identity identity() {
    return access.identity();
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  @Override
  public Map<String, String> query() {
    return Query.parse(request.uri());
  }

  @Override
  public Future<List<Peer>> peers(String realm) {
    Context loop = Objects.requireNonNull(Vertx.currentContext(), "on the request's event loop");
    Promise<List<Peer>> here = Promise.promise();
    var unused =
        hub.list(realm)
            .map(peers -> known(realm, peers))
            .onComplete(peers -> loop.runOnContext(run -> here.handle(peers)));
    return here.future();
  }

  /** The peers that a list shows to this client, which has no id here. */
  private List<Peer> known(String realm, List<Peer> peers) {
    List<Peer> listed = mount.exchange().gates().ids().listed(realm, peers);
    PeerAddress none = new PeerAddress(realm, "");
    return access.isOpen() ? listed
        : listed.stream().filter(peer -> access.maySend(none, peer.address())).toList();
  }

  /** Responds with the result of {@code handler}. */
  void answerWith(HttpHandler handler) {
    Future<HttpReply> reply;
    try {
      reply = handler.handle(this);
    } catch (RuntimeException defect) {
      reply = Future.failedFuture(defect);
    }
    var unused =
        reply
            .otherwise(failure -> readable(apologise(failure)))
            .compose(answer -> send(request, answer));
  }

  /** A response of the gateway itself, readable for the pages that may read the dialect's. */
  HttpReply readable(HttpReply reply) {
    return mount.dialect().cors().map(cors -> cors.allow(this, reply)).orElse(reply);
  }

  /** Responds after a defect of the dialect. */
  void fail(RuntimeException defect) {
    var unused = send(request, readable(apologise(defect)));
  }

  private HttpReply apologise(Throwable failure) {
    if (failure instanceof HubUnavailableException) {
      return HttpReply.text(UNAVAILABLE, "Service Unavailable");
    }
    // Not its path, which may contain a key, and no method invented by a client.
    LOG.error("no answer to a {} request; please report this",
        KNOWN_METHODS.contains(method()) ? method() : "strange", failure);
    return HttpReply.text(SERVER_ERROR, "Internal Server Error");
  }

  /** Sends {@code reply}; succeeds when it has been written. */
  static Future<Void> send(HttpServerRequest request, HttpReply reply) {
    request.response().setStatusCode(reply.status());
    reply.headers().forEach(request.response()::putHeader);
    return reply.body().isEmpty()
        ? request.response().end()
        : request.response().end(reply.body());
  }
}
