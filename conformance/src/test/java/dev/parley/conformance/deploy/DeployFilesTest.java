package dev.parley.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The linters and schemas of npm/check-deploy.mjs accept the files of deploy/, and reject wrong
 * ones.
 */
class DeployFilesTest {

  private static final Path DEPLOY = Path.of("..", "deploy");

  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(DEPLOY)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(DEPLOY.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private int check() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of("node", "npm/check-deploy.mjs", folder.toString()))
            .inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void givenTheFilesAsTheyAre_whenChecked_thenTheyAreInOrder() throws Exception {
    assertThat(check()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "kubernetes/parley.yaml, maxUnavailable: 1, maxUnavailabel: 1",
    "kubernetes/parley.yaml, replicas: 3, replicas: three",
    "docker/compose.yaml, depends_on:, depend_on:",
    "docker/Dockerfile, EXPOSE 9000, EXPOSE port"})
  void givenAMistake_whenChecked_thenItIsFound(String file, String right, String wrong)
      throws Exception {
    Path changed = folder.resolve(file);
    String text = Files.readString(changed);
    assertThat(text).contains(right);
    Files.writeString(changed, text.replace(right, wrong));

    assertThat(check()).isEqualTo(1);
  }
}
