package dev.parley.net;

import dev.parley.dialect.HttpCall;
import dev.parley.dialect.HttpHandler;
import dev.parley.dialect.HttpReply;
import dev.parley.hub.Hub;
import dev.parley.hub.HubUnavailableException;
import dev.parley.signal.Peer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One plain HTTP request to a dialect, and its answer. */
record HttpExchange(HttpServerRequest request, String path, HttpHandler handler, Hub hub)
    implements HttpCall {

  private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int SERVER_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  @Override
  public Future<List<Peer>> peers(String realm) {
    Context loop = Objects.requireNonNull(Vertx.currentContext(), "on the request's event loop");
    Promise<List<Peer>> here = Promise.promise();
    var unused =
        hub.list(realm)
            .onComplete(peers -> loop.runOnContext(run -> here.handle(peers)));
    return here.future();
  }

  /** Has the dialect answer. */
  void answer() {
    Future<HttpReply> reply;
    try {
      reply = handler.handle(this);
    } catch (RuntimeException defect) {
      reply = Future.failedFuture(defect);
    }
    var unused =
        reply
            .otherwise(failure -> refused(apologise(failure)))
            .compose(answer -> send(request, answer));
  }

  /** {@code refusal} as the dialect's clients can read it. */
  HttpReply refused(HttpReply refusal) {
    return handler.refused(this, refusal);
  }

  private HttpReply apologise(Throwable failure) {
    if (failure instanceof HubUnavailableException) {
      return HttpReply.of(UNAVAILABLE, TEXT, "Service Unavailable");
    }
    // Not its path, which may hold a key.
    LOG.error("no answer to a {} request; please report this", method(), failure);
    return HttpReply.of(SERVER_ERROR, TEXT, "Internal Server Error");
  }

  /** Sends {@code reply}. */
  static Future<Void> send(HttpServerRequest request, HttpReply reply) {
    request.response().setStatusCode(reply.status());
    reply.headers().forEach(request.response()::putHeader);
    return reply.body().isEmpty() ? request.response().end() : request.response().end(reply.body());
  }
}
