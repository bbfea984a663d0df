package dev.parley.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has every key, and no other, with the default that the code has. */
class DocumentationTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z][A-Za-z0-9_.]*)` \\| [^|]+ \\| (–|`([^`|]*)`) \\| [^|]+ \\|");

  private static final ConfigurationLoader LOADER =
      ShippedPlugIns.loader();

  @Test
  void givenThePage_whenComparedWithTheCode_thenNeitherLacksAKeyNorDiffersInADefault()
      throws IOException {
    assertThat(documented()).isEqualTo(new TreeMap<>(KeyList.of(LOADER, "N", "NAME")));
  }

  @Test
  void givenTheWholeTable_whenRead_thenEveryRowOfAKeyWasUnderstood() throws IOException {
    long rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.matches("\\| `[a-zA-Z]+(\\.|` \\| (list|map|`)).*"))
            .count();

    assertThat(documented()).hasSize((int) rows);
  }

  @Test
  void givenAKey_whenWrittenAsAVariable_thenItIsFoundAndNoOther() {
    var names = new EnvironmentNames(LOADER.schema());

    KeyList.of(LOADER, "0", "name")
        .keySet()
        .forEach(
            key -> {
              String variable = "PARLEY_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
              assertThat(names.resolve(variable, LOADER.defaultTree())).hasToString(key);
            });
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String value = row.group(3) == null ? row.group(2) : row.group(3);
        assertThat(found.put(row.group(1), value)).as("second row of %s", row.group(1)).isNull();
      }
    }
    return found;
  }
}
