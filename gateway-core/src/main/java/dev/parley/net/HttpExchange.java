package dev.parley.net;

import dev.parley.dialect.HttpCall;
import dev.parley.dialect.HttpHandler;
import dev.parley.dialect.HttpReply;
import dev.parley.hub.Hub;
import dev.parley.signal.Peer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One plain HTTP request to a dialect, and its answer. */
record HttpExchange(HttpServerRequest request, String path, Hub hub) implements HttpCall {

  private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);
  private static final int SERVER_ERROR = 500;

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
    return hub.list(realm);
  }

  /** Has {@code handler} answer. */
  void answerWith(HttpHandler handler) {
    Future<HttpReply> reply;
    try {
      reply = handler.handle(this);
    } catch (RuntimeException defect) {
      reply = Future.failedFuture(defect);
    }
    var unused =
        reply
            .otherwise(
                failure -> {
                  LOG.error("no answer to {} {}; please report this", method(), path, failure);
                  return HttpReply.of(SERVER_ERROR, "text/plain; charset=utf-8",
                      "Internal Server Error");
                })
            .onSuccess(answer -> send(request, answer));
  }

  /** Sends {@code reply}. */
  static void send(HttpServerRequest request, HttpReply reply) {
    request.response().setStatusCode(reply.status());
    reply.headers().forEach(request.response()::putHeader);
    var unused =
        reply.body().isEmpty() ? request.response().end() : request.response().end(reply.body());
  }
}
