package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.Bound;
import dev.parley.config.ByteRate;
import dev.parley.config.ByteSize;
import dev.parley.config.Rate;
import dev.parley.hub.MailboxLimits;
import dev.parley.net.limits.Limits;
import dev.parley.net.tls.TlsOptions;
import dev.parley.testkit.Frame;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.Counter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway does about clients that want too much, over real sockets. */
class GatewayLimitsTest {

  private static final Limits USUAL = Limits.DEFAULT;
  private static final String HANDSHAKE =
      ("GET %s HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13||")
          .replace("|", "\r\n");
  private static final Duration SOON = Duration.ofMillis(300);

  @TempDir Path folder;

  private static Limits with(
      ByteSize message, Rate rate, int burst, ByteSize outbound, Bound all, Bound perAddress,
      Duration ping) {
    return Records.with(USUAL, "message", message, "rate", rate, "burst", burst, "byteRate",
        ByteRate.OFF, "outbound", outbound, "connections", all, "connectionsPerAddress",
        perAddress, "handshake", SOON, "ping", ping, "pong", ping, "jsonDepth", 8, "mailboxes",
        new MailboxLimits(3, ByteSize.ofKiB(64), 3, ByteSize.ofKiB(64), ByteSize.ofKiB(64)));
  }

  private static Limits usualBut(ByteSize message) {
    return with(message, Rate.OFF, 1, ByteSize.ofMiB(1), Bound.OFF, Bound.OFF, USUAL.ping());
  }

  private static Limits limiter(Bound all, Bound perAddress) {
    return with(ByteSize.ofKiB(8), Rate.OFF, 1, ByteSize.ofMiB(1), all, perAddress, USUAL.ping());
  }

  private static Limits pinging(Duration ping) {
    return with(ByteSize.ofKiB(8), Rate.OFF, 1, ByteSize.ofMiB(1), Bound.OFF, Bound.OFF, ping);
  }

  private static GatewayFixture gateway(Limits limits) {
    return GatewayFixture.gateway().dialect("peerjs", "/", Map.of()).limits(limits).start();
  }

  private static WireClient client(GatewayFixture gateway, String id) {
    return client(gateway, id, Map.of());
  }

  private static WireClient client(GatewayFixture gateway, String id, Map<String, String> headers) {
    WireClient client = WireClient.connect(gateway.wsUri(path(id)), headers);
    client.awaitText("{\"type\":\"OPEN\"}"::equals);
    return client;
  }

  private static String path(String id) {
    return "/peerjs?key=peerjs&token=t&id=" + id;
  }

  private static String offer(String to, String payload) {
    return "{\"type\":\"OFFER\",\"dst\":\"" + to + "\",\"payload\":\"" + payload + "\"}";
  }

