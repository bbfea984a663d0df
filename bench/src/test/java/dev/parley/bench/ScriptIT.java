package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.report.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command that people use measures every server, and every server does its work. How fast they
 * are is not judged: the run is short and the machine is not quiet.
 */
class ScriptIT {

  private static final List<String> SERVERS = List.of("parley", "relay", "relay-batched", "peer");
  private static final List<String> PAIRS =
      List.of("parley-linkup", "parley-peerolator", "peerjs-to-linkup", "peerjs-to-peerolator",
          "linkup-to-peerolator");

  private static final List<String> CALLING =
      List.of("parley-calling", "parley-calling-rooms-of-10", "calling", "calling-rooms-of-10");

  /**
   * So few idle connections may need less memory than others let go of meanwhile, and the system
   * counts time in hundredths of a second.
   */
  private static final Set<Metric> MAY_BE_NOTHING =
      Set.of(
          Metric.IDLE_BYTES, Metric.KERNEL_WINDOW_8, Metric.KERNEL_WINDOW_1, Metric.CPU_OPEN,
          Metric.GENERATOR_LOAD);
  private static final int PATIENCE_SECONDS = 300;

  @TempDir private Path folder;

  @Test
  @Timeout(PATIENCE_SECONDS + 10)
  void givenTheRealServers_whenTheScriptRunsBriefly_thenEveryFigureOfEachIsThere()
      throws IOException, InterruptedException {
    Path json = folder.resolve("bench.json");

    String output = run("../scripts/bench", "--quick", "--real", "--json", json.toString());

    JsonNode found = new ObjectMapper().readTree(json.toFile());
    assertThat(found.at("/sound").asBoolean()).as(output).isTrue();
    for (String server : SERVERS) {
      assertThat(output).contains(" " + server + " ");
      for (Metric metric : metrics(found)) {
        JsonNode figure = found.at("/medians/" + server + "/" + metric);
        assertThat(figure.isNumber()).as("%s of %s in\n%s", metric, server, output).isTrue();
        assertThat(MAY_BE_NOTHING.contains(metric) || figure.asDouble() > 0)
            .as("%s of %s in\n%s", metric, server, output).isTrue();
      }
    }
  }

  @Test
  @Timeout(PATIENCE_SECONDS + 10)
  void givenTheOtherDialects_whenTheScriptRunsBriefly_thenSignalsOfEachPairArrive()
      throws IOException, InterruptedException {
    Path json = folder.resolve("bench.json");

    String output =
        run("../scripts/bench", "--quick", "--dialects", "--only", String.join(",", PAIRS),
            "--parts", "signals", "--json", json.toString());

    JsonNode found = new ObjectMapper().readTree(json.toFile());
    assertThat(found.at("/sound").asBoolean()).as(output).isTrue();
    for (String pair : PAIRS) {
      assertThat(found.at("/medians/" + pair + "/" + Metric.RATE_WINDOW_8).asDouble())
          .as("%s in\n%s", pair, output).isPositive();
    }
  }

  @Test
  @Timeout(PATIENCE_SECONDS + 10)
  void givenCallingAndItsOriginal_whenTheScriptRunsBriefly_thenTheyAreCompared()
      throws IOException, InterruptedException {
    Path json = folder.resolve("bench.json");

    String output =
        run("../scripts/bench", "--quick", "--dialects", "--real", "--only",
            String.join(",", CALLING), "--parts", "signals", "--json", json.toString());

    JsonNode found = new ObjectMapper().readTree(json.toFile());
    assertThat(found.at("/sound").asBoolean()).as(output).isTrue();
    assertThat(output).contains("parley-calling ÷ calling");
    for (String server : CALLING) {
      assertThat(found.at("/medians/" + server + "/" + Metric.RATE_WINDOW_8).asDouble())
          .as("%s in\n%s", server, output).isPositive();
    }
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path said = folder.resolve("output");
    Process process = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("ended; it says\n%s", Files.readString(said)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(said)).isZero();
      return Files.readString(said);
    } finally {
      process.destroy();
    }
  }

  /** All, but for those that need more cores than there are. */
  private static List<Metric> metrics(JsonNode found) {
    boolean twoCores = found.at("/cores").has("serverTwo");
    return List.of(Metric.values()).stream()
        .filter(metric -> twoCores
            || (metric != Metric.RATE_TWO_CORES && metric != Metric.GAIN_TWO_CORES))
        .toList();
  }
}
