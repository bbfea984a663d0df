package dev.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The diagrams of docs/architecture.md name classes and scripts that exist. */
class DiagramsTest {

  private static final Pattern DIAGRAM =
      Pattern.compile("(?ms)^```mermaid\\nsequenceDiagram\\n(.*?)^```$");
  /** A name of two or more words in one, as all types here have that a diagram shows. */
  private static final Pattern TYPE = Pattern.compile("\\b(?:[A-Z][a-z]+){2,}\\b");
  private static final Pattern SCRIPT = Pattern.compile("\\b[a-z-]+\\.lua\\b");

  @Test
  void givenTheDiagrams_whenHeldToTheSources_thenEachNameIsOneOfThem() throws IOException {
    List<String> diagrams = diagramsOf(Modules.read(Path.of("docs/architecture.md")));

    assertThat(diagrams).hasSizeGreaterThanOrEqualTo(3);
    Set<String> sources = Modules.sources();
    assertThat(sources).contains("SessionHost", "pipeline.lua");
    assertThat(diagrams).allSatisfy(
        diagram -> assertThat(sources).containsAll(namesIn(diagram)));
  }

  @Test
  void givenAPage_whenItsDiagramsAreRead_thenTheirNamesAreFound() {
    List<String> diagrams = diagramsOf("""
        A LocalHub in prose.

        ```mermaid
        flowchart BT
          server --> net
        ```

        ```mermaid
        sequenceDiagram
          participant hub as LocalHub
          hub->>redis: begin.lua, once, by an Envelope
        ```
        """);

    assertThat(diagrams).hasSize(1);
    assertThat(namesIn(diagrams.getFirst())).containsExactly("LocalHub", "begin.lua");
  }

  private static List<String> diagramsOf(String page) {
    return DIAGRAM.matcher(page).results().map(diagram -> diagram.group(1)).toList();
  }

  private static Set<String> namesIn(String diagram) {
    Set<String> names = TYPE.matcher(diagram).results().map(name -> name.group())
        .collect(Collectors.toCollection(TreeSet::new));
    SCRIPT.matcher(diagram).results().forEach(name -> names.add(name.group()));
    return names;
  }
}
