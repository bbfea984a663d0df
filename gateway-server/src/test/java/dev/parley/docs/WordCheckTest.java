package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits for words in CONTRIBUTING.md hold, and {@code scripts/check-words} enforces them. */
@Timeout(60)
class WordCheckTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String JAVA = "mod/src/main/java/A.java";

  @TempDir Path folder;

  @Test
  void givenTheSources_whenTheirWordsAreCounted_thenTheLimitsHold() throws Exception {
    assertThat(check(ROOT)).isEqualTo(new Result("", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "class A {} // nobody %s",
    "/* Somebody's. %s */",
    "/**\n * WHOEVER\n * %s\n */",
    "String a = \"\\\"\"; // anybody %s",
    "char a = '\"'; // everybody %s",
    "String a = \"\"\"\n    \\\"\"\" // text\n    \"\"\"; // nobody %s"})
  void givenTwoOfTheWordsInCommentsOfAModule_whenCounted_thenItFails(String source)
      throws Exception {
    write(JAVA, source.formatted("and somebody"));

    Result result = check(folder);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.text())
        .contains("check-words: mod: 2 times somebody, nobody, whoever, everybody, anybody")
        .contains("  " + JAVA + ":" + source.split("%s", -1)[0].lines().count() + ": somebody");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "String a = \"nobody // somebody\";",
    "String a = \"\\\" // somebody, nobody\";",
    "String a = \"\"\"\n    // nobody\n    /* somebody */\n    \"\"\";",
    "void nobody() { somebody('\\'', \"//\"); }",
    "// somebodyElse and isToldThatNobodyHas"})
  void givenTheWordsOutsideOfComments_whenCounted_thenTheyAreIgnored(String source)
      throws Exception {
    write(JAVA, source);

    assertThat(check(folder)).isEqualTo(new Result("", 0));
  }

  @Test
  void givenOneOfTheWordsInASmallModule_whenCounted_thenItIsAllowed() throws Exception {
    write(JAVA, "// Nobody is told.");

    assertThat(check(folder)).isEqualTo(new Result("", 0));
  }

  @Test
  void givenFiveOfTheOtherWords_whenCounted_thenItFailsWithEachLine() throws Exception {
    write(JAVA, "// told\n// Tell.\nint a;\n// tells, tells\n// told\n");

    Result result = check(folder);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.text()).contains("mod: 5 times told, tell, tells in 5 words").contains(
        "  " + JAVA + ":1: told\n", "  " + JAVA + ":2: tell\n", "  " + JAVA + ":4: tells\n",
        "  " + JAVA + ":5: told\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"// What becomes of it.", "/**\n * what\n * comes\n * of it\n */"})
  void givenThePhrase_whenCounted_thenOneIsTooMany(String source) throws Exception {
    write(JAVA, source);

    assertThat(check(folder).exit()).isEqualTo(1);
  }

  @Test
  void givenThePhraseWithCodeInBetween_whenCounted_thenItIsNone() throws Exception {
    write(JAVA, "// what\nint a;\n// comes of it\n");

    assertThat(check(folder).exit()).isZero();
  }

  @Test
  void givenManyWords_whenCounted_thenAsManyMoreAreAllowed() throws Exception {
    String words = "// nobody here\n" + "// word word word word word\n".repeat(2_000);
    write("mod/src/main/java/B.java", words);
    write("mod/src/main/java/C.java", words);
    write("mod/src/main/java/D.java", words);
    write(JAVA, "// nobody, nobody, nobody");

    assertThat(check(folder).exit()).as("6 of more than 30,000 words").isZero();

    write(JAVA, "// nobody, nobody, nobody, nobody");

    assertThat(check(folder).exit()).as("7 of as many").isEqualTo(1);
  }

  @Test
  void givenPages_whenCounted_thenTheirProseAloneCounts() throws Exception {
    write("docs/page.md", """
        Whoever reads `nobody` here.

            somebody in code

        ```java
        // somebody in code
        ```

        - A point
          that goes on

        """);
    assertThat(check(folder).exit()).isZero();

    write("docs/dialects/other.md", "- A point\n    that nobody breaks\n");

    Result result = check(folder);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.text()).contains("docs: 2 times",
        "  docs/page.md:1: whoever\n", "  docs/dialects/other.md:2: nobody\n");
  }

  @Test
  void givenScriptsOfRedisAndOfTheShell_whenCounted_thenTheirCommentsCount() throws Exception {
    write("mod/src/main/resources/a.lua", "local a = 'nobody' -- somebody\n-- nobody\n");
    write("conf/a.yaml", "a: nobody # somebody\n# nobody\n");

    assertThat(check(folder).text()).contains("mod: 2 times", "files: 2 times",
        "  mod/src/main/resources/a.lua:1: somebody\n", "  conf/a.yaml:2: nobody\n");
  }

  @Test
  void givenAFolderWithoutSources_whenCounted_thenItFails() throws Exception {
    assertThat(check(folder).exit()).isEqualTo(2);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text + "\n");
  }

  private static Result check(Path root) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("bash", ROOT.resolve("scripts/check-words").toString(),
        root.toString()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(text, process.waitFor());
  }

  /** What a run has printed, and its exit code. */
  private record Result(String text, int exit) {}
}
