package dev.parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bench.relay.FaultyLink;
import dev.parley.bench.relay.FaultyLink.Fault;
import dev.parley.bench.relay.Flushing;
import dev.parley.bench.relay.Link;
import dev.parley.bench.relay.RelayServer;
import dev.parley.bench.wire.HostScript;
import dev.parley.bench.wire.RelayScript;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The generator over real sockets: it counts deliveries and faults of a server. */
@Timeout(180)
class GeneratorTest {

  private static final int LOOPS = 2;
  private static final LoadSettings.Timing IMPATIENT = new LoadSettings.Timing(
      Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(300),
      Duration.ofSeconds(1));
  private static final LoadSettings.Timing BRIEF = new LoadSettings.Timing(
      IMPATIENT.warmUp(), IMPATIENT.measured(), Duration.ofSeconds(60), IMPATIENT.quiet());
  private static final LoadSettings.Timing PATIENT = new LoadSettings.Timing(
      BRIEF.warmUp(), BRIEF.measured(), Duration.ofSeconds(20), Duration.ofSeconds(20));

  static Stream<Arguments> faithfulRelays() {
    return Stream.of(Flushing.values()).flatMap(flushing -> Stream.of(
        Arguments.of(flushing, new LoadShape.Window(1)),
        Arguments.of(flushing, new LoadShape.Window(8)),
        Arguments.of(flushing, new LoadShape.Rate(2000))));
  }

