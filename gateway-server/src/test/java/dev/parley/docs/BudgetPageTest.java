package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.parley.cluster.RedisHub;
import dev.parley.config.ByteSize;
import dev.parley.net.limits.Limits;
import dev.parley.testkit.record.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/security.md has the upper bounds of the cost of untrusted clients, and the memory in deploy/
 * suffices for them.
 */
class BudgetPageTest {

  private static final Path PAGE = Path.of("..", "docs", "security.md");
  private static final Path DEPLOY = Path.of("..", "deploy");

  private static final Pattern TABLE =
      Pattern.compile("(?m)^\\| at most \\| one connection .*\n(?:\\|.*\n)+");
  private static final Pattern WITHOUT_TOTAL =
      Pattern.compile("(?m)^- held without a bound for the node: (.*)$");
  private static final Pattern PERCENTAGE = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");
  private static final Pattern UNIT = Pattern.compile("(\\d+)(Gi|g)");

  /** The collector needs a part of the heap that is free of live objects. */
  private static final double SHARE_OF_HEAP = 0.75;

  private static final Budget BUDGET = new Budget(Limits.DEFAULT);

  @Test
  void givenThePage_whenComparedWithTheDefaultLimits_thenItsTableIsWhatTheyAllow()
      throws IOException {
    assertThat(one(TABLE, Files.readString(PAGE)).group()).isEqualTo(BUDGET.table());
  }

  @Test
  void givenMemoryWithoutABoundForTheNode_whenThePageIsRead_thenItNamesAllOfIt()
      throws IOException {
    assertThat(WITHOUT_TOTAL.matcher(Files.readString(PAGE)).results().map(item -> item.group(1)))
        .containsExactlyElementsOf(BUDGET.withoutTotal());
  }

  @Test
  void givenTheMemoryOfAClusterNode_whenThePageIsRead_thenItSaysHowMuch() throws IOException {
    assertThat(Files.readString(PAGE).replaceAll("\\s+", " "))
        .contains("a node keeps up to " + (RedisHub.MAX_MEMORY >> 20) + " MiB of commands");
  }

  @Test
  void givenOtherLimits_whenComputed_thenTheTableIsAnotherOne() {
    assertThat(BUDGET.table()).contains("| held: what waits to be written | 16 MiB |");
    assertThat(
        new Budget(Records.with(Limits.DEFAULT, "outbound", ByteSize.ofMiB(2))).table())
        .contains("| held: what waits to be written | 8 MiB |");
  }

  @Test
  void givenTheImageAndTheManifests_whenTheyStartANode_thenItsHeapFitsWhatIsBoundedForAll()
      throws IOException {
    int ofImage = percentage(Files.readString(DEPLOY.resolve("docker/Dockerfile")));
    JsonNode pod = pod();

    assertThat(usable(composed(), ofImage)).isGreaterThan(BUDGET.totals(true))
        .isGreaterThan(BUDGET.totalsOfClusterNode())
        .isGreaterThan(BUDGET.totals(false));
    assertThat(usable(size(pod.at("/resources/limits/memory").asText()),
        percentage(options(pod)))).isGreaterThan(BUDGET.totals(true))
        .isGreaterThan(BUDGET.totalsOfClusterNode())
        .isGreaterThan(BUDGET.totals(false));
  }

  /** Of the heap, and of direct memory, which the JVM limits to the same size. */
  private static long usable(ByteSize container, int percentage) {
    return (long) (SHARE_OF_HEAP * container.bytes() * percentage / 100);
  }

  private static int percentage(String file) {
    return Integer.parseInt(one(PERCENTAGE, file).group(1));
  }

  private static ByteSize composed() throws IOException {
    JsonNode compose =
        new YAMLMapper().readTree(DEPLOY.resolve("docker/compose.yaml").toFile());
    return size(compose.at("/services/parley/deploy/resources/limits/memory").asText());
  }

  private static JsonNode pod() throws IOException {
    try (MappingIterator<JsonNode> documents = new YAMLMapper().readerFor(JsonNode.class)
        .readValues(DEPLOY.resolve("kubernetes/parley.yaml").toFile())) {
      while (documents.hasNext()) {
        JsonNode container = documents.next().at("/spec/template/spec/containers/0");
        if ("parley".equals(container.path("name").asText())) {
          return container;
        }
      }
    }
    throw new AssertionError("there is no container parley");
  }

  private static String options(JsonNode container) {
    for (JsonNode variable : container.path("env")) {
      if ("PARLEY_JAVA_OPTS".equals(variable.path("name").asText())) {
        return variable.path("value").asText();
      }
    }
    throw new AssertionError("there is no PARLEY_JAVA_OPTS");
  }

  private static ByteSize size(String text) {
    return ByteSize.ofMiB(1024L * Long.parseLong(one(UNIT, text).group(1)));
  }

  private static MatchResult one(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + pattern));
  }
}
