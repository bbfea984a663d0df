package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.Bound;
import dev.parley.config.ByteSize;
import dev.parley.net.limits.Limits;
import dev.parley.net.tls.TlsOptions;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.Counter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as they come from old, odd and broken clients, byte by byte over real sockets. */
class HandshakesTest {

  private static final String PAGE = "https://app.example.org";
  private static final String UPGRADE =
      lines("Upgrade: websocket|Connection: keep-alive, Upgrade|"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|");
  private static final int MILLIS = 30_000;

  /** A text with a line end at each bar. */
  private static String lines(String text) {
    return text.replace("|", "\r\n");
  }

  private static GatewayFixture.Builder peerjs() {
    return GatewayFixture.gateway().dialect("peerjs", "/", Map.of());
  }

  private static Limits heads(ByteSize head) {
    return Records.with(Limits.DEFAULT, "head", head);
  }

  private static Limits connections(Bound all, Bound perAddress) {
    return Records.with(Limits.DEFAULT, "connections", all, "connectionsPerAddress", perAddress);
  }

  private static String handshake(String id, String... headers) {
    return "GET /peerjs?key=peerjs&id=" + id + "&token=t HTTP/1.1\r\nHost: x\r\n"
        + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
  }

  private static Socket open(GatewayFixture gateway, String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(MILLIS);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** All that comes until the server closes; fails if it does not. */
  private static String answerTo(GatewayFixture gateway, String request) throws IOException {
    try (Socket socket = open(gateway, request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String readUntil(Socket socket, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (read.indexOf(end) < 0) {
      int next = in.read();
      assertThat(next).as(read::toString).isNotNegative();
      read.append((char) next);
    }
    return read.toString();
  }

  private static double refused(GatewayFixture gateway, String dialect, String cause) {
    Counter counter =
        gateway.metrics().find("parley.handshakes.refused").tag("dialect", dialect)
            .tag("cause", cause).counter();
    return counter == null ? 0 : counter.count();
  }

  // ---- versions

  @ParameterizedTest
  @ValueSource(strings = {"13", "8"})
  void givenAVersionThatIsSpoken_whenAClientAsksForIt_thenItIsServed(String version)
      throws IOException {
    try (GatewayFixture gateway = peerjs().start();
        Socket socket =
            open(gateway, handshake("a", UPGRADE + "Sec-WebSocket-Version: " + version))) {
      assertThat(readUntil(socket, "OPEN\"}")).startsWith("HTTP/1.1 101 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-WebSocket-Version: 7", "Sec-WebSocket-Version: 14",
    "Sec-WebSocket-Version: ", "Sec-WebSocket-Version: 8, 13", "X: no version"})
  void givenAnotherVersion_whenAClientAsksForIt_thenItGetsThoseThatAreSpokenAndAClose(
      String version)
      throws IOException {
    try (GatewayFixture gateway = peerjs().start()) {
      assertThat(answerTo(gateway, handshake("a", UPGRADE + version)))
          .startsWith("HTTP/1.1 426 ")
          .contains("\r\nSec-WebSocket-Version: 13, 8\r\n", "\r\nUpgrade: websocket\r\n");
      assertThat(refused(gateway, "peerjs", "unsupported_version")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"8, Sec-WebSocket-Origin, https://app.example.org, 101",
    "8, Sec-WebSocket-Origin, https://evil.example.org, 403",
    "8, Origin, https://evil.example.org, 403", "13, Origin, https://app.example.org, 101",
    "13, Origin, https://evil.example.org, 403",
    "13, Sec-WebSocket-Origin, https://evil.example.org, 403"})
  void givenOriginsThatMay_whenAPageAsks_thenTheHeaderOfItsVersionCounts(
      String version, String header, String origin, int status)
      throws IOException {
    try (GatewayFixture gateway = peerjs().origins(PAGE).start();
        Socket socket =
            open(gateway, handshake("a", UPGRADE + "Sec-WebSocket-Version: " + version,
                header + ": " + origin))) {
      assertThat(readUntil(socket, "\r\n\r\n")).startsWith("HTTP/1.1 " + status);
      assertThat(refused(gateway, "peerjs", "origin")).isEqualTo(status == 403 ? 1 : 0);
    }
  }

  // ---- broken handshakes

  @ParameterizedTest
  @ValueSource(strings = {
    "GET /peerjs HTTP/1.1|Host: x|Upgrade: websocket||",
    "GET /peerjs HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|"
        + "Sec-WebSocket-Version: 13|Sec-WebSocket-Key: short||",
    "POST /peerjs HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade||",
    "GET /peerjs HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|"
        + "Content-Length: 1000||the rest never comes",
    "GET /peerjs HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|"
        + "Transfer-Encoding: chunked||",
    "GET /peerjs HTTP/1.1|Host: x|Upgrade: websocket|no colon||",
  })
  void givenABrokenHandshake_whenSent_thenItIsAnsweredWith400AndClosed(String request)
      throws IOException {
    try (GatewayFixture gateway = peerjs().start()) {
      assertThat(answerTo(gateway, lines(request))).startsWith("HTTP/1.1 400 ")
          .containsIgnoringCase("\r\nconnection: close\r\n");
      assertThat(refused(gateway, "peerjs", "bad_request")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xupgrade", "upgradex", "keep-alive, x-upgrade", "\"upgrade\"",
    "up, grade", "close"})
  void givenConnectionTokensWithoutUpgrade_whenAClientAsks_thenItIsAnsweredWith400AndClosed(
      String tokens)
      throws IOException {
    String request =
        lines("GET /peerjs?key=peerjs&id=a&token=t HTTP/1.1|Host: x|Upgrade: websocket|"
            + "Connection: " + tokens + "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|"
            + "Sec-WebSocket-Version: 13||");
    try (GatewayFixture gateway = peerjs().start()) {
      assertThat(answerTo(gateway, request)).startsWith("HTTP/1.1 400 ")
          .containsIgnoringCase("\r\nconnection: close\r\n");
      assertThat(refused(gateway, "peerjs", "bad_request")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"websocket|Upgrade", "WebSocket|keep-alive , UPGRADE",
    "websocket|upgrade,keep-alive", "websocket|,upgrade", "websocket|close, upgrade",
    "h2c, websocket|upgrade, http2-settings", "websocket|x/Connection: upgrade"})
  void givenTokensInAnyCaseAndOrder_whenAClientAsks_thenItIsServed(
      String upgrade, String connection)
      throws IOException {
    String request =
        lines("Upgrade: " + upgrade + "|Connection: " + connection.replace("/", "|")
            + "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13");
    try (GatewayFixture gateway = peerjs().start();
        Socket socket = open(gateway, handshake("a", request))) {
      assertThat(readUntil(socket, "OPEN\"}")).startsWith("HTTP/1.1 101 ");
    }
  }

  /** A connection of TLS 1.2, as older programs have it. */
  private static SSLSocket oldTls(GatewayFixture gateway, TestCertificate certificate)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) certificate.clients().createSocket(
            InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(30_000);
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    socket.startHandshake();
    assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
    return socket;
  }

  private static String says(SSLSocket socket, String request, String awaited) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    StringBuilder got = new StringBuilder();
    while (got.indexOf(awaited) < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as("the end, after " + got).isNotNegative();
      got.append((char) next);
    }
    return got.toString();
  }

  @ParameterizedTest(name = "as a WebSocket: {0}")
  @ValueSource(booleans = {false, true})
  void givenTls12_whenAClientBeginsAnotherHandshake_thenItsConnectionIsClosedAndNoOther(
      boolean webSocket, @TempDir Path folder)
      throws IOException {
    TestCertificate certificate = TestCertificate.in(folder);
    TlsOptions tls = new TlsOptions(certificate.key().toString(), certificate.cert().toString());
    try (GatewayFixture gateway = peerjs().tls(tls).start();
        SSLSocket mallory = oldTls(gateway, certificate);
        SSLSocket anna = oldTls(gateway, certificate)) {
      if (webSocket) {
        says(mallory,
            handshake("mallory", "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"),
            "OPEN");
      } else {
        says(mallory, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200");
      }

      assertThatThrownBy(() -> {
        mallory.startHandshake();
        while (mallory.getInputStream().read() >= 0) {
          // What was sent before.
        }
        throw new EOFException();
      }).isInstanceOf(IOException.class);

      assertThat(
          gateway.metrics().get("parley.tls.renegotiations.refused").counter().count()).isOne();
      assertThat(says(anna, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200"))
          .isNotEmpty();
    }
  }

  @Test
  void givenABrokenHandshakeOverTls_whenSent_thenItIsAnsweredAndClosedProperly(
      @TempDir Path folder)
      throws IOException {
    TestCertificate certificate = TestCertificate.in(folder);
    try (GatewayFixture gateway =
        peerjs().tls(new TlsOptions(certificate.key().toString(), certificate.cert().toString()))
            .start();
        Socket socket =
            certificate.clients().createSocket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(MILLIS);
      socket.getOutputStream()
          .write(handshake("a", UPGRADE + "X: no version").getBytes(StandardCharsets.US_ASCII));

      // Without the TLS layer's own end this would throw.
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .startsWith("HTTP/1.1 426 ");
    }
  }

  @Test
  void givenAPathWithoutAWebSocket_whenAskedForOne_thenItIsAnsweredWith400AndClosed()
      throws IOException {
    try (GatewayFixture gateway = peerjs().start()) {
      assertThat(
          answerTo(gateway, "GET /none HTTP/1.1\r\nHost: x\r\n" + UPGRADE
              + "Sec-WebSocket-Version: 13\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
      assertThat(refused(gateway, "none", "no_such_path")).isEqualTo(1);
    }
  }

  @Test
  void givenNoHttp_whenSent_thenItIsAnsweredWith400AndClosed() throws IOException {
    try (GatewayFixture gateway = peerjs().start()) {
      assertThat(answerTo(gateway, "\u0016\u0003\u0001 hello\r\n\r\n"))
          .matches("(?s)HTTP/1\\.[01] 400 .*");
      assertThat(refused(gateway, "none", "bad_request")).isEqualTo(1);
    }
  }

  @Test
  void givenAClientThatGoesInTheMiddleOfItsHead_whenItIsGone_thenNothingIsRefused()
      throws IOException {
    try (GatewayFixture gateway = peerjs().start()) {
      open(gateway, "GET /peerjs HTTP/1.1\r\nHost: x\r\n").close();

      assertThat(answerTo(gateway, "GET /peerjs HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
      assertThat(refused(gateway, "peerjs", "bad_request")).isEqualTo(1);
    }
  }

  // ---- heads

  @ParameterizedTest
  @CsvSource({"4050, 10", "10, 8200", "7000, 8200"})
  void givenALongTokenOrCookie_whenAClientConnects_thenItIsServed(int token, int cookie)
      throws IOException {
    try (GatewayFixture gateway = peerjs().start();
        Socket socket =
            open(gateway, handshake("a&token=" + "t".repeat(token),
                UPGRADE + "Sec-WebSocket-Version: 13", "Cookie: c=" + "c".repeat(cookie)))) {
      assertThat(readUntil(socket, "OPEN\"}")).startsWith("HTTP/1.1 101 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'/peerjs/id', 16384, 431, head_too_long, peerjs",
    "'/peerjs/id?q=', 16384, 414, uri_too_long, peerjs",
    "'/peerjs/id?q=', 9000, 431, head_too_long, peerjs",
  })
  void givenAHeadThatIsTooLong_whenSentByAPage_thenThePageCanReadTheRefusal(
      String path, int length, int status, String cause, String dialect)
      throws IOException {
    boolean inPath = path.endsWith("=");
    String request =
        "GET " + path + (inPath ? "x".repeat(length) : "") + " HTTP/1.1\r\nHost: x\r\nCookie: "
            + "c".repeat(inPath ? 9000 : length) + "\r\nOrigin: " + PAGE + "\r\n\r\n";
    try (GatewayFixture gateway = peerjs().start()) {
      assertThat(answerTo(gateway, request)).startsWith("HTTP/1.1 " + status)
          .contains("\r\nAccess-Control-Allow-Origin: " + PAGE + "\r\n");
      assertThat(refused(gateway, dialect, cause)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"'GET /peerjs/id HTTP/1.1\r\nCookie: ', 431", "'GET /peerjs/id?', 414"})
  void givenAHeadThatDoesNotEnd_whenSentOn_thenItsClientCanReadTheRefusal(String begun, int status)
      throws IOException {
    try (GatewayFixture gateway = peerjs().start();
        Socket socket = open(gateway, begun)) {
      byte[] more = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 64; i++) {
        socket.getOutputStream().write(more);
      }
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .matches("(?s)HTTP/1\\.[01] " + status + " .*");
    }
  }

  @Test
  void givenAnotherLimit_whenHeadsAreOverAndUnderIt_thenItHolds() throws IOException {
    try (GatewayFixture gateway = peerjs().limits(heads(ByteSize.ofKiB(2))).start()) {
      String request = "GET /peerjs/id HTTP/1.1\r\nConnection: close\r\nCookie: ";
      assertThat(answerTo(gateway, request + "c".repeat(1_800) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
      assertThat(answerTo(gateway, request + "c".repeat(2_100) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void givenABrokenHeader_whenSentByAPage_thenThePageCanReadTheRefusal() throws IOException {
    try (GatewayFixture gateway = peerjs().start()) {
      assertThat(
          answerTo(gateway,
              "GET /peerjs/id HTTP/1.1\r\nOrigin: " + PAGE + "\r\nno colon\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .contains("\r\nAccess-Control-Allow-Origin: " + PAGE + "\r\n");
    }
  }

  // ---- full, draining, and refusals in words

  @Test
  void givenBounds_whenTheyAreReached_thenEachHasACause() throws IOException {
    String asked = handshake("b", UPGRADE + "Sec-WebSocket-Version: 13");
    try (GatewayFixture gateway =
        peerjs().limits(connections(new Bound(1), Bound.OFF)).start();
        WireClient alice = WireClient.connect(gateway.wsUri("/peerjs?key=peerjs&id=a&token=t"))) {
      alice.awaitTexts(1);
      assertThat(answerTo(gateway, asked)).startsWith("HTTP/1.1 503 ");
      assertThat(refused(gateway, "peerjs", "full")).isEqualTo(1);
    }
    try (GatewayFixture gateway =
        peerjs().limits(connections(Bound.OFF, new Bound(1))).start();
        WireClient alice = WireClient.connect(gateway.wsUri("/peerjs?key=peerjs&id=a&token=t"))) {
      alice.awaitTexts(1);
      assertThat(answerTo(gateway, asked)).startsWith("HTTP/1.1 429 ");
      assertThat(refused(gateway, "peerjs", "address_limit")).isEqualTo(1);
      var unused = gateway.drain(Duration.ofSeconds(5));
      assertThat(answerTo(gateway, asked)).startsWith("HTTP/1.1 503 ");
      assertThat(refused(gateway, "peerjs", "draining")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"key=wrong&id=b&token=t, refused, ERROR", "key=peerjs&id=b, refused, ERROR",
    "key=peerjs&id=a&token=other, id_taken, ID-TAKEN"})
  void givenARefusalInWords_whenAClientConnects_thenItCountsToo(
      String query, String cause, String type) {
    try (GatewayFixture gateway = peerjs().start();
        WireClient alice = WireClient.connect(gateway.wsUri("/peerjs?key=peerjs&id=a&token=t"))) {
      alice.awaitTexts(1);
      try (WireClient other = WireClient.connect(gateway.wsUri("/peerjs?" + query))) {
        assertThat(other.awaitTexts(1)).first().asString().contains(type);
        other.awaitClosed();
        // It is counted after its close has been written.
        Waits.until("the refusal", () -> refused(gateway, "peerjs", cause) == 1);
      }
    }
  }

  // ---- queries

  @Test
  void givenTokensThatDifferBehindASemicolon_whenAStrangerComes_thenTheIdIsTaken()
      throws IOException {
    try (GatewayFixture gateway = peerjs().start();
        WireClient owner =
            WireClient.connect(gateway.wsUri("/peerjs?key=peerjs&id=user;1&token=abc;1"))) {
      assertThat(owner.awaitTexts(1)).containsExactly("{\"type\":\"OPEN\"}");
      for (String id : List.of("user;1", "user%3b1")) {
        try (WireClient stranger =
            WireClient.connect(
                gateway.wsUri("/peerjs?key=peerjs&id=" + id + "&token=abc;2"))) {
          assertThat(stranger.awaitTexts(1)).first().asString().contains("ID-TAKEN");
        }
      }
      try (WireClient other =
          WireClient.connect(gateway.wsUri("/peerjs?key=peerjs&id=user&token=abc;2"))) {
        assertThat(other.awaitTexts(1)).containsExactly("{\"type\":\"OPEN\"}");
      }
      assertThat(owner.isOver()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"50%, '50%'", "%C3%A9, \u00E9", "\u00C3\u00A9, \u00E9", "a+b, 'a b'", "a#b, a"})
  void givenAnId_whenItComesInAQuery_thenItIsReadAsABrowserReadsIt(String raw, String id)
      throws IOException {
    String request =
        "GET /peerjs?key=peerjs&token=t&id=" + raw + " HTTP/1.1\r\nHost: x\r\n" + UPGRADE
            + "Sec-WebSocket-Version: 13\r\n\r\n";
    try (GatewayFixture gateway = peerjs().start();
        Socket socket = open(gateway, request)) {
      readUntil(socket, "OPEN\"}");

      assertThat(Waits.join("the list of peers", gateway.hub().list("default")))
          .singleElement()
          .satisfies(peer -> assertThat(peer.address().id()).isEqualTo(id));
    }
  }
}
