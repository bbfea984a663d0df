package dev.parley.group.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is counted for a realm against what its objects take in a JVM with fixed flags. */
class MemoryOfGroupsTest {

  private static final Map<String, Weighed> WEIGHED = new HashMap<>();

  /** So much of what is counted may be air. */
  private static final double MAX_RATIO = 1.25;

  /**
   * So much may be missing: padding, and what the JVM itself has added to the heap meanwhile, which
   * differs by some 150 kB from run to run.
   */
  private static final double MIN_RATIO = 0.95;

  private record Weighed(long heap, long counted) {
    double ratio() {
      return (double) counted / heap;
    }
  }

  @BeforeAll
  static void weigh() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m", "-XX:+UseSerialGC", "-XX:+UseCompressedOops",
        "-cp", System.getProperty("java.class.path"), WeighedGroups.class.getName())
        .redirectErrorStream(true).start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (words.length == 3 && words[0].matches("[A-Z_]+")) {
        WEIGHED.put(words[0], new Weighed(Long.parseLong(words[1]), Long.parseLong(words[2])));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WeighedGroups.Kind.class)
  void givenManyOfAKind_whenTheyAreWeighed_thenTheyAreCountedForWhatTheyTakeInMemory(
      WeighedGroups.Kind kind) {
    Weighed weighed = WEIGHED.get(kind.name());

    assertThat(weighed.ratio()).as(weighed.toString()).isBetween(MIN_RATIO, MAX_RATIO);
  }

  @Test
  void givenRoomsThatAreEmpty_whenTheyAreWeighed_thenEachTakesLessThanHalfAKilobyte() {
    assertThat(WEIGHED.get("EMPTY_ROOMS").heap()).isLessThan(30_000 * 512);
  }
}
