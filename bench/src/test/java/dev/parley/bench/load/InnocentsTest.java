package dev.parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bench.load.Innocents.PhaseLatency;
import dev.parley.bench.relay.FaultyLink;
import dev.parley.bench.relay.FaultyLink.Fault;
import dev.parley.bench.relay.Flushing;
import dev.parley.bench.relay.Link;
import dev.parley.bench.relay.RelayServer;
import dev.parley.bench.wire.RelayScript;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Innocents over real sockets: faults of a server are recorded in the right phase. */
@Timeout(180)
class InnocentsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final int SOME = 50;
  private static final int RATE = 500;

  private final AtomicLong passed = new AtomicLong();

  @Test
  void givenAFaithfulRelay_whenPhasesFollow_thenEachHasItsSignalsAndNoneIsLost()
      throws InterruptedException {
    try (RelayServer relay = RelayServer.start(1, Flushing.EACH_FRAME, () -> this::pass);
        Innocents innocents = innocents(relay.port())) {
      innocents.begin("quiet", RATE);
      Waits.until("signals", () -> passed.get() > SOME);
      innocents.begin("during", RATE);
      Waits.until("more signals", () -> passed.get() > 3 * SOME);

      Innocents.Result result = innocents.end(PATIENCE);

      assertThat(result.faults()).isEqualTo(Faults.NONE);
      assertThat(result.failures()).isEmpty();
      assertThat(result.pairs()).isEqualTo(3);
      assertThat(result.phases()).extracting(PhaseLatency::name)
          .containsExactly("quiet", "during");
      assertThat(result.phases()).allSatisfy(phase -> {
        assertThat(phase.arrived()).isPositive();
        assertThat(phase.p50Micros()).isPositive().isLessThanOrEqualTo(phase.p99Micros());
      });
      assertThat(result.phases().stream().mapToLong(PhaseLatency::arrived).sum())
          .isEqualTo(result.sent());
    }
  }

  @Test
  void givenARelayThatStandsStill_whenTheNextPhaseHasBegun_thenTheWaitCountsForTheOneBefore()
      throws InterruptedException {
    CountDownLatch goesOn = new CountDownLatch(1);
    AtomicLong held = new AtomicLong();
    try (RelayServer relay = RelayServer.start(1, Flushing.EACH_FRAME,
        () -> (frame, recipient) -> {
          if (passed.incrementAndGet() > SOME) {
            held.incrementAndGet();
            Waits.await("the release of the relay", goesOn);
          }
          Link.plain(frame, recipient);
        }); Innocents innocents = innocents(relay.port())) {
      innocents.begin("during", RATE);
      Waits.until("a held signal", () -> held.get() > 0);
      innocents.begin("after", RATE);
      long stillUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500);
      Waits.until("a long standstill", () -> System.nanoTime() - stillUntil > 0);
      goesOn.countDown();

      Innocents.Result result = innocents.end(PATIENCE);

      assertThat(result.faults()).isEqualTo(Faults.NONE);
      assertThat(result.phases().getFirst().late()).isPositive();
      assertThat(result.phases().getFirst().maxMicros()).isGreaterThan(1.5e6);
    }
  }

  @Test
  void givenAPhaseWithAnotherRate_whenItHasBegun_thenThePaceIsAnotherAndNothingIsLost()
      throws InterruptedException {
    try (RelayServer relay = RelayServer.start(1, Flushing.EACH_FRAME, () -> this::pass);
        Innocents innocents = innocents(relay.port())) {
      innocents.begin("slow", 1);
      innocents.begin("fast", RATE);
      // At the pace of the first phase that would take longer than there is time for.
      Waits.until("signals at the other pace", () -> passed.get() > 10 * SOME);

      Innocents.Result result = innocents.end(PATIENCE);

      assertThat(result.faults()).isEqualTo(Faults.NONE);
      assertThat(result.phases()).extracting(PhaseLatency::name)
          .containsExactly("slow", "fast");
      assertThat(result.phases().getLast().arrived()).isGreaterThan(9 * SOME);
    }
  }

  @Test
  void givenARelayThatDropsSignals_whenTheyEnd_thenJustThoseAreLost() throws InterruptedException {
    FaultyLink.Deeds deeds = new FaultyLink.Deeds();
    try (RelayServer relay = RelayServer.start(1, Flushing.EACH_FRAME,
        () -> new FaultyLink(Fault.DROP, deeds)); Innocents innocents = innocents(relay.port())) {
      innocents.begin("during", RATE);
      Waits.until("dropped signals", () -> deeds.dropped.get() > 3);

      Innocents.Result result = innocents.end(QUIET);

      assertThat(result.faults()).isEqualTo(new Faults(deeds.dropped.get(), 0, 0, 0));
    }
  }

  @Test
  void givenARelayThatGoesAway_whenTheyEnd_thenThatIsNotedAndTheRestIsLost()
      throws InterruptedException {
    RelayServer relay = RelayServer.start(1, Flushing.EACH_FRAME, () -> this::pass);
    try (Innocents innocents = innocents(relay.port())) {
      innocents.begin("during", RATE);
      Waits.until("signals", () -> passed.get() > SOME);
      relay.close();
      long moreUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
      Waits.until("signals that are due after that", () -> System.nanoTime() - moreUntil > 0);

      Innocents.Result result = innocents.end(QUIET);

      assertThat(result.failures()).isNotEmpty().allMatch(failure -> failure.contains("connect"));
      assertThat(result.faults().lost()).isPositive();
    }
  }

  @Test
  void givenNoServer_whenConnecting_thenThatIsAFailure() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> innocents(port)).isInstanceOf(LoadException.class)
        .hasMessageContaining("cannot connect");
  }

  private void pass(WebSocketFrame frame,
      ServerWebSocket recipient) {
    passed.incrementAndGet();
    Link.plain(frame, recipient);
  }

  private static Innocents innocents(int port) throws InterruptedException {
    return Innocents.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        new RelayScript(), "innocent", 3, PATIENCE);
  }

}
