package dev.parley.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jazzer, a coverage-guided fuzzer, on each target in a process of its own, two at a time. An input
 * that causes a fault is in {@code target/fuzz/NAME/found}, and belongs into the target's seeds,
 * where every build runs it.
 */
@Tag("fuzz")
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {

  private static final int SECONDS = Integer.getInteger("parley.fuzz.seconds", 60);
  private static final int RUNS = Integer.getInteger("parley.fuzz.runs", -1);

  /** The same for each build, so that one fails because of a change; 0 draws one. */
  private static final int SEED = Integer.getInteger("parley.fuzz.seed", 1);
  private static final String WANTED = System.getProperty("parley.fuzz.target", "");

  /** Jazzer starts, and stops, slowly on a busy machine. */
  private static final int MORE_SECONDS = 300;

  static Stream<Target> targets() {
    return Arrays.stream(Target.values())
        .filter(target -> target.name().contains(WANTED.toUpperCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void givenATarget_whenItIsFuzzed_thenNothingIsFound(Target target) throws Exception {
    Path place = Path.of("target/fuzz", target.type().getSimpleName()).toAbsolutePath();
    Files.createDirectories(place.resolve("corpus"));
    Files.createDirectories(place.resolve("found"));
    Path log = place.resolve("log");
    Process jazzer = new ProcessBuilder(command(target, place))
        .directory(place.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    try {
      assertThat(jazzer.waitFor((long) SECONDS + MORE_SECONDS, TimeUnit.SECONDS))
          .as("ends by itself").isTrue();
    } finally {
      jazzer.destroyForcibly();
    }
    assertThat(jazzer.exitValue()).as(() -> endOf(log)).isZero();
    assertThat(Files.readString(log)).containsPattern("Done [1-9][0-9]+ runs");
  }

  private static List<String> command(Target target, Path place) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(
        java, "-ea", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED",
        "-cp", classPath(), "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + target.type().getName(),
        "--instrumentation_includes=dev.parley.**",
        // Their findings, such as opened files, are not of interest here.
        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.**",
        "--reproducer_path=" + place.resolve("found"),
        "-artifact_prefix=" + place.resolve("found") + File.separator,
        "-max_total_time=" + SECONDS, "-runs=" + RUNS, "-seed=" + SEED, "-timeout=120",
        "-rss_limit_mb=3000",
        "-print_final_stats=1", place.resolve("corpus").toString(), target.folder().toString());
  }

  /** Surefire may have put the class path into a jar's manifest. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static String endOf(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
