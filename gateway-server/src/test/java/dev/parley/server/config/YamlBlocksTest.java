package dev.parley.server.config;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations in the pages about it are read by the loader that reads a user's file. */
class YamlBlocksTest {
  private static final List<String> PAGES =
      List.of("configuration.md", "security.md", "gates.md", "turn.md");
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final ConfigurationLoader LOADER = ShippedPlugIns.loader();

  @TempDir Path folder;

  record Block(String place, String yaml) {
    @Override
    public String toString() {
      return place;
    }
  }

  static Stream<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (String name : PAGES) {
      Path page = Path.of("..", "docs", name);
      Matcher block = BLOCK.matcher(Files.exists(page) ? Files.readString(page) : "");
      while (block.find()) {
        blocks.add(new Block(name + " at " + block.start(), block.group(1)));
      }
    }
    return blocks.stream();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void givenAConfigurationOfAPage_whenLoaded_thenItIsSound(Block block) throws IOException {
    Path file = Files.writeString(folder.resolve("page.yaml"), block.yaml);

    assertThatCode(() -> LOADER.load(ConfigurationSources.NONE.withFile(file)))
        .as(block.place).doesNotThrowAnyException();
  }
}
