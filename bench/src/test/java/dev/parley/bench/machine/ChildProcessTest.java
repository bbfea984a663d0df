package dev.parley.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "taskset and /proc")
class ChildProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void givenACommand_whenStarted_thenItRunsOnItsCoreAndItsLinesCanBeWaitedFor() throws Exception {
    int core = Cores.allowed().numbers().getLast();
    try (ChildProcess child = shell(
        "echo one; grep Cpus_allowed_list /proc/self/status; echo two 7; read x", Map.of())) {
      assertThat(child.awaitLine(Pattern.compile("Cpus_allowed_list:\\s*(.*)"), PATIENCE).group(1))
          .isEqualTo(Integer.toString(core));
      assertThat(child.awaitLine(Pattern.compile("^two (\\d)$"), PATIENCE).group(1))
          .isEqualTo("7");

      child.endInput();

      assertThat(child.awaitEnd(PATIENCE)).isEqualTo(1);
    }
  }

  @Test
  void givenAProcessThatEnds_whenALineIsAwaited_thenWhatItSaidLastIsReported() throws Exception {
    try (ChildProcess child = shell("echo this is wrong >&2; exit 3", Map.of())) {
      assertThatThrownBy(() -> child.awaitLine(Pattern.compile("ready"), PATIENCE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ended").hasMessageContaining("this is wrong");
      assertThatThrownBy(() -> child.awaitLine(Pattern.compile("ready"), PATIENCE))
          .isInstanceOf(IOException.class);
      assertThat(child.awaitEnd(PATIENCE)).isEqualTo(3);
    }
  }

  @Test
  void givenAProcessThatSaysNothing_whenALineIsAwaited_thenPatienceEnds() throws Exception {
    try (ChildProcess child = shell("read x", Map.of())) {
      assertThatThrownBy(() -> child.awaitLine(Pattern.compile("ready"), Duration.ofMillis(50)))
          .isInstanceOf(IOException.class).hasMessageContaining("nothing");
      assertThatThrownBy(() -> child.awaitEnd(Duration.ofMillis(50)))
          .isInstanceOf(IOException.class).hasMessageContaining("does not end");
    }
  }

  @Test
  void givenAProcess_whenClosed_thenItIsGone() throws Exception {
    ChildProcess child = shell("echo up; read x", Map.of());
    child.awaitLine(Pattern.compile("up"), PATIENCE);

    child.close();

    assertThat(child.handle().isAlive()).isFalse();
  }

  @Test
  void givenVariables_whenStarted_thenItHasItsOwnAndNoneThatWouldChangeWhatIsMeasured()
      throws Exception {
    try (ChildProcess child =
        shell("env | grep -c -e _OPTIONS= -e PARLEY_OTHER; echo $MINE.", Map.of("MINE", "yes"))) {
      child.awaitLine(Pattern.compile("^0$"), PATIENCE);
      child.awaitLine(Pattern.compile("^yes\\.$"), PATIENCE);
    }
  }

  @Test
  void givenAProcessWithAChild_whenItsTreeIsRead_thenItHasTheTimeAndMemoryOfBoth()
      throws Exception {
    String work = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
    try (ChildProcess child =
        shell("(" + work + "; echo done; read x) & sh -c 'read x' ; wait", Map.of())) {
      ProcessTree tree = new ProcessTree(child.handle());
      long alone = tree.residentBytes();
      child.awaitLine(Pattern.compile("^done$"), PATIENCE);

      assertThat(tree.cpu().total()).isGreaterThan(Duration.ofMillis(50));
      assertThat(alone).isPositive();
      assertThat(tree.peakBytes()).isGreaterThanOrEqualTo(tree.residentBytes());
    }
  }

  /** Children come and go all the time: sooner or later one ends between two looks at it. */
  @Test
  void givenAProcessWhoseChildrenEnd_whenItsTreeIsRead_thenThatIsNoFault() throws Exception {
    try (ChildProcess child = shell("while :; do (:) & wait; done", Map.of())) {
      ProcessTree tree = new ProcessTree(child.handle());

      for (int i = 0; i < 300; i++) {
        assertThat(tree.cpu().total()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(tree.residentBytes()).isPositive();
      }
    }
  }

  @Test
  void givenAProcessThatHasEnded_whenItsTreeIsRead_thenThatFails() throws Exception {
    ChildProcess child = shell("echo up; read x", Map.of());
    ProcessTree tree = new ProcessTree(child.handle());
    child.close();

    assertThatThrownBy(tree::cpu).isInstanceOf(IOException.class);
  }

  private static ChildProcess shell(String script, Map<String, String> variables)
      throws IOException {
    Launch launch =
        new Launch(List.of("sh", "-c", script), Path.of("").toAbsolutePath(), variables);
    return ChildProcess.start(
        "the shell", launch, Cores.of(List.of(Cores.allowed().numbers().getLast())));
  }
}
