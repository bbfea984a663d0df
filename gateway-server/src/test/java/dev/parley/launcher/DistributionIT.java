package dev.parley.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive that is given to people: unpacked where there are no sources and no Maven. */
@Timeout(120)
class DistributionIT {

  private static final Path ARCHIVE = Path.of(System.getProperty("parley.distribution"));
  private static final Pattern MANAGEMENT = Pattern.compile("management (http://[^ ,]+)");

  @TempDir Path folder;

  private Path home = Path.of("");

  @BeforeEach
  void unpack() throws Exception {
    run(folder, "tar", "xzf", ARCHIVE.toString());
    try (Stream<Path> unpacked = Files.list(folder)) {
      home = unpacked.filter(Files::isDirectory).toList().getFirst();
    }
  }

  @Test
  void givenTheArchive_whenUnpacked_thenEverythingIsInOneFolderThatIsNamedAfterTheVersion() {
    assertThat(home.getFileName().toString() + ".tar.gz")
        .isEqualTo(ARCHIVE.getFileName().toString());
    for (String each : List.of("parley", "lib", "conf/default.yaml", "conf/cluster.yaml",
        "docs/operations.md", "deploy/parley.service", "LICENSE", "README.md")) {
      assertThat(home.resolve(each)).exists();
    }
    assertThat(home.resolve("parley")).isExecutable();
  }

  @Test
  void givenTheArchive_whenAskedForItsVersion_thenSaysItWithoutBuildingAnything()
      throws Exception {
    assertThat(run(folder, launcher(), "version")).startsWith("parley ");
    assertThat(run(folder, launcher(), "check", "--config", home.resolve("conf/default.yaml")
        .toString())).contains("listeners");
  }

  @Test
  void givenTheArchive_whenStarted_thenServesUntilItIsToldToStop() throws Exception {
    Process parley = start(folder, launcher(), "--host", "127.0.0.1", "--port", "0", "--set",
        "management.port=0");
    try {
      String ready = parley.inputReader().readLine();
      Matcher management = MANAGEMENT.matcher(String.valueOf(ready));
      assertThat(management.find()).as("%s", ready).isTrue();
      assertThat(status(management.group(1) + "/health/ready")).isEqualTo(200);

      parley.destroy();

      assertThat(parley.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(parley.exitValue()).isZero();
      assertThat(home.resolve("parley.jsa")).isNotEmptyFile();
    } finally {
      parley.destroyForcibly();
    }
  }

  private String launcher() {
    return home.resolve("parley").toString();
  }

  private static int status(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static String run(Path where, String... command) throws Exception {
    Process process = start(where, command);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static Process start(Path where, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(where.toFile())
            .redirectError(where.resolve("stderr.txt").toFile());
    // What whoever runs the tests has set must not become part of them.
    builder.environment().keySet()
        .removeIf(name -> name.startsWith("PARLEY_") || name.endsWith("_OPTIONS"));
    return builder.start();
  }
}
