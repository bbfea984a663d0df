package dev.parley.conformance.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The container and Kubernetes files fit the schemas of those that read them, by {@code
 * deploy/check}. Nothing is built or started from them here.
 */
class DeployFilesTest {

  private static final Path DEPLOY = Path.of("").toAbsolutePath().resolveSibling("deploy");

  private record Outcome(int exit, String said) {}

  @Test
  void givenTheFiles_whenChecked_thenNothingIsWrong() throws Exception {
    List<Path> files = new ArrayList<>(
        List.of(DEPLOY.resolve("Dockerfile"), DEPLOY.resolve("compose.yaml")));
    try (Stream<Path> manifests = Files.list(DEPLOY.resolve("kubernetes"))) {
      manifests.forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThan(3);

    Outcome outcome = check(files.toArray(Path[]::new));

    assertThat(outcome.exit()).as(outcome.said()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Dockerfile, USER 10001, USR 10001",
    "Dockerfile, EXPOSE 9000, EXPOSE nine",
    "compose.yaml, depends_on:, depend_on:",
    "kubernetes/parley.yaml, replicas: 3, replicas: three",
    "kubernetes/parley.yaml, containerPort: 9000, containerPort: clients",
    "kubernetes/redis.yaml, kind: StatefulSet, kind: StatefulSat"})
  void givenAFileWithAMistake_whenChecked_thenItIsFound(
      String name, String right, String wrong, @TempDir Path folder) throws Exception {
    Path original = DEPLOY.resolve(name);
    String text = Files.readString(original);
    assertThat(text).contains(right);
    Path broken = folder.resolve(original.getFileName());
    Files.writeString(broken, text.replace(right, wrong));

    Outcome outcome = check(broken);

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.said()).startsWith(broken.toString());
  }

  private static Outcome check(Path... files) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("node", DEPLOY.resolve("check/check.mjs").toString()));
    for (Path file : files) {
      command.add(file.toString());
    }
    Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(node.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(node.waitFor(), said);
  }
}
