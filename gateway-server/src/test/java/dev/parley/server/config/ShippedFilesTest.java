package dev.parley.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.parley.config.Bound;
import dev.parley.config.Rate;
import dev.parley.net.ListenerOptions;
import dev.parley.net.MountOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of conf/ are read by the loader that reads a user's file. */
class ShippedFilesTest {
  private static final Path CONF = Path.of("..", "conf");
  private static final ConfigurationLoader LOADER =
      ShippedPlugIns.loader();

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void givenAFile_whenLoaded_thenItIsSound(Path file) {
    assertThat(load(file).listeners()).isNotEmpty();
  }

  @Test
  void givenTheDefaultFile_whenLoaded_thenItIsTheBuiltInDefaults() {
    assertThat(load(CONF.resolve("default.yaml"))).isEqualTo(LOADER.defaults());
  }

  @Test
  void givenTheDefaultFile_whenRead_thenItWritesEveryKeyOut() throws IOException {
    JsonNode written = new YAMLMapper().readTree(CONF.resolve("default.yaml").toFile());

    assertThat(KeyList.of(LOADER, "0", null).entrySet())
        .filteredOn(key -> !key.getValue().equals("–"))
        .allSatisfy(
            key -> {
              JsonNode at = written.at("/" + key.getKey().replace('.', '/'));
              assertThat(at.isMissingNode()).as("%s is not in the file", key.getKey()).isFalse();
            });
  }

  @Test
  void givenThePeerServerFile_whenLoaded_thenItServesThatAloneOnItsPort() {
    ParleyOptions options = load(CONF.resolve("peerjs-dropin.yaml"));

    assertThat(options.listeners())
        .containsExactly(
            new ListenerOptions(
                "0.0.0.0", 9000, null, List.of("*"), Map.of("peerjs", MountOptions.at("/"))));
    assertThat(options.dialects()).isEqualTo(LOADER.defaults().dialects());
  }

  @Test
  void givenTheFileForMeasuring_whenLoaded_thenNothingSlowsOrRefusesTheClientsOfABenchmark() {
    ParleyOptions options = load(CONF.resolve("bench.yaml"));

    assertThat(options.limits().rate()).isEqualTo(Rate.OFF);
    assertThat(options.limits().connections()).isEqualTo(Bound.OFF);
    assertThat(options.limits().connectionsPerAddress()).isEqualTo(Bound.OFF);
    assertThat(options.limits().connectionRate()).isEqualTo(Rate.OFF);
    assertThat(options.limits().requestRate()).isEqualTo(Rate.OFF);
    assertThat(options.listeners()).extracting(ListenerOptions::host).containsOnly("127.0.0.1");
  }

  private static ParleyOptions load(Path file) {
    return LOADER.load(ConfigurationSources.NONE.withFile(file));
  }
}
