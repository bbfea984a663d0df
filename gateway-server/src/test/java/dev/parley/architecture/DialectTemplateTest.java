package dev.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dialects have one template: see docs/writing-a-dialect.md. */
class DialectTemplateTest {

  private static final List<String> ROLES = List.of(
      "DialectProvider", "Dialect", "Options", "Decoder", "Encoder", "Errors", "Interpreter",
      "ForeignPeers");

  /** Roles that a dialect may have for each kind of its clients. */
  private static final List<String> KINDS = List.of("HandshakeHandler", "Session");

  @ParameterizedTest
  @CsvSource({"peerjs, PeerJs", "linkup, Linkup", "calling, Calling", "peerolator, Peerolator"})
  void givenADialect_whenItsClassesAreListed_thenEachHasItsNameAndEachRoleIsThere(
      String dialect, String name) throws IOException {
    List<String> classes = classes(dialect);

    assertThat(classes).allSatisfy(each -> assertThat(each).startsWith(name));
    assertThat(classes).containsAll(ROLES.stream().map(name::concat).toList());
    for (String kind : KINDS) {
      assertThat(classes).as(kind).anyMatch(each -> each.endsWith(kind));
    }
  }

  private static List<String> classes(String dialect) throws IOException {
    Path sources = Path.of("..", "dialect-" + dialect, "src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      return files.map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".java") && !file.equals("package-info.java"))
          .map(file -> file.substring(0, file.length() - ".java".length()))
          .toList();
    }
  }
}
