package dev.parley.policies.support;

import dev.parley.testkit.waits.Waits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * A web service on loopback whose behaviour a test changes while it runs. Its handler gets each
 * request with the whole body. Thread-safe.
 */
public final class TestWeb {

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final boolean secure;
  private volatile BiConsumer<Asked, HttpServerResponse> handler;

  /**
   * A request.
   *
   * @param path the path
   * @param authorization the header, or the empty text
   * @param body the body
   */
  public record Asked(String path, String authorization, String body) {}

  /** A web service that does what the handler does. */
  public TestWeb(Vertx vertx, BiConsumer<Asked, HttpServerResponse> handler) {
    this(vertx, new HttpServerOptions(), handler);
  }

  /** One with options of its own, such as those of TLS. */
  public TestWeb(
      Vertx vertx, HttpServerOptions options, BiConsumer<Asked, HttpServerResponse> handler) {
    this.handler = handler;
    this.secure = options.isSsl();
    server = vertx.createHttpServer(options).requestHandler(this::serve);
    var unused = Waits.join("a web service", server.listen(0, "127.0.0.1"));
  }

  private void serve(HttpServerRequest request) {
    var unused = request.body().onSuccess(body -> {
      String authorization = request.getHeader("Authorization");
      Asked one = new Asked(
          request.path(), authorization == null ? "" : authorization, body.toString());
      asked.add(one);
      handler.accept(one, request.response());
    });
  }

  /** Behaves otherwise from now on. */
  public void behave(BiConsumer<Asked, HttpServerResponse> other) {
    handler = other;
  }

  /** The requests so far. */
  public List<Asked> asked() {
    return asked;
  }

  /** How many requests there were for a path. */
  public long asked(String path) {
    return asked.stream().filter(one -> one.path.equals(path)).count();
  }

  /** A URL of it. */
  public URI url(String path) {
    return URI.create(
        (secure ? "https" : "http") + "://127.0.0.1:" + server.actualPort() + path);
  }

  /** Answers with a text. */
  public static void answer(HttpServerResponse response, int status, String body) {
    var unused = response.setStatusCode(status).end(body);
  }
}
