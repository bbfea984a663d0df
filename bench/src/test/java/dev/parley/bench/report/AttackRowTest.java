package dev.parley.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.attack.AttackResult;
import dev.parley.bench.load.Faults;
import dev.parley.bench.load.Innocents;
import dev.parley.bench.load.Innocents.PhaseLatency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttackRowTest {

  private static final AttackRow.Use LITTLE = new AttackRow.Use(1, 100, 300, 120, 0);

  @Test
  void givenAnAttackThatIsBorne_whenJudged_thenThereIsNoComplaint() {
    AttackRow row = row(10_000, Faults.NONE, List.of(), LITTLE, Map.of());

    assertThat(row.complaints(true)).isEmpty();
    assertThat(row.costs(true).getLast()).isEqualTo("yes");
  }

  @Test
  void givenInnocentsThatWaitTooLong_whenJudged_thenThatIsAComplaintOfAThoroughRunAlone() {
    AttackRow row = row(10_001, Faults.NONE, List.of(), LITTLE, Map.of());

    assertThat(row.complaints(true)).containsExactly("p99 × 10");
    assertThat(row.complaints(false)).isEmpty();
  }

  @Test
  void givenAMachineThatIsVeryQuiet_whenJudged_thenLessThanTenMillisecondsAreFine() {
    assertThat(quietAt(200, 10_000).complaints(true)).isEmpty();
    assertThat(quietAt(200, 10_001).complaints(true)).containsExactly("p99 × 10");
    assertThat(quietAt(1_100, 10_001).complaints(true)).isEmpty();
  }

  /** What an attack leaves behind has to be worked off, too: users that all go, for example. */
  @Test
  void givenInnocentsThatWaitTooLongWhenItIsOver_whenJudged_thenThatIsAComplaintOfItsOwn() {
    AttackRow row = new AttackRow(row(1, Faults.NONE, List.of(), LITTLE, Map.of()).attack(),
        new Innocents.Result(10, 100, Faults.NONE, List.of(),
            List.of(phase(AttackRow.QUIET, 1000), phase(AttackRow.DURING, 10_000),
                phase(AttackRow.AFTER, 100_000))),
        LITTLE);

    assertThat(row.complaints(true)).containsExactly("p99 after × 100");
    assertThat(row.complaints(false)).isEmpty();
  }

  private static AttackRow quietAt(double quiet, double during) {
    return new AttackRow(row(1, Faults.NONE, List.of(), LITTLE, Map.of()).attack(),
        new Innocents.Result(10, 100, Faults.NONE, List.of(),
            List.of(phase(AttackRow.QUIET, quiet), phase(AttackRow.DURING, during))),
        LITTLE);
  }

  @Test
  void givenLostSignals_whenJudged_thenThatIsAComplaintOfEveryRun() {
    AttackRow row = row(1, new Faults(3, 0, 0, 0), List.of("a connection ended"), LITTLE,
        Map.of());

    assertThat(row.complaints(true)).containsExactly("3 lost", "a connection ended")
        .isEqualTo(row.complaints(false));
  }

  @Test
  void givenSignalsThatCameTwice_whenJudged_thenThatIsAComplaint() {
    AttackRow row = row(1, new Faults(0, 2, 0, 1), List.of(), LITTLE, Map.of());

    assertThat(row.complaints(false)).containsExactly("3 repeated or altered");
  }

  @Test
  void givenMemoryThatIsKeptAndVictims_whenJudged_thenThoseAreComplaints() {
    AttackRow row = row(1, Faults.NONE, List.of(), new AttackRow.Use(1, 100, 300, 121, 0),
        Map.of("id taken", 2L));

    assertThat(row.complaints(true)).containsExactly("memory × 1.21", "2 × id taken");
  }

  @Test
  void givenAMachineThatIsBusyAnyway_whenJudged_thenTheRowSaysSo() {
    assertThat(row(1, Faults.NONE, List.of(), LITTLE, Map.of()).wasDisturbed()).isFalse();
    assertThat(new AttackRow(row(1, Faults.NONE, List.of(), LITTLE, Map.of()).attack(),
        new Innocents.Result(10, 100, Faults.NONE, List.of(),
            List.of(phase(AttackRow.QUIET, 20_001))),
        LITTLE).wasDisturbed()).isTrue();
  }

  @Test
  void givenMemoryOfWhatStaysForAWhile_whenJudged_thenItIsNoneThatIsKept() {
    AttackRow.Use use = new AttackRow.Use(1, 100_000_000, 300_000_000, 160_000_000, 0);

    AttackRow row = row(1, Faults.NONE, List.of(), use, 40_000_000, Map.of());

    assertThat(row.complaints(true)).isEmpty();
    assertThat(row.costs(true)).contains("100, 300, 160 (40 stay)");
    assertThat(row(1, Faults.NONE, List.of(), use, 39_000_000, Map.of()).complaints(true))
        .containsExactly("memory × 1.21");
  }

  private static AttackRow row(double duringMicros, Faults faults, List<String> failures,
      AttackRow.Use use, Map<String, Long> harm) {
    return row(duringMicros, faults, failures, use, 0, harm);
  }

  private static AttackRow row(double duringMicros, Faults faults, List<String> failures,
      AttackRow.Use use, long left, Map<String, Long> harm) {
    return new AttackRow(
        new AttackResult("any", 2, 10, 20, 30, left, Map.of("connections", 1L), Map.of(), harm),
        new Innocents.Result(10, 100, faults, failures,
            List.of(phase(AttackRow.QUIET, 1000), phase(AttackRow.DURING, duringMicros))),
        use);
  }

  private static PhaseLatency phase(String name, double p99) {
    return new PhaseLatency(name, 1, p99, p99, 100, 0);
  }
}
