package dev.parley.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.TextEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs of life of one client, on a clock that the test moves. */
class PeerJsLivenessTest {

  private final TestConnection connection = new TestConnection();

  /** A connection on a loop whose timers run when the test moves the clock, in milliseconds. */
  private static final class TestConnection implements Connection {

    private record Task(long at, Runnable run) {}

    private final List<Task> tasks = new ArrayList<>();
    private long now = 1_000_000;
    private long heardAt = now;
    private boolean answersPings;
    private int pings;
    private @Nullable CloseReason closed;

    private void moveTo(long time) {
      for (Task next = next(time); next != null; next = next(time)) {
        now = Math.max(now, next.at);
        tasks.remove(next);
        next.run.run();
      }
      now = Math.max(now, time);
    }

    private @Nullable Task next(long until) {
      return tasks.stream().filter(task -> task.at <= until)
          .min(Comparator.comparingLong(Task::at)).orElse(null);
    }

    void passes(long millis) {
      moveTo(now + millis);
    }

    /** The loop stands still: timers are late. */
    void standsStill(long millis) {
      now += millis;
    }

    void hears() {
      heardAt = now;
    }

    long nanoTime() {
      return Duration.ofMillis(now).toNanos();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      Task added = new Task(now + Math.ceilDiv(delay.toNanos(), 1_000_000L), task);
      tasks.add(added);
      return () -> tasks.remove(added);
    }

    @Override
    public Duration silence() {
      return Duration.ofMillis(now - heardAt);
    }

    @Override
    public void ping() {
      pings++;
      if (answersPings) {
        after(Duration.ofMillis(50), this::hears);
      }
    }

    @Override
    public void close(CloseReason reason) {
      closed = reason;
    }

    @Override
    public void close(CloseReason reason, String text) {
      close(reason);
    }

    @Override
    public <T> void send(T message, TextEncoder<T> encoder) {}

    @Override
    public long id() {
      return 1;
    }
  }

  private static PeerJsOptions options(PeerJsLivenessRule rule, int aliveTimeout) {
    PeerJsOptions usual = PeerJsOptions.DEFAULT;
    return new PeerJsOptions(usual.key(), usual.keys(), usual.expireTimeout(), aliveTimeout, rule,
        usual.concurrentLimit(), usual.allowDiscovery(), usual.discoverOwnOnly(), usual.proxied(),
        usual.cors(), usual.generateClientId(), usual.foreignOffers());
  }

  private PeerJsLiveness watch(PeerJsLivenessRule rule, int aliveTimeout) {
    return PeerJsLiveness.watch(connection, options(rule, aliveTimeout), connection::nanoTime);
  }

  private void beats(PeerJsLiveness liveness) {
    connection.hears();
    liveness.heartbeat();
  }

  @Test
  void givenTheDefaults_whenRead_thenAClientHasNinetySecondsAndAnyFrameCounts() {
    assertThat(PeerJsOptions.DEFAULT.alive()).isEqualTo(Duration.ofSeconds(90));
    assertThat(PeerJsOptions.DEFAULT.liveness()).isEqualTo(PeerJsLivenessRule.TRANSPORT);
  }

  @ParameterizedTest
  @CsvSource({"TRANSPORT, 3000, 3300", "HEARTBEAT, 3000, 3300", "TRANSPORT, 90000, 90300",
    "HEARTBEAT, 90000, 90300", "TRANSPORT, 2, 302", "HEARTBEAT, 2, 302"})
  void givenAClientThatIsDead_whenItsTimeIsOver_thenItIsClosedAndNotBefore(
      PeerJsLivenessRule rule, int aliveTimeout, int closedAfter) {
    watch(rule, aliveTimeout);

    connection.passes(closedAfter - 1);
    assertThat(connection.closed).isNull();
    connection.passes(1);
    assertThat(connection.closed).isEqualTo(CloseReason.SILENT);
  }

  /** A hidden tab beats once a minute, a client before 1.0 never. */
  @ParameterizedTest
  @ValueSource(ints = {5_000, 60_000, 90_000})
  void givenAClientThatAnswersPings_whenItSaysNothing_thenItStays(int aliveTimeout) {
    connection.answersPings = true;
    watch(PeerJsLivenessRule.TRANSPORT, aliveTimeout);

    connection.passes(Duration.ofHours(1).toMillis());

    assertThat(connection.closed).isNull();
    assertThat((double) connection.pings)
        .isBetween(0.9 * 7_200_000 / aliveTimeout, 1.1 * 7_200_000 / aliveTimeout);
  }

  @ParameterizedTest
  @EnumSource
  void givenHeartbeatsExactlyAsFarApartAsTheTimeout_whenSomeAreABitLate_thenTheClientStays(
      PeerJsLivenessRule rule) {
    PeerJsLiveness liveness = watch(rule, 5_000);

    for (int i = 0; i < 1_000; i++) {
      connection.passes(5_000 + i % 4 * 99);
      assertThat(connection.closed).as("after %d heartbeats", i).isNull();
      beats(liveness);
    }
  }

  /** The twin: beyond the tolerance of the rule. */
  @ParameterizedTest
  @EnumSource
  void givenHeartbeats_whenOneIsTooLate_thenTheClientIsClosed(PeerJsLivenessRule rule) {
    PeerJsLiveness liveness = watch(rule, 5_000);

    connection.passes(5_200);
    beats(liveness);
    connection.passes(5_301);

    assertThat(connection.closed).isEqualTo(CloseReason.SILENT);
  }

  @Test
  void givenTheRuleOfHeartbeats_whenAClientSendsOtherFramesOnly_thenItIsClosed() {
    connection.answersPings = true;
    watch(PeerJsLivenessRule.HEARTBEAT, 5_000);

    for (int i = 0; i < 53; i++) {
      connection.passes(100);
      connection.hears();
    }

    assertThat(connection.closed).isEqualTo(CloseReason.SILENT);
    assertThat(connection.pings).isZero();
  }

  @Test
  void givenAClientThatTalks_whenItDoesSoInTime_thenItIsNotPinged() {
    watch(PeerJsLivenessRule.TRANSPORT, 20_000);

    for (int i = 0; i < 100; i++) {
      connection.passes(5_000);
      connection.hears();
    }

    assertThat(connection.pings).isZero();
    assertThat(connection.closed).isNull();
  }

  @Test
  void givenALoopThatStoodStill_whenItGoesOn_thenAClientHasItsTimeToAnswerThePing() {
    connection.answersPings = true;
    watch(PeerJsLivenessRule.TRANSPORT, 6_000);
    connection.standsStill(20_000);

    connection.passes(Duration.ofMinutes(10).toMillis());

    assertThat(connection.closed).isNull();
  }

  @Test
  void givenALoopThatStandsStillAfterAnAnswer_whenItGoesOn_thenTheClientIsAskedAgainFirst() {
    connection.answersPings = true;
    watch(PeerJsLivenessRule.TRANSPORT, 6_000);
    connection.passes(3_200);
    assertThat(connection.pings).isEqualTo(1);
    connection.standsStill(20_000);

    connection.passes(Duration.ofMinutes(10).toMillis());

    assertThat(connection.closed).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void givenASessionThatHasEnded_whenTimePasses_thenNothingHappens(PeerJsLivenessRule rule) {
    watch(rule, 5_000).end();

    connection.passes(60_000);

    assertThat(connection.closed).isNull();
    assertThat(connection.pings).isZero();
  }
}
