package dev.parley.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signal.PeerAddress;
import dev.parley.testkit.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fights for ids, on a clock that the test moves. */
class PeerJsTakeOversTest {

  private static final PeerAddress ALICE = new PeerAddress("default", "alice");

  private final List<PeerJsTakeOverOutcome> counted = new ArrayList<>();
  private long now = Long.MAX_VALUE - 5;
  private final PeerJsTakeOvers takeOvers = new PeerJsTakeOvers(counted::add, () -> now);

  private void passes(Duration time) {
    now += time.toNanos();
  }

  private Duration takesOver() {
    return takesOver(ALICE);
  }

  private Duration takesOver(PeerAddress id) {
    Duration pause = takeOvers.pause(id, "token");
    passes(pause);
    assertThat(takeOvers.pause(id, "token")).isZero();
    takeOvers.granted(id, "token");
    return pause;
  }

  private static Stream<Duration> seconds(int... seconds) {
    return java.util.Arrays.stream(seconds).mapToObj(Duration::ofSeconds);
  }

  @Test
  void givenTwoThatFight_whenEachComesBackAtOnce_thenThePausesGrowToFiveMinutes() {
    List<Duration> pauses = Stream.generate(this::takesOver).limit(14).toList();

    assertThat(pauses).containsExactlyElementsOf(
        seconds(0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300).toList());
    assertThat(counted).hasSize(14).containsOnly(PeerJsTakeOverOutcome.GRANTED);
  }

  /** Steady state: a take-over in five minutes, while each of the two beats sixty times. */
  @Test
  void givenTwoThatFight_whenADayIsOver_thenThereWereAFewHundredTakeOvers() {
    long start = now;
    int granted = 0;
    while (now - start < Duration.ofDays(1).toNanos()) {
      takesOver();
      granted++;
    }

    assertThat(granted).isBetween(288, 300);
  }

  @Test
  void givenTwoThatFight_whenTheyTakeAWhileToComeBack_thenThePausesGrowAllTheSame() {
    for (int i = 0; i < 20; i++) {
      takesOver();
      passes(Duration.ofSeconds(7));
    }

    assertThat(takeOvers.pause(ALICE, "token")).isGreaterThan(Duration.ofSeconds(250));
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 15, 60, 600})
  void givenAClientThatComesBackNowAndThen_whenItHasDoneSoAThousandTimes_thenItNeverWaits(
      int secondsBetween) {
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      pauses.add(takesOver());
      passes(Duration.ofSeconds(secondsBetween));
    }

    assertThat(pauses).containsOnly(Duration.ZERO);
  }

  @Test
  void givenAFight_whenItHasBeenOverForAWhile_thenANewOneBeginsAtTheBeginning() {
    Collections.nCopies(8, 0).forEach(i -> takesOver());
    passes(takeOvers.pause(ALICE, "token").plusSeconds(11));

    assertThat(Stream.generate(this::takesOver).limit(4))
        .containsExactlyElementsOf(seconds(0, 0, 0, 1).toList());
  }

  @Test
  void givenFights_whenTheyGoOn_thenEachIsLoggedOnce() {
    PeerAddress contested = ALICE.neighbour("contested");
    try (LogLines log = new LogLines(PeerJsTakeOvers.class, "peer=contested ")) {
      Collections.nCopies(20, 0).forEach(i -> takesOver(contested));
      assertThat(log.lines()).singleElement().asString()
          .startsWith("INFO clients fight for an id, take-overs are slowed down: realm=default")
          .doesNotContain("token=");

      passes(takeOvers.pause(contested, "token").plusSeconds(11));
      Collections.nCopies(20, 0).forEach(i -> takesOver(contested));
      assertThat(log.lines()).hasSize(2);
    }
  }

  /** The twin: no fight. */
  @Test
  void givenAClientThatComesBackNowAndThen_whenItHasDoneSoOften_thenNothingIsLogged() {
    PeerAddress faithful = ALICE.neighbour("faithful");
    try (LogLines log = new LogLines(PeerJsTakeOvers.class, "peer=faithful ")) {
      for (int i = 0; i < 20; i++) {
        takesOver(faithful);
        passes(Duration.ofSeconds(11));
      }
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void givenAFight_whenOthersWantAnId_thenTheyAreNotSlowedDown() {
    Collections.nCopies(8, 0).forEach(i -> takesOver());

    assertThat(takeOvers.pause(ALICE, "token")).isPositive();
    assertThat(takeOvers.pause(ALICE, "another")).isZero();
    assertThat(takeOvers.pause(ALICE.neighbour("bob"), "token")).isZero();
    assertThat(takeOvers.pause(new PeerAddress("elsewhere", "alice"), "token")).isZero();
  }

  @Test
  void givenVeryManyIds_whenEachIsTakenOver_thenTheOldestAreForgotten() {
    Collections.nCopies(8, 0).forEach(i -> takesOver());
    for (int i = 0; i < 50_000; i++) {
      takeOvers.granted(ALICE.neighbour("p" + i), "t");
      assertThat(takeOvers.remembered()).isLessThanOrEqualTo(10_000);
    }
    assertThat(takeOvers.pause(ALICE, "token")).isZero();

    passes(Duration.ofSeconds(11));
    takesOver();
    assertThat(takeOvers.remembered()).isEqualTo(1);
  }
}
