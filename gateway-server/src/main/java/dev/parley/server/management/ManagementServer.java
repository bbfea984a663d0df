package dev.parley.server.management;

import dev.parley.access.Bans;
import dev.parley.net.ManagementOptions;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The HTTP server of the management port:
 *
 * <ul>
 *   <li>{@code /health/live}: 200 as long as the process answers
 *   <li>{@code /health/ready}: 200 if clients are welcome, 503 with the reasons if not
 *   <li>{@code /metrics}: the metrics in Prometheus' text format
 *   <li>{@code /bans}: lists, puts and lifts bans
 * </ul>
 *
 * <p>It has no authentication; it is bound to loopback unless configured otherwise. Changes are
 * refused to web pages, which a browser of this machine may show: such requests have an {@code
 * Origin}, also after DNS rebinding.
 */
public final class ManagementServer {
  private static final String LIVE = "/health/live";
  private static final String READY = "/health/ready";
  private static final String METRICS = "/metrics";
  private static final String BANS = "/bans";
  private static final List<String> PATHS = List.of(LIVE, READY, METRICS, BANS);

  private final Vertx vertx;
  private final ManagementOptions options;
  private final Readiness readiness;
  private final PrometheusMeterRegistry metrics;
  private final BanRequests bans;
  private final HttpServer server;

  /** A server that does not listen yet. */
  public ManagementServer(
      Vertx vertx,
      ManagementOptions options,
      Readiness readiness,
      PrometheusMeterRegistry metrics,
      Bans bans) {
    this.vertx = vertx;
    this.options = options;
    this.readiness = readiness;
    this.metrics = metrics;
    this.bans = new BanRequests(bans, InstantSource.system());
    this.server = vertx.createHttpServer(new HttpServerOptions()).requestHandler(this::answer);
  }

  /**
   * Listens.
   *
   * @return the port, chosen by the system if it was configured as 0; failed with the cause, such
   *     as a {@link java.net.BindException}, if it cannot be opened
   */
  public Future<Integer> start() {
    return server.listen(options.port(), options.host()).map(HttpServer::actualPort);
  }

  /** Stops listening and closes the connections. */
  public Future<Void> stop() {
    return server.close();
  }

  private void answer(HttpServerRequest request) {
    String path = request.path();
    if (path == null || !PATHS.contains(path)) {
      json(request, 404, new JsonObject().put("error", "not found").put("paths", paths()));
    } else if (path.equals(BANS) && isChange(request)) {
      changeBans(request);
    } else if (!HttpMethod.GET.equals(request.method())
        && !HttpMethod.HEAD.equals(request.method())) {
      request.response().putHeader("allow", path.equals(BANS) ? "GET, HEAD, PUT, DELETE" : "GET, HEAD");
      json(request, 405, new JsonObject().put("error", "method not allowed"));
    } else {
      switch (path) {
        case LIVE -> json(request, 200, new JsonObject().put("status", "live"));
        case READY -> answerReadiness(request);
        case BANS -> end(request, 200, "application/json", bans.list().encode());
        default -> answerMetrics(request);
      }
    }
  }

  private static boolean isChange(HttpServerRequest request) {
    return HttpMethod.PUT.equals(request.method()) || HttpMethod.DELETE.equals(request.method());
  }

  private void changeBans(HttpServerRequest request) {
    if (request.getHeader("origin") != null) {
      json(request, 403, new JsonObject().put("error", "not for web pages"));
      return;
    }
    Buffer body = Buffer.buffer();
    request.handler(part -> {
      if (body.length() <= BanRequests.MAX_BYTES) {
        body.appendBuffer(part);
      }
    });
    request.endHandler(end -> {
      if (body.length() > BanRequests.MAX_BYTES) {
        json(request, 413, new JsonObject().put("error", "too long"));
        return;
      }
      boolean puts = HttpMethod.PUT.equals(request.method());
      var unused = (puts ? bans.put(body) : bans.lift(body)).onSuccess(answer -> answer.error()
          .ifPresentOrElse(
              error -> json(request, answer.status(), new JsonObject().put("error", error)),
              () -> request.response().setStatusCode(answer.status()).end()));
    });
  }

  private static JsonArray paths() {
    return new JsonArray(PATHS);
  }

  private void answerReadiness(HttpServerRequest request) {
    Map<String, String> reasons = readiness.reasons();
    if (reasons.isEmpty()) {
      json(request, 200, new JsonObject().put("status", "ready"));
    } else {
      var named = new JsonObject();
      reasons.forEach(named::put);
      json(request, 503, new JsonObject().put("status", "not ready").put("reasons", named));
    }
  }

  /** Reading the JVM's gauges takes milliseconds, which would block an event loop. */
  private void answerMetrics(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    vertx
        .executeBlocking(() -> metrics.scrape(), false)
        .onSuccess(
            text -> end(request, 200, "text/plain; version=0.0.4; charset=utf-8", text))
        .onFailure(
            failure -> {
              if (!response.ended()) {
                json(request, 500, new JsonObject().put("error", String.valueOf(failure)));
              }
            });
  }

  private static void json(HttpServerRequest request, int status, JsonObject body) {
    end(request, status, "application/json", body.encode());
  }

  private static void end(HttpServerRequest request, int status, String type, String body) {
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(status)
            .putHeader("content-type", type)
            .putHeader("cache-control", "no-store");
    if (HttpMethod.HEAD.equals(request.method())) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