  private static int statusOf(Runnable connecting) {
    int[] status = new int[1];
    assertThatThrownBy(connecting::run)
        .isInstanceOfSatisfying(UpgradeRefusedException.class,
            refused -> status[0] = refused.status());
    return status[0];
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenAMessageThatIsTooBig_whenSent_thenItsSenderIsClosedWith1009AndNobodyElseNotices(
      boolean inFragments) {
    try (GatewayFixture gateway = gateway(usualBut(ByteSize.ofKiB(4)));
        WireClient alice = client(gateway, "alice");
        WireClient bob = client(gateway, "bob")) {
      String big = offer("bob", "x".repeat(5_000));
      if (inFragments) {
        alice.fragments(big.substring(0, 2_000), big.substring(2_000));
      } else {
        alice.text(big);
      }

      assertThat(alice.awaitClosed().closeCode()).isEqualTo(1009);
      bob.text(offer("bob", "to myself"));
      assertThat(bob.awaitTexts(2)).last().asString().contains("to myself");
    }
  }

  @Test
  void givenARate_whenItIsOverdrawn_thenMessagesComeLaterButAllOfThem() {
    Limits slow =
        with(ByteSize.ofKiB(8), new Rate(50), 5, ByteSize.ofMiB(1), Bound.OFF, Bound.OFF,
            USUAL.ping());
    try (GatewayFixture gateway = gateway(slow);
        WireClient alice = client(gateway, "alice");
        WireClient bob = client(gateway, "bob")) {
      // Large ones that come in many reads, and small ones that come in one.
      IntStream.range(0, 50).forEach(i -> alice.text(offer("bob", i + "-" + "x".repeat(7_000))));
      alice.burst(IntStream.range(50, 100).mapToObj(i -> offer("bob", i + "-")).toList());

      List<String> got = bob.awaitTexts(101);
      assertThat(got.subList(1, 101))
          .extracting(text -> text.replaceAll(".*\"payload\":\"(\\d+)-.*", "$1"))
          .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
      assertThat(gateway.metrics().get("parley.connections.throttled").tag("dialect", "peerjs")
          .counters().stream().mapToDouble(Counter::count).sum()).isPositive();
      assertThat(alice.isOver()).isFalse();
    }
  }

  /** The longer the head, the more is read at once behind it. */
  @ParameterizedTest(name = "a cookie of {0} bytes")
  @ValueSource(ints = {1, 12_000})
  void givenMessagesBehindTheHandshake_whenTheyComeInOneWrite_thenAllAreReadAndNobodyIsClosed(
      int cookie)
      throws IOException {
    int many = 3_000;
    String path = path("alice") + " HTTP/1.1\r\nCookie: " + "c".repeat(cookie) + "\r\nX:";
    StringBuilder all = new StringBuilder(HANDSHAKE.formatted(path));
    for (int i = 0; i < many; i++) {
      String offer = offer("alice", "n" + i);
      // Masked with zeros, that is, not at all.
      all.append('\u0081').append((char) (0x80 | offer.length())).append("\0\0\0\0")
          .append(offer);
    }
    try (GatewayFixture gateway = gateway(usualBut(ByteSize.ofKiB(4)));
        Socket alice = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      alice.setSoTimeout(30_000);
      alice.getOutputStream().write(all.toString().getBytes(StandardCharsets.ISO_8859_1));

      String got = readUntil(alice, "\"n" + (many - 1) + "\"");

      assertThat(Pattern.compile("\"n(\\d+)\"").matcher(got).results().map(each -> each.group(1)))
          .containsExactlyElementsOf(
              IntStream.range(0, many).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void givenMessagesThatAreKeptAliveByPongs_whenTheirTimeIsUp_thenTheirClientsAreClosedAndNoOthers() {
    Limits hasty = Records.with(USUAL, "messageTime", SOON);
    try (GatewayFixture gateway = gateway(hasty);
        WireClient alice = client(gateway, "alice");
        WireClient bob = client(gateway, "bob");
        WireClient mallory = client(gateway, "mallory")) {
      mallory.send(new Frame(Frame.Opcode.TEXT, false, new byte[100_000]));

      Waits.until("the end of the connection", () -> {
        try {
          mallory.send(new Frame(Frame.Opcode.PONG, true, new byte[0]));
          return mallory.isOver();
        } catch (UncheckedIOException closed) {
          return true;
        }
      });
      alice.text(offer("bob", "signal"));
      bob.awaitText(text -> text.contains("signal"));

      assertThat(mallory.awaitClosed().closeCode()).isEqualTo(1008);
      assertThat(alice.isOver()).isFalse();
      assertThat(gateway.metrics().get("parley.input.held").gauge().value()).isZero();
    }
  }

  @Test
  void givenManyUnfinishedMessages_whenTheyAreTooMuch_thenTheirSendersAreClosedAndNoOthers() {
    Limits tight =
        Records.with(USUAL, "message", ByteSize.ofKiB(64), "unfinished", ByteSize.ofMiB(1));
    try (GatewayFixture gateway = gateway(tight);
        WireClient alice = client(gateway, "alice");
        WireClient bob = client(gateway, "bob")) {
      List<WireClient> attackers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        WireClient mallory = client(gateway, "mallory" + i);
        attackers.add(mallory);
        mallory.send(new Frame(Frame.Opcode.TEXT, false, new byte[60_000]));
        alice.text(offer("bob", "signal " + i));
        String signal = "signal " + i + "\"";
        bob.awaitText(text -> text.contains(signal));
      }

      Waits.until("the end of all that have no place",
          () -> attackers.stream().filter(each -> !each.isOver()).count() <= 17);
      assertThat(gateway.metrics().get("parley.input.held").gauge().value())
          .isLessThanOrEqualTo(1 << 20);
      assertThat(attackers.getFirst().awaitClosed().closeCode()).isEqualTo(1013);
      assertThat(alice.isOver()).isFalse();
      assertThat(bob.isOver()).isFalse();
      attackers.forEach(WireClient::close);
    }
  }

  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void givenConnectionsThatSayNothing_whenTheyAreTooMany_thenTheyAreClosedAndClientsGoOn()
      throws IOException {
    Limits few = Records.with(USUAL, "connections", new Bound(10));
    List<Socket> attackers = new ArrayList<>();
    try (GatewayFixture gateway = gateway(few);
        WireClient alice = client(gateway, "alice");
        WireClient bob = client(gateway, "bob")) {
      for (int i = 0; i < 30; i++) {
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        silent.setSoTimeout((int) Waits.PATIENCE.toMillis());
        attackers.add(silent);
      }

      Waits.until("all refusals", () -> gateway.metrics().get("parley.connections.refused")
          .tag("cause", "in_all").counter().count() == 14);
      assertThat(isClosed(attackers.getLast())).isTrue();
      // Eight have a place, as alice and bob have, and eight could be answered that there is none.
      Socket answered = attackers.get(10);
      answered.getOutputStream().write(HANDSHAKE.formatted(path("carl") + " HTTP/1.1\r\nX:")
          .getBytes(StandardCharsets.ISO_8859_1));
      assertThat(readUntil(answered, "full")).startsWith("HTTP/1.1 503");
      alice.text(offer("bob", "signal"));
      bob.awaitText(text -> text.contains("signal"));
    } finally {
      for (Socket each : attackers) {
        each.close();
      }
    }
  }

  private static byte[] inFragmentsOfOneByte(String text) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      all.write((i == 0 ? 1 : 0) | (i == text.length() - 1 ? 0x80 : 0));
      all.writeBytes(new byte[] {(byte) 0x81, 0, 0, 0, 0, (byte) text.charAt(i)});
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenAMessageInFragmentsOfOneByte_whenItIsSent_thenTheOthersGoOnAndItsSenderStays(
      boolean rateIsOff)
      throws InterruptedException {
    Limits limits = rateIsOff ? usualBut(ByteSize.ofKiB(64)) : USUAL;
    String large = "x".repeat(limits.message().intBytes() - 100);
    try (GatewayFixture gateway = gateway(limits);
        WireClient alice = client(gateway, "alice");
        WireClient bob = client(gateway, "bob")) {
      Thread attack;
      try (WireClient mallory = client(gateway, "mallory")) {
        // On a thread of its own, because a client that is read slowly waits.
        attack = Thread.ofVirtual().start(() -> {
          try {
            mallory.raw(inFragmentsOfOneByte(offer("mallory", large)));
          } catch (UncheckedIOException over) {
            // The test is, too.
          }
        });
        for (int i = 0; i < 50; i++) {
          String signal = "signal " + i;
          alice.text(offer("bob", signal));
          bob.awaitText(told -> told.contains(signal));
          bob.text(offer("alice", signal));
          alice.awaitText(told -> told.contains(signal));
        }
        if (rateIsOff) {
          mallory.awaitText(told -> told.contains(large));
        }
        assertThat(mallory.isOver()).isFalse();
      }
      attack.join();
      assertThat(alice.isOver() || bob.isOver()).isFalse();
    }
  }

  @Test
  void givenAFullNode_whenAnotherConnects_thenItIsRefusedWith503UntilAPlaceIsFree() {
    try (GatewayFixture gateway = gateway(limiter(new Bound(1), Bound.OFF))) {
      try (WireClient alice = client(gateway, "alice")) {
        assertThat(statusOf(() -> client(gateway, "bob"))).isEqualTo(503);
        alice.close(1000, "");
        alice.awaitClosed();
      }
      Waits.until("the end of all connections", () -> gateway.connections() == 0);
      client(gateway, "bob").close();
    }
  }

  @Test
  void givenABoundPerAddress_whenATrustedProxySaysWho_thenEachAddressHasItsOwn() {
    try (GatewayFixture gateway =
        GatewayFixture.gateway()
            .dialect("peerjs", "/", Map.of())
            .limits(limiter(Bound.OFF, new Bound(1)))
            .proxies("127.0.0.0/8")
            .start();
        WireClient one = client(gateway, "one", Map.of("X-Forwarded-For", "203.0.113.1"));
        WireClient two = client(gateway, "two", Map.of("X-Forwarded-For", "203.0.113.2"))) {
      assertThat(statusOf(() -> client(gateway, "three", Map.of("X-Forwarded-For", "203.0.113.1"))))
          .isEqualTo(429);
      // What the client itself wrote stands before what the proxy added, and counts for nothing.
      assertThat(
          statusOf(
              () -> client(gateway, "four",
                  Map.of("X-Forwarded-For", "198.51.100.9, 203.0.113.2"))))
          .isEqualTo(429);
      // The same when the proxy adds a header line of its own behind the client's.
      String twoLines = "198.51.100.9\r\nX-Forwarded-For: 203.0.113.2";
      assertThat(statusOf(() -> client(gateway, "five", Map.of("X-Forwarded-For", twoLines))))
          .isEqualTo(429);
      assertThat(one.isOver() || two.isOver()).isFalse();
    }
  }

  @Test
  void givenABoundPerAddressAndNoTrustedProxy_whenAClientClaimsAnotherAddress_thenItIsNotBelieved() {
    try (GatewayFixture gateway = gateway(limiter(Bound.OFF, new Bound(1)));
        WireClient one = client(gateway, "one", Map.of("X-Forwarded-For", "203.0.113.1"))) {
      assertThat(statusOf(() -> client(gateway, "two", Map.of("X-Forwarded-For", "203.0.113.2"))))
          .isEqualTo(429);
      assertThat(one.isOver()).isFalse();
    }
  }

  @Test
  void givenProxied_whenAClientComesThroughAnyProxy_thenTheForwardedAddressCounts() {
    try (GatewayFixture gateway =
        GatewayFixture.gateway()
            .dialect("peerjs", "/", Map.of("proxied", true))
            .limits(limiter(Bound.OFF, new Bound(1)))
            .start();
        WireClient one = client(gateway, "one", Map.of("X-Forwarded-For", "203.0.113.1"));
        WireClient two = client(gateway, "two", Map.of("X-Forwarded-For", "203.0.113.2"))) {
      assertThat(one.isOver() || two.isOver()).isFalse();
    }
  }

  @Test
  void givenAllowedOrigins_whenAPageOfAnotherConnects_thenItIsRefusedWith403() {
    try (GatewayFixture gateway =
        GatewayFixture.gateway().dialect("peerjs", "/", Map.of()).origins("https://app.example.org")
            .start()) {
      assertThat(statusOf(() -> client(gateway, "a", Map.of("Origin", "https://evil.example.org"))))
          .isEqualTo(403);
      client(gateway, "a", Map.of("Origin", "https://app.example.org")).close();
      client(gateway, "b").close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "file://", "capacitor://localhost"})
  void givenAnOriginOfPagesWithoutAServer_whenItIsAllowed_thenTheyConnectAndOthersDoNot(
      String origin) {
    try (GatewayFixture gateway =
        GatewayFixture.gateway().dialect("peerjs", "/", Map.of("cors", List.of(origin)))
            .origins(origin).start()) {
      client(gateway, "a", Map.of("Origin", origin)).close();
      assertThat(statusOf(() -> client(gateway, "a", Map.of("Origin", "https://app.example.org"))))
          .isEqualTo(403);
      assertThat(
          HttpProbe.send("GET", gateway.httpUri("/peerjs/id"), Map.of("Origin", origin))
              .header("access-control-allow-origin"))
          .contains(origin);
    }
  }

  @Test
  void givenAClientThatAnswersNoPing_whenItIsSilent_thenItIsClosedAndItsIdIsFree() {
    try (GatewayFixture gateway = gateway(pinging(SOON));
        WireClient alive = client(gateway, "alive");
        WireClient dead = client(gateway, "dead")) {
      dead.ignorePings();

      assertThat(dead.awaitClosed().closeCode()).isEqualTo(1005);
      Waits.until("the end of all but one", () -> gateway.connections() == 1);
      alive.text(offer("alive", "still here"));
      alive.awaitTexts(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /peerjs?key=peerjs&id=a&token=t HTTP/1.1\r\nHost: x\r\n"})
  void givenATcpClientThatMakesNoRequest_whenTheTimeIsUp_thenItIsCutOff(String said)
      throws IOException {
    try (GatewayFixture gateway = gateway(pinging(USUAL.ping()));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout((int) Waits.PATIENCE.toMillis());
      socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenAReaderThatDoesNotRead_whenItsBoundIsReached_thenItsSenderIsToldAndTheOthersGoOn(
      boolean secure)
      throws IOException {
    TestCertificate certificate = TestCertificate.in(folder);
    Limits tight =
        with(ByteSize.ofKiB(64), Rate.OFF, 1, ByteSize.ofKiB(704), Bound.OFF, Bound.OFF,
            USUAL.ping());
    GatewayFixture.Builder builder =
        GatewayFixture.gateway().dialect("peerjs", "/", Map.of()).limits(tight);
    if (secure) {
      builder.tls(new TlsOptions(certificate.key().toString(), certificate.cert().toString()));
    }
    try (GatewayFixture gateway = builder.start();
        Socket deaf = secure ? certificate.clients().createSocket() : new Socket()) {
      deaf.setReceiveBufferSize(4_096);
      deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
      upgrade(deaf, "deaf");
      try (WireClient alice = secureClient(gateway, certificate, "alice");
          WireClient bob = secureClient(gateway, certificate, "bob")) {
        String expired = "{\"type\":\"EXPIRE\",\"src\":\"deaf\",\"dst\":\"alice\"}";
        String big = offer("deaf", "x".repeat(60_000));
        int sent = 0;
        while (!alice.texts().contains(expired)) {
          alice.text(big);
          // Far beyond the bound and whatever the sockets buffer, it must have happened.
          assertThat(++sent).isLessThan(2_000);
        }
        alice.text(offer("bob", "others go on"));
        assertThat(bob.awaitTexts(2)).last().asString().contains("others go on");
        // Half of the bound, what the kernel holds for both sides, and one that is on its way.
        assertThat(60_000 * gateway.metrics().get("parley.signals.delivered")
            .tag("from", "peerjs").tag("to", "peerjs").tag("kind", "offer").counter().count())
            .isLessThan(1_000_000);
        assertThat(alice.isOver()).isFalse();
        assertThat(gateway.connections()).isEqualTo(3);
      }
      Waits.until("the end of all but one", () -> gateway.connections() == 1);
    }
  }

  private static WireClient secureClient(GatewayFixture gateway, TestCertificate certificate,
      String id) {
    WireClient client =
        WireClient.connect(gateway.wsUri(path(id)), Map.of(), certificate.clients());
    client.awaitText("{\"type\":\"OPEN\"}"::equals);
    return client;
  }

  /** Shakes hands and reads OPEN, and nothing after that. */
  private static void upgrade(Socket socket, String id) throws IOException {
    socket.getOutputStream()
        .write(HANDSHAKE.formatted(path(id)).getBytes(StandardCharsets.US_ASCII));
    var unused = readUntil(socket, "OPEN\"}");
  }

  private static String readUntil(Socket socket, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (read.length() < end.length()
        || read.indexOf(end, read.length() - end.length()) < 0) {
      int next = in.read();
      assertThat(next).isNotNegative();
      read.append((char) next);
    }
    return read.toString();
  }

  @Test
  void givenTextThatIsNotUtf8_whenSent_thenItsSenderIsClosedWith1007() {
    try (GatewayFixture gateway = gateway(usualBut(ByteSize.ofKiB(8)));
        WireClient alice = client(gateway, "alice")) {
      alice.send(
          new Frame(Frame.Opcode.TEXT, true, new byte[] {'{', (byte) 0xC0, (byte) 0x80, '}'}));

      assertThat(alice.awaitClosed().closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void givenWhatIsNoFrame_whenSent_thenItsSenderIsClosedWith1002() {
    try (GatewayFixture gateway = gateway(usualBut(ByteSize.ofKiB(8)));
        WireClient alice = client(gateway, "alice")) {
      alice.raw("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(alice.awaitClosed().closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void givenJsonThatIsTooDeep_whenSent_thenItIsIgnoredAndTheConnectionLivesOn() {
    try (GatewayFixture gateway = gateway(usualBut(ByteSize.ofKiB(8)));
        WireClient alice = client(gateway, "alice")) {
      alice.text("{\"type\":\"OFFER\",\"dst\":\"alice\",\"payload\":" + "[".repeat(9)
          + "]".repeat(9) + "}");
      alice.text(offer("alice", "fine"));
      assertThat(alice.awaitTexts(2)).last().asString().contains("fine");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%0Ab", "a%00b", "%C2%85"})
  void givenAnIdWithControlCharacters_whenItConnects_thenItIsRefusedInWords(String id) {
    try (GatewayFixture gateway = gateway(usualBut(ByteSize.ofKiB(8)));
        WireClient client = WireClient.connect(gateway.wsUri(path(id)))) {
      assertThat(client.awaitTexts(1))
          .containsExactly(
              "{\"type\":\"ERROR\",\"payload\":{\"msg\":\"Invalid id: it has control characters\"}}");
      assertThat(client.awaitClosed().closeCode()).isEqualTo(1005);
    }
  }

  @Test
  void givenAnIdThatIsTooLong_whenItConnects_thenItIsRefusedInWords() {
    try (GatewayFixture gateway = gateway(usualBut(ByteSize.ofKiB(8)));
        WireClient client = WireClient.connect(gateway.wsUri(path("x".repeat(129))))) {
      assertThat(client.awaitTexts(1)).first().asString()
          .contains("Invalid id: longer than 128 characters");
    }
  }

  @Test
  void givenAMailboxAtItsBound_whenMoreIsSent_thenTheSenderGetsExpireForWhatWasNotKept() {
    try (GatewayFixture gateway = gateway(usualBut(ByteSize.ofKiB(8)));
        WireClient alice = client(gateway, "alice")) {
      IntStream.range(0, 4).forEach(i -> alice.text(offer("late", "n" + i)));

      assertThat(alice.awaitTexts(2)).last()
          .isEqualTo("{\"type\":\"EXPIRE\",\"src\":\"late\",\"dst\":\"alice\"}");
      try (WireClient late = client(gateway, "late")) {
        assertThat(late.awaitTexts(4).subList(1, 4))
            .allMatch(text -> text.matches(".*\"n[012]\".*"));
      }
    }
  }

  @Test
  void givenADrain_whenClientsAreThere_thenTheyAreClosedWith1012AndNewOnesAreRefusedWith503() {
    try (GatewayFixture gateway = gateway(usualBut(ByteSize.ofKiB(8)));
        WireClient alice = client(gateway, "alice");
        WireClient bob = client(gateway, "bob")) {
      var drained = gateway.drain(Duration.ofSeconds(5));

      assertThat(alice.awaitClosed().closeCode()).isEqualTo(1012);
      assertThat(bob.awaitClosed().closeReason()).isEqualTo("service restart");
      Waits.until("the end of the drain", drained::succeeded);
      assertThat(statusOf(() -> client(gateway, "carol"))).isEqualTo(503);
    }
  }
}
