package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sequence diagrams of docs/architecture.md name classes and scripts of the sources. */
class DiagramsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern DIAGRAM =
      Pattern.compile("(?ms)^```mermaid\\nsequenceDiagram\\n(.*?)^```$");
  private static final Pattern CLASS = Pattern.compile("\\b[A-Z][a-z]+(?:[A-Z][a-z]*)*\\b");
  private static final Pattern SCRIPT = Pattern.compile("\\b[a-z]+\\.lua\\b");
  private static final Pattern PARTICIPANT =
      Pattern.compile("(?m)^ *(?:participant|actor) (\\w+)");
  private static final Pattern END = Pattern.compile("(?m)^ *(\\w+)-[->x]+(\\w+):");

  /** Words with a capital that are no classes. */
  private static final Set<String> WORDS = Set.of("Note", "Redis");

  @Test
  void givenTheDiagrams_whenTheirNamesAreLookedUp_thenEachIsAClassOrAScript() throws IOException {
    List<String> diagrams = diagrams(Files.readString(ROOT.resolve("docs/architecture.md")));
    Set<String> sources = sources();

    assertThat(diagrams).hasSize(3);
    assertThat(diagrams).allSatisfy(diagram -> {
      assertThat(named(diagram)).hasSizeGreaterThan(4).isSubsetOf(sources);
      assertThat(undeclared(diagram)).isEmpty();
    });
  }

  @Test
  void givenADiagram_whenItsNamesAreRead_thenClassesScriptsAndEndsAreFound()
      throws IOException {
    String diagram = diagrams("""
        ```mermaid
        flowchart BT
          Other --> Another
        ```

        ```mermaid
        sequenceDiagram
          actor caller
          participant RemoteSender
          participant Redis as Redis: gone.lua
          caller->>RemoteSender: a SendCommand
          RemoteSender->>Stranger: lost
          RemoteSender--xother: lost
          Note over RemoteSender: nothing
        ```
        """).getFirst();

    assertThat(named(diagram)).containsExactly("RemoteSender", "SendCommand", "Stranger",
        "gone.lua");
    assertThat(undeclared(diagram)).containsExactly("Stranger", "other");
    assertThat(sources()).contains("SendCommand").doesNotContain("Stranger", "gone.lua");
  }

  private static List<String> diagrams(String page) {
    return DIAGRAM.matcher(page).results().map(found -> found.group(1)).toList();
  }

  private static Set<String> named(String diagram) {
    return Stream
        .concat(
            CLASS.matcher(diagram).results().map(MatchResult::group)
                .filter(name -> !WORDS.contains(name)),
            SCRIPT.matcher(diagram).results().map(MatchResult::group))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Ends of arrows that are no participants. */
  private static Set<String> undeclared(String diagram) {
    Set<String> ends = END.matcher(diagram).results()
        .flatMap(arrow -> Stream.of(arrow.group(1), arrow.group(2)))
        .collect(Collectors.toCollection(TreeSet::new));
    PARTICIPANT.matcher(diagram).results().forEach(each -> ends.remove(each.group(1)));
    return ends;
  }

  /** The names of all classes of main sources, and the files of all scripts of Redis. */
  private static Set<String> sources() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      Set<String> names = new TreeSet<>();
      for (Path main : modules.map(module -> module.resolve("src/main"))
          .filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(main)) {
          files.map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".java") || file.endsWith(".lua"))
              .forEach(file -> names.add(file.replaceFirst("\\.java$", "")));
        }
      }
      return names;
    }
  }
}
