package dev.parley.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.attack.AttackResult;
import dev.parley.bench.load.Faults;
import dev.parley.bench.load.Innocents;
import dev.parley.bench.load.Innocents.PhaseLatency;
import dev.parley.bench.machine.AttackCores;
import dev.parley.bench.machine.Cores;
import dev.parley.bench.machine.Machine;
import dev.parley.bench.machine.Priority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttackReportTest {

  private final AttackRow row = new AttackRow(
      new AttackResult("any", 2, 10, 20_000_000, 30_000_000, 5_000_000,
          Map.of("rooms", 7L), Map.of("slowed", 2L), Map.of()),
      new Innocents.Result(10, 100, Faults.NONE, List.of(),
          List.of(phase(AttackRow.QUIET, 1100), phase(AttackRow.DURING, 5500))),
      new AttackRow.Use(1.5, 100_000_000, 300_000_000, 110_000_000, 3));

  private final AttackReport report = new AttackReport(
      new AttackReport.Subject(
          new Machine(2, 1L << 30, "Linux amd64", "25"),
          AttackCores.of(Cores.parse("0,1"), Priority.LOWEST), Optional.of("abc"),
          AttackSetting.of(false)),
      List.of(row), List.of());

  @Test
  void givenAttacks_whenWritten_thenTheFirstLineSaysWhatRunsWhereAndTheTablesHaveEveryFigure() {
    assertThat(report.toString().lines().findFirst().orElseThrow())
        .contains("The node, the innocents and the attackers share the cores 0,1; the attackers"
            + " have the lowest priority, nice -n 19.");
    assertThat(report.toString()).contains("1.1 / 1.1", "5.5 / 5.5", "1.5 of 2.0 s",
        "100, 300, 110 (5 stay)", "7 rooms; 10 frames, 20.0 MB", "30.0 MB; 2 slowed");
  }

  @Test
  void givenAttacks_whenWrittenInJson_thenItSaysOnWhatTheyWerePlayedToo(@TempDir Path folder)
      throws IOException {
    Path json = folder.resolve("attacks.json");

    report.writeTo(json);

    JsonNode all = new ObjectMapper().readTree(json.toFile());
    assertThat(all.at("/machine/cores").asInt()).isEqualTo(2);
    assertThat(all.at("/commit").asText()).isEqualTo("abc");
    assertThat(all.at("/cores/attackers").asText()).isEqualTo("0,1");
    assertThat(all.at("/attackers").asText()).contains("nice -n 19");
    assertThat(all.at("/setting/rate").asInt()).isEqualTo(400);
    assertThat(all.at("/attacks/0/attack/left").asLong()).isEqualTo(5_000_000);
    assertThat(all.at("/attacks/0/use/peak").asLong()).isEqualTo(300_000_000);
    assertThat(all.at("/attacks/0/innocents/phases/1/p99Micros").asDouble()).isEqualTo(5500);
    assertThat(all.at("/attacks/0/complaints")).isEmpty();
  }

  private static PhaseLatency phase(String name, double micros) {
    return new PhaseLatency(name, micros, micros, micros, 100, 0);
  }
}
