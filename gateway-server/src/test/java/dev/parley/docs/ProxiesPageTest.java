package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.parley.dialect.DialectProvider;
import dev.parley.server.config.ConfigurationLoader;
import dev.parley.server.config.ConfigurationSources;
import dev.parley.server.config.ParleyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/proxies.md shows all files of deploy/proxies, verbatim. */
class ProxiesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "proxies.md");
  private static final Path FILES = Path.of("..", "deploy", "proxies");
  private static final String FENCE = "```";

  /** The line before a block: the name of the file that is shown there. */
  private static final Pattern NAME = Pattern.compile("\\[deploy/proxies/([^]]+)].*:");

  @Test
  void givenThePage_whenComparedWithTheFiles_thenItShowsEachOfThemAsItIs() throws IOException {
    assertThat(shown(Files.readString(PAGE))).isEqualTo(files());
  }

  @Test
  void givenAPageThatShowsAnotherText_whenCompared_thenTheDifferenceIsSeen() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page).contains("proxy_read_timeout 90s;");

    assertThat(shown(page.replace("proxy_read_timeout 90s;", "proxy_read_timeout 60s;")))
        .isNotEqualTo(files());
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(FILES)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  private static Map<String, String> shown(String page) {
    Map<String, String> shown = new TreeMap<>();
    List<String> lines = page.lines().toList();
    for (int i = 0; i + 2 < lines.size(); i++) {
      Matcher name = NAME.matcher(lines.get(i));
      if (name.lookingAt() && lines.get(i + 2).startsWith(FENCE)) {
        List<String> block =
            lines.subList(i + 3, lines.size()).stream().takeWhile(line -> !line.equals(FENCE))
                .toList();
        shown.put(name.group(1), String.join("\n", block) + "\n");
      }
    }
    return shown;
  }

  @Test
  void givenTheNodesFile_whenLoaded_thenItIsSoundAndAProxyIsBelieved() {
    ParleyOptions options =
        new ConfigurationLoader(dialects())
            .load(ConfigurationSources.NONE.withFile(FILES.resolve("parley.yaml")));

    assertThat(options.proxies()).containsExactly("10.0.0.1");
    assertThat(options.listeners().getFirst().mount()).hasSize(dialects().size());
  }

  private static List<DialectProvider<?>> dialects() {
    List<DialectProvider<?>> dialects = new ArrayList<>();
    ServiceLoader.load(DialectProvider.class).forEach(dialects::add);
    return dialects;
  }

  /** No test runs Traefik, so at least the references in its files are valid. */
  @Test
  void givenTheFilesOfTraefik_whenRead_thenEveryNameInThemIsDefined() throws IOException {
    JsonNode fixed = new YAMLMapper().readTree(FILES.resolve("traefik.yml").toFile());
    JsonNode http =
        new YAMLMapper().readTree(FILES.resolve("traefik-parley.yml").toFile()).path("http");

    assertThat(fixed.at("/providers/file/filename").asText()).endsWith("/traefik-parley.yml");
    assertThat(http.path("routers")).hasSize(2).allSatisfy(router -> {
      assertThat(router.path("rule").asText()).contains("Host(`signal.example.org`)");
      assertThat(http.path("services").has(router.path("service").asText())).isTrue();
      assertThat(router.path("entryPoints")).isNotEmpty()
          .allMatch(name -> fixed.path("entryPoints").has(name.asText()));
      assertThat(router.path("middlewares")).isNotEmpty()
          .allMatch(name -> http.path("middlewares").has(name.asText()));
    });
    assertThat(http.at("/services/parley/loadBalancer/servers")).hasSize(2);
    assertThat(http.at("/services/parley/loadBalancer/healthCheck/path").asText()).isEqualTo("/");
  }
}
