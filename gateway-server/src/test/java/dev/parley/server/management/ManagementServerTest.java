package dev.parley.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.access.Bans;
import dev.parley.access.LocalBanStore;
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
import java.time.InstantSource;
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
  private final Bans bans =
      new Bans(
          new LocalBanStore(InstantSource.system()), InstantSource.system(), metrics.registry());
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
            "{\"error\":\"not found\",\"paths\":[\"/health/live\",\"/health/ready\",\"/metrics\","
                + "\"/bans\"]}");
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
  void givenBans_whenTheyArePutAndLifted_thenTheyAreListedAndHold() {
    assertThat(request("PUT", "/bans",
        "{\"kind\":\"subject\",\"realm\":\"acme\",\"value\":\"mallory\",\"for\":\"1h\","
            + "\"reason\":\"spam\"}").statusCode()).isEqualTo(204);
    assertThat(request("PUT", "/bans",
        "{\"kind\":\"network\",\"value\":\"192.0.2.0/24\",\"for\":\"24h\"}").statusCode())
        .isEqualTo(204);

    assertThat(bans.banSubject("acme", "mallory")).isTrue();
    assertThat(bans.banAddress("any", "192.0.2.1")).isTrue();
    assertThat(request("GET", "/bans").body())
        .contains("\"value\":\"mallory\"", "\"reason\":\"spam\"", "\"kind\":\"network\"");

    assertThat(request("DELETE", "/bans",
        "{\"kind\":\"subject\",\"realm\":\"acme\",\"value\":\"mallory\"}").statusCode())
        .isEqualTo(204);
    assertThat(bans.banSubject("acme", "mallory")).isFalse();
  }

  @Test
  void givenAWrongBan_whenPut_thenTheAnswerSaysWhatIsWrong() {
    for (String wrong : new String[] {
      "", "[]", "{\"kind\":5}", "{\"kind\":\"cat\",\"value\":\"x\",\"for\":\"1h\"}",
      "{\"kind\":\"id\",\"for\":\"1h\"}", "{\"kind\":\"id\",\"value\":\"x\"}",
      "{\"kind\":\"id\",\"value\":\"x\",\"for\":\"soon\"}",
      "{\"kind\":\"id\",\"value\":\"x\",\"for\":\"0s\"}",
      "{\"kind\":\"id\",\"value\":\"x\",\"for\":\"1h\",\"more\":\"\"}",
      "{\"kind\":\"network\",\"value\":\"example.org\",\"for\":\"1h\"}"}) {
      HttpResponse<String> response = request("PUT", "/bans", wrong);
      assertThat(response.statusCode()).as(wrong).isEqualTo(400);
      assertThat(response.body()).as(wrong).contains("\"error\"");
    }
    assertThat(request("PUT", "/bans", "x".repeat(20_000)).statusCode()).isEqualTo(413);
    assertThat(request("POST", "/bans").statusCode()).isEqualTo(405);
    assertThat(bans.all()).isEmpty();
  }

  @Test
  void givenAWebPage_whenItWouldBan_thenItMayNot() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/bans"))
            .header("Origin", "http://rebound.example")
            .PUT(BodyPublishers.ofString(
                "{\"kind\":\"id\",\"value\":\"x\",\"for\":\"1h\"}"))
            .timeout(Duration.ofSeconds(10))
            .build();

    assertThat(client.sendAsync(request, BodyHandlers.ofString()).join().statusCode())
        .isEqualTo(403);
    assertThat(bans.all()).isEmpty();
  }

  @Test
  void givenATakenPort_whenStarted_thenItFails() {
    assertThatThrownBy(() -> get(server(port).start())).hasCauseInstanceOf(BindException.class);
  }

  private ManagementServer server(int wanted) {
    return new ManagementServer(
        vertx, new ManagementOptions("127.0.0.1", wanted), readiness, metrics.registry(),
        bans);
  }

  private HttpResponse<String> request(String method, String path) {
    return request(method, path, "");
  }

  private HttpResponse<String> request(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, body.isEmpty() && !method.equals("PUT") ? BodyPublishers.noBody()
                : BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(10))
            .build();
    return client.sendAsync(request, BodyHandlers.ofString()).join();
  }

  private static <T> T get(Future<T> future) {
    return Waits.join("an answer of the server", future);
  }
}
