package dev.parley.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.net.ManagementOptions;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(value = 2, timeUnit = TimeUnit.MINUTES)
class ManagementServerTest {
  private final Readiness readiness = new Readiness();
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void start(Vertx vertx, VertxTestContext test) {
    this.vertx = vertx;
    server(0).start().onComplete(test.succeeding(bound -> {
      port = bound;
      test.completeNow();
    }));
  }

  @AfterEach
  void stop() {
    client.close();
    metrics.close();
  }

  @Test
  void givenAnything_whenLiveIsAsked_thenItIsLive() {
    readiness.notReady("gateway", "starting");

    HttpResponse<String> response = request("GET", "/health/live");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"status\":\"live\"}");
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.headers().firstValue("cache-control")).contains("no-store");
  }

  @Test
  void givenNoReasonAgainst_whenReadinessIsAsked_thenItIsReady() {
    readiness.notReady("gateway", "starting");
    readiness.ready("gateway");

    HttpResponse<String> response = request("GET", "/health/ready");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void givenReasonsAgainst_whenReadinessIsAsked_thenTheyAreNamed() {
    readiness.ready("other");
    readiness.notReady("gateway", "draining");
    readiness.check("store", () -> Optional.of("away"));

    HttpResponse<String> response = request("GET", "/health/ready");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body())
        .isEqualTo(
            "{\"status\":\"not ready\",\"reasons\":{\"gateway\":\"draining\",\"store\":\"away\"}}");
  }

  @Test
  void givenCountersAndTheJvm_whenMetricsAreAsked_thenBothAreThereAsPrometheusText() {
    metrics.registry().counter("parley.signals", "kind", "offer").increment(3);

    HttpResponse<String> response = request("GET", "/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body().lines())
        .contains("parley_signals_total{kind=\"offer\"} 3.0")
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .anyMatch(line -> line.startsWith("jvm_threads_live_threads "))
        .anyMatch(line -> line.startsWith("jvm_gc_max_data_size_bytes "))
        .anyMatch(line -> line.startsWith("process_uptime_seconds "))
        .anyMatch(line -> line.startsWith("process_files_open_files "));
  }

  @Test
  void givenAnotherPath_whenAsked_thenItIsNotFoundAndThePathsAreNamed() {
    HttpResponse<String> response = request("GET", "/health");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":\"not found\",\"paths\":[\"/health/live\",\"/health/ready\",\"/metrics\"]}");
  }

  @Test
  void givenAnotherMethod_whenAsked_thenItIsNotAllowed() {
    HttpResponse<String> response = request("POST", "/metrics");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("GET, HEAD");
    assertThat(response.body()).isEqualTo("{\"error\":\"method not allowed\"}");
  }

  @Test
  void givenHead_whenAsked_thenThereIsTheStatusAlone() {
    readiness.notReady("gateway", "starting");

    HttpResponse<String> response = request("HEAD", "/health/ready");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void givenATakenPort_whenStarted_thenItFails() {
    assertThatThrownBy(() -> get(server(port).start())).hasCauseInstanceOf(BindException.class);
  }

  private ManagementServer server(int wanted) {
    return new ManagementServer(
        vertx, new ManagementOptions("127.0.0.1", wanted), readiness, metrics.registry());
  }

  private HttpResponse<String> request(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(10))
            .build();
    return client.sendAsync(request, BodyHandlers.ofString()).join();
  }

  private static <T> T get(Future<T> future) {
    return Waits.join("an answer of the server", future);
  }
}
