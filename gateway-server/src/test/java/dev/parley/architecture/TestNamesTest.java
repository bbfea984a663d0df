package dev.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The names of tests in all modules: {@code given…_when…_then…}, or a sentence where a class plays
 * scenes, whose steps say the rest.
 */
class TestNamesTest {

  private static final Pattern TEST = Pattern.compile(
      "@(?:Test|ParameterizedTest|RepeatedTest|Property|TestFactory)\\b[\\s\\S]*?"
          + "\\b(?:void|boolean|Stream<[^;{]*>) +(\\w+)\\(");

  /** Texts, and characters: a quote is one. */
  private static final Pattern LITERAL = Pattern.compile(
      "\"\"\"[\\s\\S]*?\"\"\"|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"|'(?:\\\\.|[^'\\\\])'");

  private static final Pattern NAME =
      Pattern.compile("given[A-Z0-9]\\w*_when[A-Z0-9]\\w*_then[A-Z0-9]\\w*");

  /** What plays scenes: the test kit's stage and actors, also those of one dialect. */
  private static final Pattern SCENES = Pattern.compile("\\b(?:Actor|Differential|\\w*Stage)\\b");

  /** The tests in a source file whose names are of neither kind. */
  private static List<String> misnamed(String source) {
    String code = LITERAL.matcher(source).replaceAll("");
    if (SCENES.matcher(code).find()) {
      return List.of();
    }
    return TEST.matcher(code).results()
        .map(test -> test.group(1))
        .filter(name -> !NAME.matcher(name).matches())
        .toList();
  }

  @Test
  void givenAllTests_whenTheirNamesAreRead_thenEachSaysGivenWhenAndThenOrPlaysAScene()
      throws IOException {
    Map<Path, List<String>> misnamed = new TreeMap<>();
    Modules.tests().forEach((file, source) -> {
      List<String> names = misnamed(source);
      if (!names.isEmpty()) {
        misnamed.put(file, names);
      }
    });

    assertThat(misnamed).isEmpty();
  }

  @Test
  void givenATestNamedOtherwise_whenItIsRead_thenItIsFoundUnlessItPlaysAScene() {
    String source = """
        class TallyTest {
          @Test
          void itCounts() {}

          @ParameterizedTest
          @ValueSource(strings = {"a", "void b()"})
          void givenALetter_whenCounted_thenItIsOne(String letter) {}

          @Test
          void givenNothing_whenCounted() {}
        }
        """;

    assertThat(misnamed(source)).containsExactly("itCounts", "givenNothing_whenCounted");
    assertThat(misnamed(source + "// plays with an Actor")).isEmpty();
  }
}
