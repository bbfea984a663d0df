package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.waits.Waits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of a draining node to balancers and clients, at every path. */
class DrainingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static GatewayFixture gateway() {
    return GatewayFixture.gateway()
        .dialect("peerjs", "/", Map.of("cors", List.of("https://app.example.org")))
        .dialect("linkup", "/linkup", Map.of())
        .dialect("peerolator", "/peerolator", Map.of())
        .dialect("calling", "/calling", Map.of())
        .start();
  }

  /** A keep-alive connection for several requests. */
  private static final class KeptAlive implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    KeptAlive(GatewayFixture gateway) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
      socket.setSoTimeout((int) Waits.PATIENCE.toMillis());
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    void send(String head, String body) throws IOException {
      socket.getOutputStream()
          .write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
    }

    void asks(String method, String path) throws IOException {
      send(method + " " + path + " HTTP/1.1\r\nHost: x", "");
    }

    List<String> answer() throws IOException {
      return answer("GET");
    }

    /** The lines of the next answer's head, in lower case. */
    List<String> answer(String method) throws IOException {
      List<String> head = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(line.toLowerCase(Locale.ROOT));
      }
      int length =
          head.stream().filter(line -> line.startsWith("content-length:"))
              .mapToInt(line -> Integer.parseInt(line.substring(15).trim())).sum();
      for (int i = 0; i < length && !method.equals("HEAD"); i++) {
        assertThat(in.read()).isNotNegative();
      }
      return head;
    }

    boolean isAtEnd() throws IOException {
      return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 200",
    "GET, /peerjs/id, 200",
    "HEAD, /, 200",
    // The default health check of HAProxy.
    "OPTIONS, /, 204",
    "GET, /peerjs/peers, 401",
    "GET, /linkup, 404",
    "GET, /peerolator, 404",
    "GET, /calling, 426",
    "GET, /none/of/these, 404",
  })
  void givenAnyPath_whenANodeDrains_thenItIsAnsweredWith503AndTheConnectionIsClosed(
      String method, String path, int before) throws IOException {
    try (GatewayFixture gateway = gateway(); KeptAlive balancer = new KeptAlive(gateway)) {
      balancer.asks(method, path);
      assertThat(balancer.answer(method).getFirst()).startsWith("http/1.1 " + before);
      gateway.drain(PATIENCE).await();

      balancer.asks(method, path);
      assertThat(balancer.answer(method))
          .contains("http/1.1 503 service unavailable", "retry-after: 5", "connection: close");
      assertThat(balancer.isAtEnd()).isTrue();
      assertThat(HttpProbe.send(method, gateway.httpUri(path), Map.of()).status()).isEqualTo(503);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/peerjs?key=peerjs&id=a&token=t", "/linkup", "/peerolator/server",
        "/peerolator/client/x", "/calling", "/none"})
  void givenAWebSocketPath_whenANodeDrains_thenTheHandshakeIsAnsweredWith503(String path) {
    try (GatewayFixture gateway = gateway()) {
      gateway.drain(PATIENCE).await();

      assertThatThrownBy(() -> WireClient.connect(gateway.wsUri(path)))
          .isInstanceOfSatisfying(
              UpgradeRefusedException.class,
              refused -> assertThat(refused.status()).isEqualTo(503));
    }
  }

  @Test
  void givenAHandshakeOnAKeptConnection_whenANodeDrains_thenItIsRefusedAndTheConnectionIsClosed()
      throws IOException {
    try (GatewayFixture gateway = gateway(); KeptAlive client = new KeptAlive(gateway)) {
      client.asks("GET", "/");
      client.answer();
      gateway.drain(PATIENCE).await();

      client.send(
          "GET /linkup HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13",
          "");
      assertThat(client.answer())
          .contains("http/1.1 503 service unavailable", "retry-after: 5", "connection: close");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void givenARequestWithABody_whenANodeDrains_thenItsAnswerArrives() throws IOException {
    try (GatewayFixture gateway = gateway(); KeptAlive client = new KeptAlive(gateway)) {
      gateway.drain(PATIENCE).await();

      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50000", "x".repeat(50_000));
      assertThat(client.answer()).contains("http/1.1 503 service unavailable");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void givenAPageThatMayReadAnswers_whenANodeDrains_thenItReadsThisOneTooAndNoOtherPageDoes() {
    try (GatewayFixture gateway = gateway()) {
      gateway.drain(PATIENCE).await();

      Map<String, String> page = Map.of("Origin", "https://app.example.org");
      HttpProbe.Answer read = HttpProbe.send("GET", gateway.httpUri("/peerjs/id"), page);
      assertThat(read.status()).isEqualTo(503);
      assertThat(read.header("access-control-allow-origin")).contains("https://app.example.org");
      assertThat(read.header("vary")).contains("Origin");
      assertThat(
          HttpProbe.send("GET", gateway.httpUri("/peerjs/id"), Map.of("Origin", "null"))
              .header("access-control-allow-origin"))
          .isEmpty();
      assertThat(
          HttpProbe.send("GET", gateway.httpUri("/calling"), page)
              .header("access-control-allow-origin"))
          .isEmpty();
    }
  }
}
