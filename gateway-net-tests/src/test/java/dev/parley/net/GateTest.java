package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.access.Ban;
import dev.parley.access.Bans;
import dev.parley.access.Gate;
import dev.parley.access.Gates;
import dev.parley.access.IdPolicies;
import dev.parley.access.LocalBanStore;
import dev.parley.config.Bound;
import dev.parley.config.ByteRate;
import dev.parley.config.ByteSize;
import dev.parley.config.Rate;
import dev.parley.dialect.Arrival;
import dev.parley.dialect.ClientRequest;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.echo.EchoProvider;
import dev.parley.identity.Denial;
import dev.parley.identity.Identity;
import dev.parley.net.limits.Limits;
import dev.parley.policy.Verdict;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets of realms that have a gate, over real sockets. */
@Timeout(300)
class GateTest {

  private static final String ANNA = "/peerjs?key=peerjs&id=anna&token=secret";
  private static final String OPEN = "{\"type\":\"OPEN\"}";
  private static final Verdict ADMITTED = new Verdict.Admitted(Identity.ANYONE);
  private static final int MILLIS = 60_000;
  /** No test of this class waits for it, but one. */
  private static final Limits PATIENT =
      Records.with(Limits.DEFAULT, "gate", Duration.ofMinutes(1), "rate", Rate.OFF, "byteRate",
          ByteRate.OFF);

  private static GatewayFixture.Builder peerjs(Gates gates) {
    return GatewayFixture.gateway().dialect("peerjs", "/", Map.of()).gates(gates).limits(PATIENT);
  }

  private static GatewayFixture.Builder echo(Gates gates) {
    return GatewayFixture.gateway().provider(new EchoProvider())
        .dialect(EchoProvider.NAME, "/", Map.of())
        .gates(gates).limits(PATIENT);
  }

  private static WireClient anna(GatewayFixture gateway) {
    return WireClient.connect(gateway.wsUri(ANNA));
  }

  private static int refusal(Runnable connecting) {
    int[] status = new int[1];
    assertThatThrownBy(connecting::run).isInstanceOfSatisfying(UpgradeRefusedException.class,
        refused -> status[0] = refused.status());
    return status[0];
  }

  private static double refused(GatewayFixture gateway, String cause) {
    return gateway.metrics().find("parley.handshakes.refused").tag("cause", cause).counters()
        .stream().mapToDouble(Counter::count).sum();
  }

  private static double refusedInAll(GatewayFixture gateway) {
    return gateway.metrics().find("parley.handshakes.refused").counters().stream()
        .mapToDouble(Counter::count).sum();
  }

  private static double gauge(GatewayFixture gateway, String name) {
    return gateway.metrics().get(name).gauge().value();
  }

  private static double waiting(GatewayFixture gateway) {
    return gauge(gateway, "parley.gate.waiting");
  }

  private static void awaitNoneWaiting(GatewayFixture gateway) {
    Waits.until("the end of the wait", () -> waiting(gateway) == 0);
  }

  private static List<?> peers(GatewayFixture gateway) {
    return Waits.join("the list of peers", gateway.hub().list("default"));
  }

  private static Socket open(GatewayFixture gateway, String path, String more)
      throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(MILLIS);
    write(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
        + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Sec-WebSocket-Version: 13\r\n\r\n" + more);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String read(Socket socket, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    InputStream in = socket.getInputStream();
    byte[] some = new byte[8192];
    while (read.indexOf(end, Math.max(0, read.length() - some.length - end.length())) < 0) {
      int count = in.read(some);
      assertThat(count).as(read::toString).isNotNegative();
      read.append(new String(some, 0, count, StandardCharsets.ISO_8859_1));
    }
    return read.toString();
  }

  /** A text of less than 126 characters, masked with zeros. */
  private static String frame(String text) {
    return "\u0081" + (char) (0x80 | text.length()) + "\0\0\0\0" + text;
  }

  // ---- decisions

