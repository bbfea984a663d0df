package dev.parley.bench.report;

import static dev.parley.bench.report.Samples.openLoop;
import static dev.parley.bench.report.Samples.report;
import static dev.parley.bench.report.Samples.signals;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.load.Faults;
import dev.parley.bench.report.SignalRun.Situation;
import dev.parley.bench.server.Readiness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final List<Run> FAULTLESS = List.of(
      new Run(1, "parley", new StartRun(1, new Readiness(500, 700), 64 << 20, 96 << 20)),
      signals(1, "parley", Situation.WINDOW_8, 4.2, 400_000),
      new Run(1, "parley", new IdleRun(10_000, 0, 70_000_000)),
      signals(1, "relay", Situation.WINDOW_8, 10.5, 160_000),
      new Run(1, "relay", new IdleRun(10_000, 0, 140_000_000)));
  private static final List<String> BASES = List.of("relay", "peer");

  @Test
  void givenFaultlessRuns_whenJudged_thenTheReportIsSound() {
    assertThat(report(FAULTLESS, List.of()).isSound()).isTrue();
  }

  @Test
  void givenAFailure_whenJudged_thenTheReportIsNotSound() {
    Report report = report(FAULTLESS, List.of("peer did not start"));

    assertThat(report.isSound()).isFalse();
    assertThat(new TextReport(report, BASES).toString()).contains("FAILED:\n- peer did not start");
  }

  @Test
  void givenAServerThatLostOneSignal_whenJudged_thenTheReportIsNotSoundAndSaysWhose() {
    Report report = report(
        List.of(signals(2, "relay", Situation.WINDOW_1, 1, 100, new Faults(1, 0, 0, 0), 1, 0.5)),
        List.of());

    assertThat(report.isSound()).isFalse();
    assertThat(new TextReport(report, BASES).toString()).contains("WRONG:\n"
        + "- relay, WINDOW_1, round 2: 1 lost, 0 duplicated, 0 out of order, 0 altered"
        + " of 100 signals");
    assertThat(report.medians().servers()).containsExactly("relay");
    assertThat(report.medians().all().get("relay")).isEmpty();
  }

  @Test
  void givenARoomInWhichSomebodyWasNotToldOfAnother_whenJudged_thenTheReportIsNotSound() {
    Report report = report(List.of(new Run(1, "cluster-of-3",
        new RoomRun(30, 1, 2, new RoomRun.Commits(30, 3), new Faults(1, 0, 0, 0)))), List.of());

    assertThat(report.isSound()).isFalse();
    assertThat(report.faults()).containsExactly("cluster-of-3, round 1: 1 lost, 0 duplicated,"
        + " 0 out of order, 0 altered of 30 joins");
    assertThat(report.medians().all().get("cluster-of-3")).isEmpty();
  }

  @Test
  void givenABareScriptThatLostSomething_whenJudged_thenItIsNothingToCompareWith() {
    Report report = report(List.of(new Run(1, "bare-script",
        new BareScriptRun(64, 32, new RedisUse(6, 1, 0.1, 0.9), new Faults(0, 1, 0, 0)))),
        List.of());

    assertThat(report.isSound()).isFalse();
    assertThat(report.medians().all().get("bare-script")).isEmpty();
  }

  @Test
  void givenRunsOfClusters_whenTold_thenTheLargestIsComparedWithTheOthersAndWithTheScript() {
    Report report = report(List.of(
        signals(1, "cluster-of-5", Situation.WINDOW_8, 23, 40_000),
        new Run(1, "cluster-of-5",
            new RedisRun(Situation.WINDOW_8, new RedisUse(12, 0.05, 0.02, 0.4))),
        signals(1, "cluster-of-2", Situation.WINDOW_8, 20, 50_000),
        new Run(1, "bare-script",
            new BareScriptRun(64, 32, new RedisUse(8, 1, 0.1, 0.9), Faults.NONE)),
        new Run(1, "cluster-of-3", new PeersRun(1000, new PeersRun.Claiming(0.5, 0.02),
            new PeersRun.Keeping(5000, 405_000, 0, 600_000), new PeersRun.Idling(5, 20))),
        new Run(1, "cluster-of-3",
            new RoomRun(30, 0.5, 2, new RoomRun.Commits(20, 5), Faults.NONE))),
        List.of());
    Medians medians = report.medians();

    assertThat(report.isSound()).isTrue();
    assertThat(medians.ratio("cluster-of-5", "cluster-of-2", Metric.CPU_WINDOW_8))
        .contains(1.15);
    assertThat(medians.ratio("cluster-of-5", "bare-script", Metric.REDIS_CPU_WINDOW_8))
        .contains(1.5);
    assertThat(medians.of("cluster-of-3", Metric.CLAIM_RATE)).contains(2000.0);
    assertThat(medians.of("cluster-of-3", Metric.CLAIM_REDIS_CPU)).contains(20.0);
    assertThat(medians.of("cluster-of-3", Metric.PEER_REDIS_BYTES)).contains(400.0);
    assertThat(medians.of("cluster-of-3", Metric.PEER_NODE_BYTES)).contains(600.0);
    assertThat(medians.of("cluster-of-3", Metric.JOIN_RATE)).contains(60.0);
    assertThat(medians.of("cluster-of-3", Metric.COMMIT_RATE)).contains(40.0);
    assertThat(medians.of("cluster-of-3", Metric.COMMIT_RETRIES)).contains(0.25);
  }

  @Test
  void givenABusyGenerator_whenTold_thenTheReaderIsWarned() {
    Report report = report(
        List.of(signals(1, "a", Situation.WINDOW_8, 1, 100, Faults.NONE, 1, 0.95)), List.of());

    assertThat(report.doubts()).singleElement().asString()
        .contains("a, WINDOW_8, round 1").contains("generator used 95 %");
  }

  @Test
  void givenAServerThatDidNotGetItsCore_whenTold_thenTheReaderIsWarnedOnceForAllRounds() {
    Report report = report(
        List.of(signals(1, "a", Situation.WINDOW_1, 1, 100, Faults.NONE, 0.4, 0.5),
            signals(1, "a", Situation.OPEN_LOOP, 1, 100, Faults.NONE, 0.1, 0.5),
            signals(2, "a", Situation.WINDOW_1, 1, 100, Faults.NONE, 0.9, 0.5),
            signals(3, "a", Situation.WINDOW_1, 1, 100, Faults.NONE, 0.6, 0.5)),
        List.of());

    assertThat(report.doubts()).containsExactly("a, WINDOW_1, round 1, 3: "
        + "the server used 40 %, 60 % of its cores; others had the rest, or it waited");
  }

  @Test
  void givenAHostThatTookMuchOfTheMachine_whenTold_thenThatIsSaidOfWhatSleepsMostOfTheTime() {
    Report report = report(
        List.of(openLoop(1, "a", 0.3), openLoop(1, "b", 0.04), openLoop(2, "a", 0.06)),
        List.of());

    assertThat(report.doubts()).containsExactly("a, OPEN_LOOP, round 1, 2: "
        + "the host of this machine took 30 %, 6 % of its time for others");
  }

  @Test
  void givenRuns_whenWrittenForPeople_thenThereIsATableWithRatios() {
    String text = new TextReport(report(FAULTLESS, List.of()), BASES).toString();

    assertThat(text).startsWith("4 cores, Linux amd64, Java 25, commit abc1234. "
        + "Server on core 0 (two cores: 0,1), generator on 2,3.\n"
        + "Medians of 3 rounds. 200 clients, 5.0 s for each load; open loop 5000 signals/s; "
        + "10000 idle clients.\n");
    assertThat(text.lines().filter(line -> line.startsWith("|"))).containsExactly(
        "|                                    |  parley |  relay | parley ÷ relay |",
        "|------------------------------------|--------:|-------:|---------------:|",
        "| CPU µs per signal, window 8        |    4.20 |  10.50 |           0.40 |",
        "| … of which in the kernel, window 8 |    2.10 |   5.25 |           0.40 |",
        "| signals/s, window 8                | 200,000 | 80,000 |           2.50 |",
        "| bytes per idle connection          |   7,000 | 14,000 |           0.50 |",
        "| MiB after the start                |      64 |      – |              – |",
        "| MiB at most until then             |      96 |      – |              – |",
        "| ms until it listens                |     500 |      – |              – |",
        "| ms until a client is answered      |     700 |      – |              – |",
        "| generator's load, window 8         |    0.50 |   0.50 |              – |");
  }

  @Test
  void givenRuns_whenWrittenForPrograms_thenEverythingIsThere(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("new/bench.json");

    new JsonReport(report(FAULTLESS, List.of()), BASES).writeTo(file);

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.at("/machine/cores").asInt()).isEqualTo(4);
    assertThat(json.at("/machine/java").asText()).isEqualTo("25");
    assertThat(json.at("/commit").asText()).isEqualTo("abc1234");
    assertThat(json.at("/cores/generator").asText()).isEqualTo("2,3");
    assertThat(json.at("/setting/idleConnections").asInt()).isEqualTo(10_000);
    assertThat(json.at("/sound").asBoolean()).isTrue();
    assertThat(json.at("/medians/parley/CPU_WINDOW_8").asDouble()).isEqualTo(4.2);
    assertThat(json.at("/ratiosTo/relay/parley/IDLE_BYTES").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/ratiosTo/peer").isMissingNode()).isTrue();
    assertThat(json.at("/runs")).hasSize(5);
    assertThat(json.at("/runs/1/measurement/kind").asText()).isEqualTo("signals");
    assertThat(json.at("/runs/1/measurement/load/faults/lost").asInt(-1)).isZero();
  }
}
