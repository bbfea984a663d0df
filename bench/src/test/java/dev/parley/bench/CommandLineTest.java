package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "taskset and /proc")
class CommandLineTest {

  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  @Test
  void givenOneServerAndOnePart_whenRun_thenJustThatIsMeasured(@TempDir Path folder)
      throws IOException {
    Path json = folder.resolve("bench.json");

    int exit = Main.run("--quick", "--only", "relay", "--parts", "idle", "--idle", "20",
        "--json", json.toString());

    assertThat(exit).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("round 1 of 1, idle: relay\n");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(" relay |", "bytes per idle");
    assertThat(Files.readString(json)).contains("\"sound\" : true", "\"server\" : \"relay\"");
  }

  @Test
  void givenSomethingThatIsNotThere_whenAskedFor_thenItIsBadUsageAndSaysWhatThereIs() {
    for (List<String> wrong : List.of(
        List.of("--only", "peer"), List.of("--parts", "all"), List.of("--rounds", "many"),
        List.of("--rounds", "0"), List.of("--cluster", "--nodes", "1"),
        List.of("--cluster", "--peers", "5"), List.of("--cluster", "--joins", "1"),
        List.of("--cluster", "--real"), List.of("--cluster", "--only", "parley"),
        List.of("--attacks", "--cluster"), List.of("--attacks", "--real"),
        List.of("--attacks", "--only", "parley"), List.of("--attacks", "--seconds", "0"))) {
      assertThat(Main.run(wrong.toArray(String[]::new))).as("%s", wrong).isEqualTo(2);
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(
        "--only: there is no 'peer' here; there is parley, relay, relay-batched",
        "--parts: there is no 'all' here; there is signals, idle",
        "rounds: a number from 1 expected", "nodes: different numbers from 2 expected",
        "peers: a number from 100 expected", "joins: a number from 2 expected",
        "--cluster measures Parley alone", "--attacks goes with --only, --quick",
        "there is tiny-fragments, empty-frames, ", "pairs, a rate and a time expected",
        "there is cluster-of-5, cluster-of-3, cluster-of-2, one-node, bare-script");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void givenAServerThatCannotStart_whenRun_thenTheExitCodeSaysSo() {
    String home = System.setProperty("bench.home", "/nowhere");
    try {
      assertThat(Main.run("--quick", "--only", "parley", "--parts", "idle")).isEqualTo(1);
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("FAILED:");
    } finally {
      if (home == null) {
        System.clearProperty("bench.home");
      } else {
        System.setProperty("bench.home", home);
      }
    }
  }
}
