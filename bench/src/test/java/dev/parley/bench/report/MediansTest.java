package dev.parley.bench.report;

import static dev.parley.bench.report.Metric.CPU_WINDOW_8;
import static dev.parley.bench.report.Metric.GAIN_TWO_CORES;
import static dev.parley.bench.report.Metric.IDLE_BYTES;
import static dev.parley.bench.report.Metric.RATE_WINDOW_8;
import static dev.parley.bench.report.Samples.signals;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.report.SignalRun.Situation;
import dev.parley.bench.server.Readiness;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MediansTest {

  @Test
  void givenAnOddNumberOfRounds_whenTaken_thenItIsTheOneInTheMiddle() {
    Medians medians = Medians.of(List.of(
        signals(1, "a", Situation.WINDOW_8, 9, 100),
        signals(2, "a", Situation.WINDOW_8, 1, 300),
        signals(3, "a", Situation.WINDOW_8, 5, 200)));

    assertThat(medians.of("a", CPU_WINDOW_8)).contains(5.0);
    assertThat(medians.of("a", RATE_WINDOW_8)).contains(100.0);
  }

  @Test
  void givenAnEvenNumberOfRounds_whenTaken_thenItIsBetweenTheTwoInTheMiddle() {
    Medians medians = Medians.of(List.of(
        signals(1, "a", Situation.WINDOW_8, 1, 100),
        signals(2, "a", Situation.WINDOW_8, 2, 100),
        signals(3, "a", Situation.WINDOW_8, 4, 100),
        signals(4, "a", Situation.WINDOW_8, 100, 100)));

    assertThat(medians.of("a", CPU_WINDOW_8)).contains(3.0);
  }

  @Test
  void givenOneAndTwoCores_whenTaken_thenTheGainIsOneByTheOther() {
    Medians medians = Medians.of(List.of(
        signals(1, "a", Situation.WINDOW_8, 1, 100),
        signals(1, "a", Situation.TWO_CORES, 1, 190)));

    assertThat(medians.of("a", GAIN_TWO_CORES)).contains(1.9);
  }

  @Test
  void givenRunsOnTwoCores_whenTaken_thenTheirFiguresAreThoseThatNeedTwoCores() {
    Run onOne = signals(1, "a", Situation.WINDOW_8, 1, 100);
    Medians medians = Medians.of(List.of(
        onOne,
        signals(1, "a", Situation.TWO_CORES, 1, 190),
        new Run(1, "a", new StartRun(2, new Readiness(500, 700), 64 << 20, 96 << 20))));

    Set<Metric> ofTwoCores = EnumSet.copyOf(medians.all().get("a").keySet());
    ofTwoCores.removeAll(onOne.measurement().figures().keySet());

    assertThat(ofTwoCores)
        .containsExactlyElementsOf(
            Stream.of(Metric.values()).filter(Metric::needsTwoCores).toList());
  }

  @Test
  void givenTwoServers_whenCompared_thenTheRatioIsThereWhereBothWereMeasured() {
    Medians medians = Medians.of(List.of(
        signals(1, "a", Situation.WINDOW_8, 2, 300),
        signals(1, "b", Situation.WINDOW_8, 8, 100),
        new Run(1, "a", new IdleRun(10, 1000, 2000))));

    assertThat(medians.servers()).containsExactly("a", "b");
    assertThat(medians.ratio("a", "b", CPU_WINDOW_8)).contains(0.25);
    assertThat(medians.of("a", IDLE_BYTES)).contains(100.0);
    assertThat(medians.ratio("a", "b", IDLE_BYTES)).isEmpty();
    assertThat(medians.ratiosTo("b").get("a")).containsEntry(RATE_WINDOW_8, 3.0)
        .doesNotContainKey(IDLE_BYTES);
  }
}