  @Test
  void givenAPolicyThatAdmits_whenAClientConnects_thenItIsServedAndThePolicyHasSeenItsRequest() {
    FakePolicy policy = FakePolicy.admitting();
    try (GatewayFixture gateway = peerjs(policy.everywhere()).start();
        WireClient client =
            WireClient.connect(gateway.wsUri(ANNA),
                Map.of("Cookie", "a=1; session=\"abc\"; broken; a=2", "X-Own", "value",
                    "Sec-WebSocket-Protocol", "one , two"))) {
      client.awaitText(OPEN::equals);

      Handshake asked = policy.asked().getFirst();
      ClientRequest request = asked.request();
      assertThat(policy.asked()).hasSize(1);
      assertThat(asked.parameter("token")).contains("secret");
      assertThat(request.method()).isEqualTo("GET");
      assertThat(request.path()).isEqualTo("/peerjs");
      assertThat(request.headers("x-own")).containsExactly("value");
      assertThat(request.cookies()).isEqualTo(Map.of("a", "1", "session", "abc"));
      assertThat(request.subprotocols()).containsExactly("one", "two");
      assertThat(request.remoteAddress()).isEqualTo("127.0.0.1");
      assertThat(request.listener()).isZero();
      assertThat(request.dialect()).isEqualTo("peerjs");
      assertThat(request.realm()).isEqualTo("default");
      assertThat(request.clientCertificate()).isEmpty();
      assertThat(asked.toString() + request).doesNotContain("secret", "abc");
      assertThat(refusedInAll(gateway)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Denial.class)
  void givenADenial_whenAPeerJsClientConnects_thenItGetsErrorOrAStatusAndNoSession(Denial denial) {
    try (GatewayFixture gateway = peerjs(FakePolicy.denying(denial).everywhere()).start()) {
      if (denial == Denial.UNAVAILABLE) {
        assertThat(refusal(() -> anna(gateway))).isEqualTo(503);
      } else {
        try (WireClient client = anna(gateway)) {
          assertThat(client.awaitTexts(1)).containsExactly(
              "{\"type\":\"ERROR\",\"payload\":{\"msg\":\"Access denied: " + denial.text()
                  + "\"}}");
          assertThat(client.awaitClosed().payload()).isEmpty();
        }
      }
      Waits.until("the end of the connection", () -> gateway.connections() == 0);

      assertThat(peers(gateway)).isEmpty();
      assertThat(refused(gateway, causeOf(denial))).isOne();
      assertThat(refusedInAll(gateway)).isOne();
    }
  }

  private static String causeOf(Denial denial) {
    return switch (denial) {
      case NO_CREDENTIAL -> "no_credential";
      case BAD_CREDENTIAL -> "bad_credential";
      case EXPIRED -> "expired_credential";
      case FOREIGN_CREDENTIAL -> "foreign_credential";
      case FORBIDDEN -> "forbidden";
      case UNAVAILABLE -> "gate_unavailable";
    };
  }

  @ParameterizedTest
  @EnumSource(Denial.class)
  void givenADenial_whenAClientOfAnotherDialectConnects_thenItGetsItsStatusAndTheConnectionEnds(
      Denial denial)
      throws IOException {
    try (GatewayFixture gateway = echo(FakePolicy.denying(denial).everywhere()).start();
        Socket socket = open(gateway, "/", "")) {
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

      assertThat(answer).startsWith("HTTP/1.1 " + denial.status() + " ").contains(denial.text());
      assertThat(answer.contains("WWW-Authenticate: Bearer\r\n"))
          .isEqualTo(denial.status() == 401);
      assertThat(answer.contains("Retry-After: ")).isEqualTo(denial.status() == 503);
      assertThat(refused(gateway, causeOf(denial))).isOne();
    }
  }

  @Test
  void givenNoPolicyThatFindsACredential_whenAClientConnects_thenItIsDenied() {
    FakePolicy policy = FakePolicy.saying(new Verdict.NoCredential());
    try (GatewayFixture gateway = echo(policy.everywhere()).start()) {
      assertThat(refusal(() -> WireClient.connect(gateway.wsUri("/")))).isEqualTo(401);
      assertThat(refused(gateway, "no_credential")).isOne();
    }
  }

  @Test
  void givenAGateOfAnotherRealm_whenAClientConnects_thenItIsNotAsked() {
    FakePolicy policy = FakePolicy.denying(Denial.FORBIDDEN);
    try (GatewayFixture gateway =
        GatewayFixture.gateway()
            .dialect("peerjs", "/", Map.of("keys", Map.of("guarded-key", "guarded")))
            .gates(policy.in("guarded")).start();
        WireClient anna = anna(gateway)) {
      anna.awaitText(OPEN::equals);
      assertThat(policy.asked()).isEmpty();

      try (WireClient other =
          WireClient.connect(gateway.wsUri("/peerjs?key=guarded-key&id=b&token=t"))) {
        assertThat(other.awaitTexts(1).getFirst()).contains("ERROR", Denial.FORBIDDEN.text());
      }
      assertThat(policy.asked()).singleElement()
          .satisfies(asked -> assertThat(asked.request().realm()).isEqualTo("guarded"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"throws", "fails", "no future", "no verdict", "error"})
  void givenAPolicyWithADefect_whenAClientConnects_thenItGets503AndOthersCanCome(String defect) {
    FakePolicy policy = FakePolicy.answering(asked -> switch (defect) {
      case "throws" -> throw new IllegalStateException("token " + asked.parameter("token"));
      case "fails" -> Future.failedFuture("token");
      case "no future" -> null;
      case "no verdict" -> Future.succeededFuture(null);
      default -> throw new NoClassDefFoundError("gone");
    });
    try (GatewayFixture gateway = peerjs(policy.everywhere()).start()) {
      for (int i = 0; i < 3; i++) {
        assertThat(refusal(() -> anna(gateway))).isEqualTo(503);
      }
      assertThat(refused(gateway, "gate_unavailable")).isEqualTo(3);
      assertThat(waiting(gateway)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenAPolicyThatAnswersOnAnotherThread_whenItHasDecided_thenTheClientGetsItsAnswer(
      boolean admits) {
    FakePolicy policy = FakePolicy.answering(asked -> {
      Promise<Verdict> later = Promise.promise();
      Thread.ofVirtual()
          .start(() -> later.complete(admits ? ADMITTED : Verdict.denied(Denial.FORBIDDEN)));
      return later.future();
    });
    try (GatewayFixture gateway = peerjs(policy.everywhere()).start();
        WireClient client = anna(gateway)) {
      assertThat(client.awaitTexts(1).getFirst()).contains(admits ? "OPEN" : "ERROR");
      awaitNoneWaiting(gateway);
    }
  }

  @Test
  void givenAPolicyThatNeverAnswers_whenItsTimeIsOver_thenTheClientGets503AndItsLateAnswerNothing()
      throws IOException {
    FakePolicy policy = FakePolicy.waiting();
    Limits hasty = Records.with(Limits.DEFAULT, "gate", Duration.ofMillis(300));
    try (GatewayFixture gateway = peerjs(policy.everywhere()).limits(hasty).start();
        Socket socket = open(gateway, ANNA, "")) {
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      policy.decide(ADMITTED);

      assertThat(answer).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
      awaitNoneWaiting(gateway);
      Waits.until("the end of the connection", () -> gateway.connections() == 0);
      assertThat(peers(gateway)).isEmpty();
      assertThat(refusedInAll(gateway)).isOne();
    }
  }

  // ---- while it decides

  @Test
  void givenAClientThatLeavesMeanwhile_whenItIsGone_thenItsPlaceIsFreeAndTheAnswerForNothing()
      throws IOException {
    FakePolicy policy = FakePolicy.waiting();
    try (GatewayFixture gateway = peerjs(policy.everywhere()).start()) {
      Socket socket = open(gateway, ANNA, "");
      policy.awaits(1);
      assertThat(waiting(gateway)).isOne();
      socket.close();

      awaitNoneWaiting(gateway);
      policy.decide(ADMITTED);
      Waits.until("the end of the connection", () -> gateway.connections() == 0);
      assertThat(peers(gateway)).isEmpty();
      assertThat(refusedInAll(gateway)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenFramesBehindTheHandshake_whenTheGateDecidesLater_thenNoneIsLostAndOrderHolds(
      boolean inOneWrite)
      throws IOException {
    FakePolicy policy = FakePolicy.waiting();
    StringBuilder frames = new StringBuilder();
    IntStream.range(0, 500).forEach(i -> frames.append(frame("message " + i + ".")));
    try (GatewayFixture gateway = echo(policy.everywhere()).start();
        Socket socket = open(gateway, "/", inOneWrite ? frames.toString() : "")) {
      policy.awaits(1);
      if (!inOneWrite) {
        write(socket, frames.toString());
      }
      Waits.until("early input", () -> gauge(gateway, "parley.input.held") > 0);
      policy.decide(ADMITTED);

      String got = read(socket, "message 499.");
      int at = 0;
      for (int i = 0; i < 500; i++) {
        at = got.indexOf("message " + i + ".", at);
        assertThat(at).as("message " + i).isNotNegative();
      }
      Waits.until("no input that is kept", () -> gauge(gateway, "parley.input.held") == 0);
    }
  }

  @Test
  void givenAFloodBehindTheHandshake_whenTheGateDecides_thenOneReadIsKeptAndAllOfItArrives()
      throws Exception {
    FakePolicy policy = FakePolicy.waiting();
    String last = "the last one";
    try (GatewayFixture gateway = echo(policy.everywhere()).start();
        Socket socket = open(gateway, "/", "")) {
      policy.awaits(1);
      AtomicLong written = new AtomicLong();
      Thread flood = Thread.ofVirtual().start(() -> {
        byte[] frame = frame("x".repeat(100)).getBytes(StandardCharsets.ISO_8859_1);
        try {
          OutputStream out = socket.getOutputStream();
          for (int i = 0; i < 80_000; i++) {
            out.write(frame);
            written.addAndGet(frame.length);
          }
          out.write(frame(last).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException lost) {
          throw new UncheckedIOException(lost);
        }
      });
      long[] before = {-1};
      // It has filled the buffers of both kernels, and stands still.
      Waits.until("a sender that cannot go on", () -> {
        long now = written.get();
        boolean stands = now == before[0] && now > 200_000;
        before[0] = now;
        if (!stands) {
          LockSupport.parkNanos(50_000_000);
        }
        return stands;
      });
      assertThat(gauge(gateway, "parley.input.held")).isBetween(1.0, 64.0 * 1024);

      policy.decide(ADMITTED);
      assertThat(read(socket, last)).endsWith(last);
      flood.join();
    }
  }

  @Test
  void givenMuchEarlyInputInAll_whenItIsOverItsShare_thenOnlyThoseThatSendItAreClosed()
      throws IOException {
    FakePolicy policy = FakePolicy.waiting();
    Limits tight =
        Records.with(PATIENT, "message", ByteSize.ofKiB(1), "unfinished",
            ByteSize.ofKiB(8));
    try (GatewayFixture gateway = echo(policy.everywhere()).limits(tight).start();
        Socket innocent = open(gateway, "/", "")) {
      policy.awaits(1);
      try (Socket flood = open(gateway, "/", frame("x".repeat(100)).repeat(20))) {
        assertThat(flood.getInputStream().read()).isNegative();
      }
      policy.decide(ADMITTED);

      assertThat(read(innocent, "\r\n\r\n")).startsWith("HTTP/1.1 101 ");
      assertThat(gauge(gateway, "parley.input.held")).isZero();
    }
  }

  @Test
  void givenADrainMeanwhile_whenTheGateAdmits_thenTheClientGets503() throws IOException {
    FakePolicy policy = FakePolicy.waiting();
    try (GatewayFixture gateway = peerjs(policy.everywhere()).start();
        Socket socket = open(gateway, ANNA, "")) {
      policy.awaits(1);
      Future<Void> drained = gateway.drain(Duration.ofSeconds(60));
      policy.decide(ADMITTED);

      assertThat(read(socket, "\r\n\r\n")).startsWith("HTTP/1.1 503 ");
      socket.close();
      Waits.join("the drain", drained);
      assertThat(refused(gateway, "draining")).isOne();
      assertThat(peers(gateway)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"gateWaiting, 503, gate_full", "gateWaitingPerAddress, 429, gate_address_limit"})
  void givenAsManyWaitingAsMay_whenMoreCome_thenTheyAreRefusedWithoutAskingUntilOneLeaves(
      String limit, int status, String cause)
      throws IOException {
    FakePolicy policy = FakePolicy.waiting();
    Limits few = Records.with(PATIENT, limit, new Bound(2));
    try (GatewayFixture gateway = echo(policy.everywhere()).limits(few).start();
        Socket first = open(gateway, "/", "")) {
      Socket second = open(gateway, "/", "");
      policy.awaits(2);
      for (int i = 0; i < 20; i++) {
        assertThat(refusal(() -> WireClient.connect(gateway.wsUri("/")))).isEqualTo(status);
      }
      assertThat(policy.asked()).hasSize(2);
      assertThat(refused(gateway, cause)).isEqualTo(20);

      second.close();
      Waits.until("a free place", () -> waiting(gateway) == 1);
      try (Socket third = open(gateway, "/", "")) {
        policy.awaits(3).decide(ADMITTED);
        assertThat(read(third, "\r\n\r\n")).startsWith("HTTP/1.1 101 ");
        assertThat(read(first, "\r\n\r\n")).startsWith("HTTP/1.1 101 ");
      }
    }
  }

  @Test
  void givenAGateThatWaits_whenClientsAreConnected_thenTheyAreServed() throws IOException {
    FakePolicy policy = FakePolicy.answering(asked -> asked.parameter("slow").isPresent()
        ? Promise.<Verdict>promise().future()
        : Future.succeededFuture(ADMITTED));
    try (GatewayFixture gateway = echo(policy.everywhere()).eventLoops(1).start();
        WireClient anna = WireClient.connect(gateway.wsUri("/"));
        Socket slow = open(gateway, "/?slow=1", "")) {
      Waits.until("a waiting client", () -> waiting(gateway) == 1);
      anna.text("hello");
      anna.awaitText("hello"::equals);
      assertThat(slow.isClosed()).isFalse();
    }
  }

  // ---- a denied client in the words of its dialect

  @Test
  void givenADeniedClient_whenItSendsMessages_thenTheyAreDropped() throws IOException {
    FakePolicy policy = FakePolicy.waiting();
    String offer = "{\"type\":\"OFFER\",\"dst\":\"bert\",\"payload\":1}";
    try (GatewayFixture gateway = peerjs(policy.in("default")).start();
        Socket anna = open(gateway, ANNA, frame(offer))) {
      policy.awaits(1).decide(Verdict.denied(Denial.FORBIDDEN));
      write(anna, frame(offer));

      assertThat(read(anna, "ERROR")).startsWith("HTTP/1.1 101 ");
      assertThat(peers(gateway)).isEmpty();
      assertThat(gateway.metrics().find("parley.signals.undelivered").counters()).isEmpty();
    }
  }

  /** Its denied clients would become sessions. */
  private static final class Lenient implements DialectProvider<EchoProvider.Options> {
    private final String attempt;

    Lenient(String attempt) {
      this.attempt = attempt;
    }

    @Override
    public String name() {
      return EchoProvider.NAME;
    }

    @Override
    public Class<EchoProvider.Options> optionsType() {
      return EchoProvider.Options.class;
    }

    @Override
    public EchoProvider.Options defaults() {
      return new EchoProvider.Options();
    }

    @Override
    public Dialect create(EchoProvider.Options options, DialectContext context) {
      return (realm, routes) -> routes.webSocket("/", new HandshakeHandler() {
        @Override
        public void greet(Arrival arrival) {
          throw new AssertionError("was denied");
        }

        @Override
        public Optional<String> realm(Handshake handshake) {
          if (attempt.equals("no realm")) {
            throw new IllegalStateException("a defect");
          }
          return Optional.empty();
        }

        @Override
        public Optional<HandshakeHandler> denied(Denial denial) {
          return switch (attempt) {
            case "throws" -> throw new IllegalStateException("a defect");
            case "admits" -> Optional.of(arrival -> arrival.admit(session -> {
              throw new AssertionError("was denied");
            }));
            default -> Optional.of(arrival -> {});
          };
        }
      });
    }
  }

  @ParameterizedTest
  @CsvSource({"admits, 1011", "forgets, 1008"})
  void givenADialectThatDoesNotRefuse_whenAClientIsDenied_thenItIsClosed(
      String attempt, int code) {
    try (GatewayFixture gateway =
        GatewayFixture.gateway().provider(new Lenient(attempt))
            .dialect(EchoProvider.NAME, "/", Map.of())
            .gates(FakePolicy.denying(Denial.FORBIDDEN).everywhere()).start();
        WireClient client = WireClient.connect(gateway.wsUri("/"))) {
      assertThat(client.awaitClosed().closeCode()).isEqualTo(code);
      assertThat(refused(gateway, "forbidden")).isOne();
    }
  }

  @ParameterizedTest
  @CsvSource({"throws, 403", "no realm, 503"})
  void givenADialectWithADefect_whenAClientComes_thenItGetsAStatus(String defect, int status) {
    try (GatewayFixture gateway =
        GatewayFixture.gateway().provider(new Lenient(defect))
            .dialect(EchoProvider.NAME, "/", Map.of())
            .gates(FakePolicy.denying(Denial.FORBIDDEN).everywhere()).start()) {
      assertThat(refusal(() -> WireClient.connect(gateway.wsUri("/")))).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({"default, peerjs, ERROR", "default, guarded-key, OPEN", "guarded, peerjs, OPEN",
    "guarded, guarded-key, ERROR"})
  void givenABannedAddressInARealm_whenItEntersByAKey_thenTheRealmOfTheKeyCounts(
      String banned, String key, String expected) {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    LocalBanStore store = new LocalBanStore(InstantSource.system());
    Bans bans = new Bans(store, InstantSource.system(), metrics);
    Waits.join("the ban",
        bans.put(new Ban(Ban.Kind.NETWORK, banned, "127.0.0.0/8",
            Instant.now().plus(Duration.ofHours(1)), "test")));
    Gates gates =
        new Gates(new Gates.Table(Map.of(), Gate.OPEN), new IdPolicies(), bans,
            InstantSource.system());
    try (GatewayFixture gateway =
        GatewayFixture.gateway()
            .dialect("peerjs", "/", Map.of("keys", Map.of("guarded-key", "guarded")))
            .gates(gates).start();
        WireClient client =
            WireClient.connect(gateway.wsUri("/peerjs?key=" + key + "&id=a&token=t"))) {
      assertThat(client.awaitTexts(1).getFirst()).contains(expected);
      if (expected.equals("ERROR")) {
        client.awaitClosed();
      } else {
        client.settle();
        assertThat(client.isOver()).isFalse();
      }
    }
  }

  @Test
  void givenConnectedClients_whenTheirAddressIsBanned_thenTheyAreClosedAndOthersAreNot() {
    LocalBanStore store = new LocalBanStore(InstantSource.system());
    Bans bans = new Bans(store, InstantSource.system(), new SimpleMeterRegistry());
    Gates gates =
        new Gates(new Gates.Table(Map.of(), Gate.OPEN), new IdPolicies(), bans,
            InstantSource.system());
    Map<String, String> mallory = Map.of("X-Forwarded-For", "203.0.113.7");
    Map<String, String> innocent = Map.of("X-Forwarded-For", "198.51.100.7");
    try (GatewayFixture gateway = echo(gates).proxies("127.0.0.1").start();
        WireClient other = WireClient.connect(gateway.wsUri("/"), innocent);
        WireClient first = WireClient.connect(gateway.wsUri("/"), mallory);
        WireClient second = WireClient.connect(gateway.wsUri("/"), mallory)) {
      first.settle();
      second.settle();
      Waits.join("the ban",
          bans.put(new Ban(Ban.Kind.NETWORK, null, "203.0.113.0/24",
              Instant.now().plus(Duration.ofHours(1)), "test")));

      first.awaitClosed();
      second.awaitClosed();
      assertThat(refusal(() -> WireClient.connect(gateway.wsUri("/"), mallory))).isEqualTo(403);
      other.text("hello");
      other.awaitText("hello"::equals);
    }
  }

  // ---- who asks

  @ParameterizedTest
  @CsvSource({"'', 127.0.0.1", "127.0.0.1, 203.0.113.9"})
  void givenAHeaderOfAProxy_whenTheProxyIsTrustedOrNot_thenThePolicySeesWhoReallyAsks(
      String trusted, String seen) {
    FakePolicy policy = FakePolicy.admitting();
    GatewayFixture.Builder builder = echo(policy.everywhere());
    if (!trusted.isEmpty()) {
      builder.proxies(trusted);
    }
    try (GatewayFixture gateway = builder.start();
        WireClient client =
            WireClient.connect(gateway.wsUri("/"),
                Map.of("X-Forwarded-For", "198.51.100.1, 203.0.113.9", "Forwarded",
                    "for=192.0.2.1", "X-Real-IP", "192.0.2.2"))) {
      assertThat(policy.asked().getFirst().request().remoteAddress()).isEqualTo(seen);
      assertThat(client.isOver()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "parley.bearer, abc.def.ghi | parley.bearer",
    "abc.def.ghi,parley.bearer | parley.bearer",
    "json, parley.bearer, abc.def.ghi | parley.bearer",
    "json, other | json",
  })
  void givenATokenAmongSubprotocols_whenAdmitted_thenItsMarkIsAcceptedAndTheTokenIsNotEchoed(
      String offered, String accepted) {
    FakePolicy policy = FakePolicy.admitting();
    try (GatewayFixture gateway = echo(policy.everywhere()).start();
        WireClient client =
            WireClient.connect(gateway.wsUri("/"), Map.of("Sec-WebSocket-Protocol", offered))) {
      assertThat(client.answerHeader("sec-websocket-protocol")).isEqualTo(accepted);
      assertThat(policy.asked().getFirst().request().subprotocols())
          .containsExactly(offered.split(" *, *"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "*, https://evil.example.org, app.example.org, false",
    "*, https://app.example.org, app.example.org, true",
    "*, http://app.example.org:9000, app.example.org:9000, true",
    "*, http://app.example.org:3000, app.example.org:9000, false",
    "https://app.example.org, https://app.example.org, gateway.example.org, true",
    "'null', 'null', gateway.example.org, false",
    "*, '', app.example.org, true",
  })
  void givenACookie_whenAPageConnects_thenItIsTrustedOnlyFromAPageThatIsNamedOrOfThisHost(
      String allowed, String origin, String host, boolean trusted) {
    FakePolicy policy = FakePolicy.admitting();
    Map<String, String> headers =
        origin.isEmpty() ? Map.of("Host", host) : Map.of("Host", host, "Origin", origin);
    try (GatewayFixture gateway = echo(policy.everywhere()).origins(allowed).start();
        WireClient client = WireClient.connect(gateway.wsUri("/"), headers)) {
      assertThat(policy.asked().getFirst().request().isCookieTrusted()).isEqualTo(trusted);
      assertThat(client.isOver()).isFalse();
    }
  }
}