  @ParameterizedTest
  @MethodSource("faithfulRelays")
  void givenAFaithfulRelay_whenLoaded_thenEverythingArrivesAndNothingIsWrong(
      Flushing flushing, LoadShape shape) throws InterruptedException {
    try (RelayServer relay = RelayServer.start(2, flushing, () -> Link::plain)) {
      LoadResult result = load(relay.port(), shape, PATIENT);

      assertThat(result.faults()).isEqualTo(Faults.NONE);
      assertThat(result.connections()).isEqualTo(20);
      assertThat(result.delivered()).isPositive().isLessThanOrEqualTo(result.sent());
      assertThat(result.seconds()).isGreaterThanOrEqualTo(0.2);
      assertThat(result.latency().p50Micros()).isPositive()
          .isLessThanOrEqualTo(result.latency().p99Micros());
      assertThat(result.latency().p99Micros())
          .isLessThanOrEqualTo(result.latency().maxMicros());
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void givenARelayThatDoesWrong_whenLoadedInAClosedLoop_thenJustWhatItDidIsCounted(Fault fault)
      throws InterruptedException {
    assertThatFaultsAreCounted(fault, new LoadShape.Window(8));
  }

  @Test
  void givenARelayThatDoesWrong_whenLoadedInAnOpenLoop_thenJustWhatItDidIsCounted()
      throws InterruptedException {
    assertThatFaultsAreCounted(Fault.ALL, new LoadShape.Rate(4000));
  }

  private static void assertThatFaultsAreCounted(Fault fault, LoadShape shape)
      throws InterruptedException {
    FaultyLink.Deeds deeds = new FaultyLink.Deeds();
    try (RelayServer relay =
        RelayServer.start(2, Flushing.EACH_FRAME, () -> new FaultyLink(fault, deeds))) {
      LoadResult result = load(relay.port(), shape, BRIEF);

      assertThat(result.faults()).isEqualTo(new Faults(deeds.dropped.get(),
          deeds.duplicated.get(), deeds.swapped.get(), deeds.altered.get()));
      assertThat(result.faults().any()).isTrue();
      if (fault == Fault.ALL) {
        assertThat(List.of(deeds.dropped.get(), deeds.duplicated.get(), deeds.swapped.get(),
            deeds.altered.get())).allMatch(count -> count > 0);
      }
    }
  }

  @Test
  void givenARate_whenLoaded_thenThatManySignalsAreSent() throws InterruptedException {
    int rate = 1000;
    long ofBoth = rate * BRIEF.warmUp().plus(BRIEF.measured()).toMillis() / 1000;
    try (RelayServer relay = RelayServer.start(1, Flushing.EACH_FRAME, () -> Link::plain)) {
      LoadResult result;
      int runs = 0;
      do {
        long begin = System.nanoTime();
        result = load(relay.port(), new LoadShape.Rate(rate), PATIENT);
        double seconds = (System.nanoTime() - begin) / 1e9;

        assertThat(result.sent()).isLessThanOrEqualTo((long) (rate * seconds) + LOOPS);
        // If the machine stands still at the end of a run, signals are due that are never sent.
      } while (result.sent() < ofBoth - LOOPS && ++runs < 20);
      assertThat(result.sent()).isGreaterThanOrEqualTo(ofBoth - LOOPS);
    }
  }

  @Test
  void givenARun_whenItGoesOn_thenItSaysWhenTheMeasuredTimeBeginsAndEnds()
      throws InterruptedException {
    try (RelayServer relay = RelayServer.start(1, Flushing.EACH_FRAME, () -> Link::plain);
        Generator generator =
            Generator.connect(settings(relay.port(), new LoadShape.Window(1), BRIEF))) {
      List<Phase> phases = new ArrayList<>();

      generator.run(phases::add);

      assertThat(phases).containsExactly(Phase.MEASURING, Phase.MEASURED);
    }
  }

  @Test
  void givenAServerThatNamesItsClients_whenTheEndsOfAPairBehaveDifferently_thenTheyMeet()
      throws InterruptedException {
    try (HostServer server = new HostServer();
        Generator generator = Generator.connect(
            new LoadSettings(List.of(loopback(server.port())), HostScript.HOST, HostScript.GUEST,
                "any", 10,
                2,
                new LoadShape.Window(2), PATIENT))) {
      LoadResult result = generator.run(phase -> {
      });

      assertThat(result.faults()).isEqualTo(Faults.NONE);
      assertThat(result.delivered()).isPositive();
    }
  }

  @Test
  void givenAServerThatStandsStill_whenLoaded_thenTheMeasuredTimeGoesOnUntilASignalArrives()
      throws InterruptedException {
    long standStillMillis = BRIEF.warmUp().plus(BRIEF.measured()).multipliedBy(2).toMillis();
    try (RelayServer relay = RelayServer.start(1, Flushing.EACH_FRAME,
        () -> (frame, recipient) -> {
          WebSocketFrame late = WebSocketFrame.textFrame(frame.textData(), true);
          Vertx.currentContext().owner()
              .setTimer(standStillMillis, id -> Link.plain(late, recipient));
        })) {
      LoadResult result = load(relay.port(), new LoadShape.Window(1), PATIENT);

      assertThat(result.delivered()).isPositive();
      assertThat(result.faults()).isEqualTo(Faults.NONE);
    }
  }

  @Test
  void givenIdleClients_whenReleased_thenTheirConnectionsHadStayedOpen()
      throws InterruptedException {
    try (RelayServer relay = RelayServer.start(1, Flushing.EACH_FRAME, () -> Link::plain);
        Generator generator =
            Generator.connect(settings(relay.port(), new LoadShape.Idle(), BRIEF))) {
      generator.hold(CompletableFuture.completedFuture(null));
    }
  }

  @Test
  void givenAServerThatGoesAway_whenHeldOrLoaded_thenThatIsAFailure() throws InterruptedException {
    RelayServer relay = RelayServer.start(1, Flushing.EACH_FRAME, () -> Link::plain);
    try (Generator generator =
        Generator.connect(settings(relay.port(), new LoadShape.Idle(), PATIENT))) {
      relay.close();

      assertThatThrownBy(() -> generator.hold(new CompletableFuture<>()))
          .isInstanceOf(LoadException.class).hasMessageContaining("connection");
    }
  }

  @Test
  void givenNoServer_whenConnecting_thenThatIsAFailure() throws IOException {
    int port = unusedPort();

    assertThatThrownBy(() -> load(port, new LoadShape.Window(1), PATIENT))
        .isInstanceOf(LoadException.class).hasMessageContaining("cannot connect");
  }

  @Test
  void givenAServerThatSaysNothing_whenConnecting_thenThatIsAFailure() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> load(silent.getLocalPort(), new LoadShape.Window(1), IMPATIENT))
          .isInstanceOf(LoadException.class).hasMessageContaining("not all clients are ready");
    }
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static LoadResult load(int port, LoadShape shape, LoadSettings.Timing timing)
      throws InterruptedException {
    try (Generator generator = Generator.connect(settings(port, shape, timing))) {
      return generator.run(phase -> {
      });
    }
  }

  private static LoadSettings settings(int port, LoadShape shape, LoadSettings.Timing timing) {
    return new LoadSettings(List.of(loopback(port)), new RelayScript(), new RelayScript(), "bench",
        10, LOOPS, shape, timing);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
