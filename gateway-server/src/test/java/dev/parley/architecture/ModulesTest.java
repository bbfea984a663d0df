package dev.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The modules, as their poms have them: who is compiled against whom, in which module a package is,
 * and that docs/architecture.md shows the same.
 */
class ModulesTest {

  /** So many files a package may have without a reason. */
  private static final int MAX_FILES = 15;

  private static final Pattern EDGE = Pattern.compile("(?m)^ *([a-z-]+) --> ([a-z& -]+)$");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ((?:`[a-z.]+`,? ?)+)\\|");
  private static final Pattern CODE = Pattern.compile("`([a-z.]+)`");

  static List<String> dialects() throws IOException {
    return Modules.all().stream().filter(module -> module.startsWith("dialect-")).toList();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void givenADialect_whenItsPomIsRead_thenItIsCompiledAgainstTheApiAlone(String dialect)
      throws IOException {
    assertThat(Modules.needs(dialect)).containsExactly("gateway-api");
  }

  @Test
  void givenTheApi_whenItsPomIsRead_thenItIsCompiledAgainstNoOtherModule() throws IOException {
    assertThat(Modules.needs("gateway-api")).isEmpty();
  }

  @Test
  void givenAPomThatNeedsOthers_whenItIsRead_thenTheyAreFoundAndThoseOfTestsAreNot()
      throws IOException {
    String pom = """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <dependencies>
            <dependency><groupId>dev.parley</groupId><artifactId>gateway-api</artifactId></dependency>
            <dependency>
              <groupId>dev.parley</groupId><artifactId>dialect-linkup</artifactId><scope>runtime</scope>
            </dependency>
            <dependency>
              <groupId>${project.groupId}</groupId><artifactId>dialect-calling</artifactId>
            </dependency>
            <dependency>
              <groupId>dev.parley</groupId><artifactId>gateway-testkit</artifactId><scope>test</scope>
            </dependency>
            <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId></dependency>
          </dependencies>
        </project>
        """;

    assertThat(Modules.needsIn(pom))
        .containsExactly("gateway-api", "dialect-linkup", "dialect-calling");
  }

  @Test
  void givenThePackagesOfAllModules_whenTheirHomesAreCounted_thenEachHasOne() throws IOException {
    Map<String, Set<String>> homes = new TreeMap<>();
    for (String module : Modules.all()) {
      for (String each : Modules.packages(module)) {
        homes.computeIfAbsent(each, name -> new TreeSet<>()).add(module);
      }
    }

    assertThat(homes).containsKeys("hub", "cluster", "net");
    assertThat(homes).allSatisfy((name, modules) -> assertThat(modules).as(name).hasSize(1));
  }

  @Test
  void givenTheDiagramOfModules_whenItIsHeldToThePoms_thenItHasEveryEdgeAndNoOther()
      throws IOException {
    Map<String, Set<String>> built = new TreeMap<>();
    for (String module : Modules.all()) {
      Set<String> needs = new TreeSet<>(Modules.needs(module));
      if (!needs.isEmpty()) {
        built.put(module, needs);
      }
    }

    assertThat(drawn(page())).isEqualTo(built);
  }

  @Test
  void givenADiagram_whenItIsRead_thenEachOfItsEdgesIsFound() {
    assertThat(drawn("""
        # Title

        ```mermaid
        flowchart BT
          server --> net & core
          net --> core
        ```

          other --> core
        """)).isEqualTo(Map.of("server", Set.of("net", "core"), "net", Set.of("core")));
  }

  @Test
  void givenTheTableOfPackages_whenItIsHeldToTheSources_thenEachIsInTheRowOfItsModule()
      throws IOException {
    Map<String, Set<String>> rows = new HashMap<>();
    for (MatchResult row : ROW.matcher(page()).results().toList()) {
      Set<String> named = rows.computeIfAbsent(row.group(1), module -> new TreeSet<>());
      CODE.matcher(row.group(2)).results().forEach(code -> named.add(code.group(1)));
    }

    for (String module : Modules.all()) {
      if (!module.equals("bench")) { // it is a program of its own, and has a page of its own
        assertThat(rows.getOrDefault(module, Set.of())).as(module)
            .isEqualTo(new TreeSet<>(Modules.packages(module)));
      }
    }
  }

  @Test
  void givenAPackageOfManyFiles_whenItIsRead_thenItSaysWhyItHasSoMany() throws IOException {
    Map<String, String> infos = Modules.largePackages(MAX_FILES);
    infos.keySet().removeIf(name -> name.startsWith("bench.")); // a program of its own

    assertThat(infos).containsKey("cluster.script");
    assertThat(infos).allSatisfy(
        (name, info) -> assertThat(info).as(name).containsPattern("Many\\s+.*classes, because"));
  }

  private static String page() throws IOException {
    return Modules.read(Path.of("docs/architecture.md"));
  }

  /** The edges of the first diagram of a page, by where they begin. */
  private static Map<String, Set<String>> drawn(String page) {
    int begin = page.indexOf("```mermaid");
    String diagram = page.substring(begin, page.indexOf("\n```\n", begin));
    return EDGE.matcher(diagram).results().collect(Collectors.toMap(
        edge -> edge.group(1),
        edge -> Stream.of(edge.group(2).split("&")).map(String::strip)
            .collect(Collectors.toCollection(TreeSet::new)),
        (one, other) -> {
          one.addAll(other);
          return one;
        },
        TreeMap::new));
  }
}
