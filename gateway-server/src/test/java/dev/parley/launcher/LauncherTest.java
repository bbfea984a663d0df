package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.parley.launcher.LauncherBed.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
class LauncherTest {

  private static final String TRIM = "-XX:TrimNativeHeapInterval=10000";

  private LauncherBed bed;

  @BeforeEach
  void setUp(@TempDir Path folder) throws IOException {
    bed = new LauncherBed(folder);
  }

  @Nested
  class TheJdk {

    @BeforeEach
    void aRunnable() throws IOException {
      bed.runnable();
    }

    @Test
    void givenSeveral_whenRun_thenTheNewestIsTaken() throws Exception {
      bed.jdk("a", "21.0.9");
      Path newest = bed.jdk("b", "25");
      bed.jdk("c", "17.0.15");
      bed.jdk("d", "1.8.0_412");

      assertThat(bed.run().out()).first().isEqualTo(newest.toString());
    }

    @Test
    void givenOneInAMacBundle_whenRun_thenItIsFound() throws Exception {
      Path bundled = bed.jdk("temurin-21.jdk/Contents/Home", "21.0.9");

      assertThat(bed.run().out()).first().isEqualTo(bundled.toString());
    }

    @Test
    void givenSeveralRoots_whenRun_thenAllAreLookedThrough() throws Exception {
      bed.jdk("one/a", "21.0.9");
      Path newest = bed.jdk("two/b", "24.0.1");
      Path roots = newest.getParent().getParent();
      bed.set("PARLEY_JDK_ROOTS", roots.resolve("one") + ":" + roots.resolve("two"));

      assertThat(bed.run().out()).first().isEqualTo(newest.toString());
    }

    @Test
    void givenJavaHomeOfTheSameAge_whenRun_thenJavaHomeIsTaken() throws Exception {
      bed.jdk("a", "25.0.3");
      Path mine = bed.jdk("elsewhere/mine", "25.0.1");
      bed.set("JAVA_HOME", mine.toString());

      assertThat(bed.run().out()).first().isEqualTo(mine.toString());
    }

    @Test
    void givenJavaHomeThatIsOlder_whenRun_thenTheNewestIsTaken() throws Exception {
      Path newest = bed.jdk("a", "25.0.3");
      bed.set("JAVA_HOME", bed.jdk("elsewhere/mine", "21.0.9").toString());

      assertThat(bed.run().out()).first().isEqualTo(newest.toString());
    }

    @Test
    void givenOneBehindALinkOnThePath_whenRun_thenItIsFound() throws Exception {
      Path path = bed.elsewhere();
      Path linked = bed.jdk("elsewhere/mine", "23.0.1");
      Files.createSymbolicLink(path.resolve("java"), linked.resolve("bin/java"));
      bed.set("PATH", path + ":" + System.getenv("PATH"));

      assertThat(bed.run().out()).first().isEqualTo(linked.toString());
    }

