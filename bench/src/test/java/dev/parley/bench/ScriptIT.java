package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.report.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The command that people use measures every server, and every server does its work. How fast they
 * are is not judged: the run is short and the machine is not quiet, not least because the tests run
 * side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
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
  /** What is said of nodes that share a Redis, of any of them. */
  private static final Set<Metric> OF_CLUSTERS =
      Stream.concat(EnumSet.range(Metric.REDIS_CPU_WINDOW_8, Metric.COMMIT_RETRIES).stream(),
          Stream.of(Metric.REDIS_LOAD)).collect(Collectors.toUnmodifiableSet());
  private static final Set<Metric> OF_NODES_WITH_SIGNALS = EnumSet.of(
      Metric.CPU_WINDOW_8, Metric.RATE_WINDOW_8, Metric.P50_OPEN, Metric.P99_OPEN,
      Metric.CPU_OPEN);
  private static final int PATIENCE_SECONDS = 900;

  /** What each attack must have brought about, whatever the node allows of it. */
  private static final Map<String, String> DEEDS = Map.ofEntries(
      Map.entry("tiny-fragments", "fragments of a byte"), Map.entry("empty-frames", "pings"),
      Map.entry("colliding-ids", "offers to ids of one hash code"),
      Map.entry("colliding-rooms", "rooms"), Map.entry("burst-to-a-victim", "offers of 250 kB"),
      Map.entry("callers-of-a-slow-reader", "signals"),
      Map.entry("rooms-that-nobody-is-in", "rooms"), Map.entry("rooms-of-a-realm", "rooms"),
      Map.entry("unfinished-messages", "unfinished messages"),
      Map.entry("padded-offers", "padded offers"),
      Map.entry("statuses-in-many-rooms", "memberships"),
      Map.entry("statuses-in-many-namespaces", "subscriptions"),
      Map.entry("joining-a-full-room", "members"),
      Map.entry("invitations", "rooms and invitations"),
      Map.entry("odd-handshakes", "handshakes"),
      Map.entry("many-requests-in-one-write", "requests"),
      Map.entry("silent-connections", "halves of a request"),
      Map.entry("slow-readers", "readers"));

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

  @Test
  @Timeout(PATIENCE_SECONDS + 10)
  void givenNodesThatShareARedis_whenTheScriptRunsBriefly_thenEveryFigureOfThemIsThere()
      throws IOException, InterruptedException {
    Path json = folder.resolve("bench.json");

    String output = run("../scripts/bench", "--quick", "--cluster", "--json", json.toString());

    JsonNode found = new ObjectMapper().readTree(json.toFile());
    assertThat(found.at("/sound").asBoolean()).as(output).isTrue();
    assertThat(output).contains("cluster-of-3 ÷ bare-script");
    for (Metric metric : OF_CLUSTERS) {
      assertThat(found.at("/medians/cluster-of-3/" + metric).isNumber())
          .as("%s in\n%s", metric, output).isTrue();
    }
    for (String server : List.of("cluster-of-3", "cluster-of-2", "one-node")) {
      for (Metric metric : OF_NODES_WITH_SIGNALS) {
        assertThat(found.at("/medians/" + server + "/" + metric).isNumber())
            .as("%s of %s in\n%s", metric, server, output).isTrue();
      }
    }
    // Every signal went through Redis, and none took more than one call; but nodes also send
    // heartbeats, and a run as short as this one has few signals.
    assertThat(found.at("/medians/cluster-of-3/" + Metric.REDIS_CALLS_OPEN).asDouble())
        .as(output).isPositive().isLessThan(1.5);
    assertThat(found.at("/medians/bare-script/" + Metric.REDIS_CALLS_WINDOW_8).asDouble())
        .as(output).isBetween(0.5, 2.0);
    // 30 users and three warm-ups: each join was written once, alone or with others.
    assertThat(found.at("/medians/cluster-of-3/" + Metric.COMMIT_RATE).asDouble())
        .as(output).isPositive();
  }

  @Test
  @Timeout(PATIENCE_SECONDS + 10)
  void givenAllAttacks_whenTheyArePlayedBriefly_thenEachDoesWhatItSaysAndNoInnocentLosesASignal()
      throws IOException, InterruptedException {
    Path json = folder.resolve("attacks.json");

    String output = run("../scripts/bench", "--attacks", "--quick", "--json", json.toString());

    JsonNode found = new ObjectMapper().readTree(json.toFile());
    assertThat(found.at("/sound").asBoolean()).as(output).isTrue();
    assertThat(found.at("/cores").has("attackers")).as(output).isTrue();
    assertThat(output).contains(found.at("/attackers").asText());
    assertThat(found.at("/attacks")).as(output).hasSize(DEEDS.size());
    for (JsonNode row : found.at("/attacks")) {
      JsonNode attack = row.at("/attack");
      String name = attack.at("/attack").asText();
      assertThat(DEEDS).containsKey(name);
      // On a machine so busy that the node refuses all attackers, nothing else can be asserted.
      if (!attack.at("/got").has("refused with 503")) {
        assertThat(attack.at("/did").path(DEEDS.get(name)).asLong())
            .as("%s in\n%s", name, output).isPositive();
      }
      assertThat(attack.at("/bytesSent").asLong()).as("%s in\n%s", name, output).isPositive();
      assertThat(row.at("/innocents/faults/lost").asLong()).as("%s in\n%s", name, output).isZero();
      assertThat(row.at("/innocents/sent").asLong()).as("%s in\n%s", name, output).isPositive();
      assertThat(row.at("/innocents/phases")).as("%s in\n%s", name, output).hasSize(5);
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
        .filter(metric -> !OF_CLUSTERS.contains(metric))
        .filter(metric -> twoCores || !metric.needsTwoCores())
        .toList();
  }
}
