package dev.parley.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PriorityTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Launch SAY_NICENESS = Launch.of(List.of("sh", "-c", "echo is $(nice)"));

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "taskset")
  void givenTheLowestPriority_whenAProcessIsStarted_thenTheSystemGivesItThat() throws Exception {
    assumeThat(Priority.lowest()).isEqualTo(Priority.LOWEST);

    assertThat(niceness(Priority.LOWEST)).isEqualTo(19);
    assertThat(niceness(Priority.USUAL)).isLessThan(19);
  }

  @Test
  void givenASystem_whenAskedForItsLowestPriority_thenItIsTheUsualOneWithoutNice(
      @TempDir Path with, @TempDir Path without) throws IOException {
    Path nice = Files.createFile(with.resolve("nice"));
    assumeThat(nice.toFile().setExecutable(true)).isTrue();

    assertThat(Priority.lowest(Map.of("PATH", without + ":" + with)))
        .isEqualTo(Priority.LOWEST);
    assertThat(Priority.lowest(Map.of("PATH", without.toString()))).isEqualTo(Priority.USUAL);
    assertThat(Priority.lowest(Map.of())).isEqualTo(Priority.USUAL);
    assertThat(Priority.USUAL.of(SAY_NICENESS)).isEqualTo(SAY_NICENESS);
  }

  private static int niceness(Priority priority) throws Exception {
    try (ChildProcess child = ChildProcess.start(
        "the shell", priority.of(SAY_NICENESS), Cores.allowed())) {
      return Integer.parseInt(
          child.awaitLine(Pattern.compile("^is (\\d+)$"), PATIENCE).group(1));
    }
  }
}