    @Test
    void givenNoneThatIsNewEnough_whenRun_thenOneLineSaysSo() throws Exception {
      bed.set("JAVA_HOME", bed.jdk("a", "17.0.15").toString());

      Outcome outcome = bed.run("run");

      assertThat(outcome.exit()).isEqualTo(1);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err()).singleElement().asString()
          .contains("JDK 21 or newer");
    }
  }

  @Nested
  class TheJvm {

    @BeforeEach
    void aRunnable() throws IOException {
      bed.runnable();
    }

    @Test
    void givenArguments_whenRun_thenTheyArriveAsTheyAre() throws Exception {
      bed.jdk("a", "21.0.9");

      Outcome outcome = bed.run("run", "--set", "a.b=x y", "");

      assertThat(outcome.out()).endsWith("dev.parley.server.Main", "run", "--set", "a.b=x y", "");
      assertThat(outcome.out()).containsSequence("-cp", bed.jar().getParent() + "/*");
      assertThat(outcome.out()).contains("-Dparley.home=" + bed.home());
    }

    @Test
    void givenAJdk_whenRun_thenTheLauncherBecomesIt() throws Exception {
      bed.jdk("a", "21.0.9");

      Outcome outcome = bed.run();

      assertThat(outcome.out()).element(1).isEqualTo(Long.toString(outcome.pid()));
    }

    @Test
    void givenASymbolicLinkElsewhere_whenRun_thenItFindsItsHome() throws Exception {
      Path elsewhere = bed.elsewhere();
      bed.jdk("a", "21.0.9");
      Path first = Files.createSymbolicLink(bed.home().resolve("alias"), Path.of("parley"));
      Path link = Files.createSymbolicLink(elsewhere.resolve("gateway"), first);

      Outcome outcome = bed.run(link, elsewhere);

      assertThat(outcome.out()).containsSequence("-cp", bed.jar().getParent() + "/*");
    }

    @Test
    void givenAnyJdk_whenRun_thenTheStartCompilesLittle() throws Exception {
      bed.jdk("a", "21.0.9");

      assertThat(bed.run().out())
          .contains("-XX:CompileThresholdScaling=4", "-Djdk.reflect.useNativeAccessorOnly=true");
    }

    @Test
    void givenJdk25_whenRun_thenObjectHeadersAreCompact() throws Exception {
      bed.jdk("a", "25.0.3");

      assertThat(bed.run().out())
          .contains("-XX:+UseCompactObjectHeaders", "-XX:+UseG1GC");
    }

    @Test
    void givenJdk21_whenRun_thenNoFlagThatItDoesNotKnow() throws Exception {
      bed.jdk("a", "21.0.9");

      assertThat(bed.run().out())
          .doesNotContain("-XX:+UseCompactObjectHeaders", TRIM);
    }

    @Test
    void givenGlibc_whenRun_thenMemoryThatIsFreedBesideTheHeapGoesBackToTheSystem()
        throws Exception {
      bed.jdk("a", "22.0.1");
      bed.set("OSTYPE", "linux-gnu");

      assertThat(bed.run().out()).contains(TRIM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux-musl", "darwin23"})
    void givenAnotherLibrary_whenRun_thenTheJvmIsNotAskedForWhatItWouldWarnOf(String system)
        throws Exception {
      bed.jdk("a", "25.0.3");
      bed.set("OSTYPE", system);

      assertThat(bed.run().out()).doesNotContain(TRIM);
    }

    @Test
    void givenOptionsThatNameACollector_whenRun_thenTheLauncherNamesNone() throws Exception {
      bed.jdk("a", "25.0.3");
      bed.set("PARLEY_JAVA_OPTS", "-Xmx1g -XX:+UseZGC");

      assertThat(bed.run().out())
          .doesNotContain("-XX:+UseG1GC")
          .containsSequence("-Xmx1g", "-XX:+UseZGC")
          .containsSubsequence("-XX:+UseZGC", "-cp");
    }
  }

  @Nested
  class TheRunnable {

    private final Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");

    @Test
    void givenNone_whenRun_thenItIsBuiltWithTheChosenJdkAndStandardOutputStaysClean()
        throws Exception {
      Path jdk = bed.jdk("a", "21.0.9");
      bed.sources(longAgo);

      Outcome outcome = bed.run("version");

      assertThat(outcome.exit()).isZero();
      assertThat(outcome.err()).containsExactly(
          "parley: building, because there is no runnable yet (the first time, Maven fetches"
              + " libraries as well)",
          bed.home().toString(),
          jdk.toString(),
          "parley: laying classes out, so that starts are fast");
      assertThat(outcome.out()).first().isEqualTo(jdk.toString());
      assertThat(outcome.out()).last().isEqualTo("version");
    }

    @Test
    void givenWhatMavenPrints_whenBuilt_thenThereIsALineForEachModuleAndErrorsAreWhole()
        throws Exception {
      bed.jdk("a", "21.0.9");
      bed.sources(longAgo);
      bed.mavenThatPrints("""
          \033[0m\033[0m[INFO] Scanning for projects...
          [INFO] Building Parley :: Core 0.1.0-SNAPSHOT                       [2/8]
          [INFO]   from gateway-core/pom.xml

          [WARNING] something that no start depends on
          [INFO] Building Parley :: PeerJS dialect 0.1.0-SNAPSHOT             [4/8]
          [ERROR] A.java:[3,1] not a statement
          \033[0m
          """);

      assertThat(bed.run("version").err()).containsExactly(
          "parley: building, because there is no runnable yet (the first time, Maven fetches"
              + " libraries as well)",
          "parley:   Core (2 of 8)",
          "parley:   PeerJS dialect (4 of 8)",
          "[ERROR] A.java:[3,1] not a statement",
          "parley: laying classes out, so that starts are fast");
    }

    @Test
    void givenOneThatIsNewer_whenRun_thenNothingIsBuilt() throws Exception {
      bed.jdk("a", "21.0.9");
      bed.sources(longAgo);
      bed.runnable();

      assertThat(bed.run().err()).isEmpty();
    }

    @Test
    void givenOneJustBuilt_whenRunAgain_thenNothingIsBuilt() throws Exception {
      bed.jdk("a", "21.0.9");
      bed.sources(longAgo);
      bed.run();

      assertThat(bed.run().err()).isEmpty();
    }

    @Test
    void givenSourcesThatAreNewer_whenRun_thenItIsBuiltAfresh() throws Exception {
      bed.jdk("a", "21.0.9");
      bed.runnable();
      Path stale = Files.createFile(bed.jar().resolveSibling("stale.jar"));
      bed.sources(Instant.now().plusSeconds(3600));

      assertThat(bed.run().err()).first().asString().contains("sources are newer");
      assertThat(stale).doesNotExist();
    }

    @Test
    void givenASourceThatWentAway_whenRun_thenItIsBuiltAfresh() throws Exception {
      bed.jdk("a", "21.0.9");
      bed.sources(longAgo);
      bed.run();
      Files.setLastModifiedTime(bed.jar(), FileTime.from(longAgo));
      Files.setLastModifiedTime(bed.jar().resolveSibling("../built"),
          FileTime.from(longAgo));
      Files.delete(bed.source());

      assertThat(bed.run().err()).first().asString().contains("sources are newer");
    }

    @Test
    void givenNeitherSourcesNorARunnable_whenRun_thenOneLineSaysSo() throws Exception {
      bed.jdk("a", "21.0.9");

      Outcome outcome = bed.run();

      assertThat(outcome.exit()).isEqualTo(1);
      assertThat(outcome.err()).singleElement().asString().contains("neither");
    }
  }

  @Test
  void givenABuildThatFails_whenRun_thenTheLauncherSaysSoAndStartsNothing() throws Exception {
    bed.jdk("a", "21.0.9");
    bed.sources(Instant.now());
    bed.failingMaven();

    Outcome outcome = bed.run();

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).last().asString().contains("the build failed");
  }

  @Nested
  class ASignal {

    private static final int BY_SIGNAL = 128;

    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15", "HUP, 1"})
    void givenMavenAtWork_whenTheLauncherIsEnded_thenMavenEndsTooAndNoHalfRunnableIsLeft(
        String signal, int number) throws Exception {
      assumeThat(bed.reaches(signal)).isTrue();
      bed.jdk("a", "21.0.9");
      bed.sources(Instant.now());
      bed.endlessMaven();
      Process launcher = bed.start();
      bed.awaitEndless();

      LauncherBed.signal(signal, launcher);

      assertThat(bed.outcome(launcher).exit()).isEqualTo(BY_SIGNAL + number);
      assertThat(bed.ended()).exists();
      assertThat(bed.jar().getParent()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15", "HUP, 1"})
    void givenAGatewayThatTrains_whenTheLauncherIsEnded_thenTheGatewayEndsTooAndTheRunnableStays(
        String signal, int number) throws Exception {
      assumeThat(bed.reaches(signal)).isTrue();
      bed.endlessJdk("a", "21.0.9");
      bed.sources(Instant.now());
      Process launcher = bed.start();
      bed.awaitEndless();

      LauncherBed.signal(signal, launcher);

      Outcome outcome = bed.outcome(launcher);
      assertThat(outcome.exit()).isEqualTo(BY_SIGNAL + number);
      assertThat(outcome.err()).first().asString().contains("building");
      assertThat(bed.ended()).exists();
      assertThat(bed.jar()).exists();
    }
  }

  @Test
  void givenAScriptThatSourcesIt_whenRun_thenItGetsTheFunctionsAndNothingIsStarted()
      throws Exception {
    bed.runnable();
    Path newest = bed.jdk("a", "25.0.3");
    Path script = bed.home().resolve("other");
    Files.writeString(script, """
        #!/usr/bin/env bash
        . "$(dirname "$0")/parley"
        choose_jdk
        choose_flags
        echo "$home $java_home ${flags[0]}"
        """);
    assertThat(script.toFile().setExecutable(true)).isTrue();

    Outcome outcome = bed.run(script, bed.elsewhere());

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .containsExactly(bed.home() + " " + newest + " --enable-native-access=ALL-UNNAMED");
  }
}
