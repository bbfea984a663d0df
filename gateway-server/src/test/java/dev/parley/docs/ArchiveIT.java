package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.parley.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The statements of docs/operations.md about the archive hold for the archive. */
@Timeout(300)
class ArchiveIT {

  /** The JVM's log text for a class from Parley's class archive. */
  private static final String ARCHIVED = "shared objects file (top)";

  @TempDir private Path folder;

  private Path home;

  @BeforeEach
  void unpack() throws Exception {
    home = Archive.unpackInto(folder);
  }

  private String launcher() {
    return home.resolve("parley").toString();
  }

  private String check(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher(), "check"));
    command.addAll(List.of(options));
    Archive.Outcome outcome = Archive.run(command.toArray(String[]::new));
    assertThat(outcome.exit()).as(outcome.said()).isZero();
    return outcome.said();
  }

  @Test
  void givenTheArchive_whenAskedForItsVersion_thenItIsTheOneInItsName() throws Exception {
    Archive.Outcome outcome = Archive.run(launcher(), "version");

    assertThat(outcome.exit()).isZero();
    assertThat(System.getProperty("parley.archive"))
        .endsWith("/parley-" + outcome.said().split(" ")[1] + ".tar.gz");
  }

  @Test
  void givenTheArchive_whenStarted_thenItServesAndIsHealthyAndStops() throws Exception {
    String healthy = home.resolve("deploy/healthy").toString();
    String port;
    try (ParleyProcess parley = start(Map.of())) {
      ParleyProcess.Ready ready = parley.awaitReady(folder);
      try (WireClient client =
          WireClient.connect(ready.socket("peerjs", "/peerjs?key=peerjs&token=t&id=anna"))) {
        assertThat(client.awaitTexts(1)).containsExactly("{\"type\":\"OPEN\"}");
      }
      port = Integer.toString(ready.of("management").getPort());
      assertThat(Archive.run(healthy, "/health/live", port).exit()).isZero();
      assertThat(Archive.run(healthy, "/health/ready", port).exit()).isZero();
      assertThat(Archive.run(healthy, "/health/absent", port).exit()).isNotZero();
      assertThat(parley.stop()).isZero();
    }
    assertThat(Archive.run(healthy, "/health/live", port).exit()).isNotZero();
    assertThat(home.resolve("parley.jsa")).exists();
  }

  @Test
  void givenAnInstallationThatCannotBeWrittenTo_whenStarted_thenItRunsWithoutAClassArchive()
      throws Exception {
    assertThat(classesLoadedByAStranger()).isNotEmpty().noneMatch(line -> line.contains(ARCHIVED));
    assertThat(home.resolve("parley.jsa")).doesNotExist();
  }

  @Test
  void givenOneThatWasPreparedBefore_whenStarted_thenItsClassArchiveIsUsed() throws Exception {
    Archive.Outcome prepared = Archive.run(launcher(), "prepare");
    assertThat(prepared.exit()).as(prepared.said()).isZero();

    assertThat(classesLoadedByAStranger()).anyMatch(line -> line.contains(ARCHIVED));
  }

  /**
   * Starts the installation as a user without write access to it, and returns where the JVM has
   * loaded its classes from.
   */
  private List<String> classesLoadedByAStranger() throws Exception {
    Path log = Files.createDirectory(folder.resolve("log")).resolve("classes");
    boolean mayDoAnything = Files.getOwner(home).getName().equals("root");
    Archive.run("chmod", "-R", mayDoAnything ? "a+rX" : "a-w", home.toString());
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(log.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    String[] stranger = mayDoAnything
        ? new String[] {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"}
        : new String[0];
    try (ParleyProcess parley =
        start(Map.of("PARLEY_JAVA_OPTS", "-Xlog:class+load:file=" + log), stranger)) {
      parley.awaitReady(folder);
      assertThat(parley.stop()).isZero();
    } finally {
      Archive.run("chmod", "-R", "u+w", home.toString());
    }
    return Files.readAllLines(log);
  }

  private ParleyProcess start(Map<String, String> environment, String... before)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(before));
    command.add(launcher());
    command.addAll(List.of(ParleyProcess.onFreePorts()));
    return ParleyProcess.run(folder, environment, command);
  }

  @Test
  void givenTheFilesForContainers_whenChecked_thenTheirConfigurationIsValid() throws Exception {
    YAMLMapper yaml = new YAMLMapper();
    List<JsonNode> manifests;
    try (MappingIterator<JsonNode> read =
        yaml.readerFor(JsonNode.class)
            .readValues(home.resolve("deploy/kubernetes/parley.yaml").toFile())) {
      manifests = read.readAll();
    }
    Path config = folder.resolve("parley.yaml");
    Files.writeString(config, manifests.getFirst().at("/data/parley.yaml").asText());
    assertThat(check("--config", config.toString())).contains("redis://parley-redis:6379");

    assertThat(check(defaultCommandOfTheImage())).contains("cluster:\n  redis: null\n");

    List<String> command = new ArrayList<>();
    yaml.readTree(home.resolve("deploy/docker/compose.yaml").toFile())
        .at("/services/parley/command").forEach(word -> command.add(word.asText()));
    command.replaceAll(word -> word.replace("/opt/parley", home.toString()));
    assertThat(check(command.toArray(String[]::new))).contains("redis://redis:6379");
  }

  /** The default arguments of the image. */
  private String[] defaultCommandOfTheImage() throws IOException {
    String file = Files.readString(home.resolve("deploy/docker/Dockerfile"));
    Matcher command = Pattern.compile("(?m)^CMD (\\[.*])$").matcher(file);
    assertThat(command.find()).isTrue();
    List<String> words = new ArrayList<>();
    new YAMLMapper().readTree(command.group(1)).forEach(word -> words.add(word.asText()));
    assertThat(words).first().isEqualTo("run");
    return words.subList(1, words.size()).toArray(String[]::new);
  }

  @Test
  void givenTheUnitOfSystemd_whenRead_thenAFailedStartIsTriedAgainAndAWrongConfigurationIsNot()
      throws IOException {
    assertThat(Files.readString(home.resolve("deploy/systemd/parley.service")))
        .contains("StartLimitIntervalSec=0\n", "Restart=on-failure\n",
            "RestartPreventExitStatus=2\n");
  }
}
