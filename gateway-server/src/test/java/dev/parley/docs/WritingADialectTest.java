package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The code of docs/writing-a-dialect.md is, verbatim, that of {@link ExampleDialectTest}, and that
 * of docs/writing-a-policy.md that of {@link ExamplePolicyTest}.
 */
class WritingADialectTest {

  private static final Path PAGE = Path.of("../docs/writing-a-dialect.md");
  private static final Path PAGE_OF_POLICIES = Path.of("../docs/writing-a-policy.md");

  /** A comment that names a file of the example, perhaps a part of it, and the code block below. */
  private static final Pattern SHOWN =
      Pattern.compile("<!-- example: (\\S+)(?: (\\S+))? -->\n```\\w*\n(.*?)\n```\n",
          Pattern.DOTALL);

  private record Excerpt(String file, String part, String code) {}

  @Test
  void givenThePage_whenReadBesideTheExample_thenItShowsItsCode() throws IOException {
    assertShown(PAGE, ExampleDialect.SOURCES, 7);
  }

  @Test
  void givenThePageOfPolicies_whenReadBesideTheExample_thenItShowsItsCode() throws IOException {
    assertShown(PAGE_OF_POLICIES, ExamplePolicyTest.SOURCES, 6);
  }

  private static void assertShown(Path page, Path sources, int number) throws IOException {
    List<Excerpt> excerpts = excerpts(Files.readString(page));

    assertThat(excerpts).hasSize(number);
    for (Excerpt each : excerpts) {
      assertThat(each.code).as("%s %s", each.file, each.part)
          .isEqualTo(part(Files.readString(sources.resolve(each.file)), each.part));
    }
  }

  @Test
  void givenAPart_whenCutOut_thenItIsWhatStandsBetweenItsMarks() {
    assertThat(part("a\n  // doc:x\n  b {\n    c\n  }\n  // doc:end\n  d\n", "x"))
        .isEqualTo("b {\n  c\n}");
  }

  private static List<Excerpt> excerpts(String page) {
    List<Excerpt> excerpts = new ArrayList<>();
    Matcher shown = SHOWN.matcher(page);
    while (shown.find()) {
      String part = shown.group(2);
      excerpts.add(new Excerpt(shown.group(1), part == null ? "" : part, shown.group(3)));
    }
    return excerpts;
  }

  private static String part(String source, String part) {
    if (part.isEmpty()) {
      return source.stripTrailing();
    }
    String begin = "// doc:" + part + "\n";
    int from = source.indexOf(begin);
    assertThat(from).as("mark %s", part).isNotNegative();
    int to = source.indexOf("  // doc:end", from);
    return source.substring(from + begin.length(), to).stripTrailing().lines()
        .map(line -> line.startsWith("  ") ? line.substring(2) : line)
        .collect(Collectors.joining("\n"));
  }
}
