package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between the pages of the documentation lead somewhere. */
class LinksTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  @Test
  void givenAllPages_whenTheirLinksAreFollowed_thenEachLeadsToAFileAndAHeading()
      throws IOException {
    List<Path> pages = pages();
    assertThat(pages).hasSizeGreaterThan(8);

    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      broken.addAll(broken(page, Files.readString(page)));
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void givenLinksToNothing_whenFollowed_thenTheyAreNamed() throws IOException {
    assertThat(broken(ROOT.resolve("README.md"),
        "[a](docs/absent.md) [b](docs/configuration.md#absent) [c](docs/configuration.md#limits)"))
        .containsExactly("README.md: docs/absent.md", "README.md: docs/configuration.md#absent");
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream
          .concat(Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")), docs)
          .filter(page -> page.toString().endsWith(".md"))
          .toList();
    }
  }

  private static List<String> broken(Path page, String text) throws IOException {
    List<String> broken = new ArrayList<>();
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      String target = link.group(1);
      if (!target.contains("://") && !leadsSomewhere(page, target)) {
        broken.add(ROOT.relativize(page) + ": " + target);
      }
    }
    return broken;
  }

  private static boolean leadsSomewhere(Path page, String target) throws IOException {
    int hash = target.indexOf('#');
    String file = hash < 0 ? target : target.substring(0, hash);
    Path found = file.isEmpty() ? page : page.resolveSibling(file);
    return Files.exists(found)
        && (hash < 0 || anchors(Files.readString(found)).contains(target.substring(hash + 1)));
  }

  /** The names that headings get on the web: lower case, a hyphen for a blank, no other marks. */
  private static List<String> anchors(String text) {
    return HEADING.matcher(text).results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
