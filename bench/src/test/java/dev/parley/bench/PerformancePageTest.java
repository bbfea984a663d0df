package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.attack.Attack;
import dev.parley.bench.attack.Attacks;
import dev.parley.bench.cluster.ClusterPrograms;
import dev.parley.bench.machine.ClusterCores;
import dev.parley.bench.machine.CorePlan;
import dev.parley.bench.machine.Cores;
import dev.parley.bench.machine.Jvm;
import dev.parley.bench.report.Setting;
import dev.parley.bench.run.ClusterTrials;
import dev.parley.bench.run.Part;
import dev.parley.bench.run.Parts;
import dev.parley.bench.run.Trial;
import dev.parley.bench.server.Contender;
import dev.parley.bench.server.Contenders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The pages speak of options, servers and parts that there are, and of all of them. */
class PerformancePageTest {

  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/performance.md");

  /** A line of code, a span of code. */
  private static final Pattern CODE = Pattern.compile("(?m)^ {4}(\\S.*)$|`([^`\n]+)`");
  private static final Pattern COMMAND =
      Pattern.compile("(?:[A-Z_]+=(?:\"[^\"]*\"|\\S*) )?scripts/bench\\b *([^#]*)(?:#.*)?");
  private static final Pattern OPTIONS = Pattern.compile("--[a-z].*");
  private static final Pattern SERVERS =
      Pattern.compile("\\| server \\| is \\|\n.*\n((?:\\|.*\n)+)");
  private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| ([^|]+) \\|");
  private static final Pattern HEADER = Pattern.compile("(?m)^(\\|.*)\n\\| -");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern PARAGRAPH = Pattern.compile("(?m)^\\*\\*([a-z-]+)\\.\\*\\*");
  private static final Pattern PARTS =
      Pattern.compile("Just these parts: ([a-z, -]+); with --cluster ([a-z, -]+)\\.");

  /** Enough for all parts. */
  private static final Cores CORES = Cores.parse("0-3");
  private static final Setting SETTING = new SettingArguments().setting();
  private static final Jvm JVM = new Jvm(Main.class);

  private final CommandLine bench = new CommandLine(new BenchCommand());
  private String page;
  private Contenders contenders;

  /** The packages are looked for, and nothing more: none has to be installed. */
  @BeforeEach
  void read(@TempDir Path home) throws IOException {
    page = Files.readString(PAGE);
    for (String npmPackage : List.of("peer", "calling-signaling")) {
      Files.createDirectories(home.resolve("conformance/npm/node_modules").resolve(npmPackage));
    }
    contenders = new Contenders(home, JVM);
  }

  @Test
  void givenAllPages_whenTheyShowACommand_thenItIsUnderstoodAndItsServersAndPartsExist()
      throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path each : pages()) {
      commands.addAll(commands(Files.readString(each)));
    }

    assertThat(commands).hasSizeGreaterThan(15).contains("--real --json bench.json");
    for (String command : commands) {
      assertThat(isUnderstood(command)).as(command).isTrue();
    }
  }

  @Test
  void givenThePage_whenItNamesOptions_thenTheyExist() throws IOException {
    List<String> named = code(page).filter(OPTIONS.asMatchPredicate()).toList();

    assertThat(named).hasSizeGreaterThan(8).contains("--warm-up", "--only parley,relay");
    for (String options : named) {
      if (options.contains(" ")) {
        assertThat(isUnderstood(options) || isUnderstood("--cluster " + options)).as(options)
            .isTrue();
      } else {
        assertThat(bench.getCommandSpec().findOption(options)).as(options).isNotNull();
      }
    }
  }

  @Test
  void givenThePageOrTheHelpThatItPointsTo_whenRead_thenEveryOptionIsThere() {
    String help = bench.getUsageMessage();

    assertThat(page).contains("`scripts/bench --help` lists what can be changed");
    assertThat(bench.getCommandSpec().options()).hasSizeGreaterThan(15)
        .extracting(OptionSpec::longestName)
        .allSatisfy(option -> assertThat(page + help).containsPattern(option + "\\b"));
    assertThat(bench.getCommandSpec().options())
        .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
  }

  @Test
  void givenTheTablesOfServers_whenComparedWithTheCode_thenNeitherLacksOne() throws IOException {
    List<MatchResult> tables = SERVERS.matcher(page).results().toList();

    assertThat(tables).hasSize(2);
    assertThat(servers(tables.get(0).group(1))).isEqualTo(contenderNames());
    assertThat(servers(tables.get(1).group(1))).isEqualTo(clusterNames());
  }

  @Test
  void givenTheTableOfAttacks_whenComparedWithTheCode_thenItHasEachInItsWords() {
    String table = Attacks.ALL.stream()
        .map(attack -> "| `" + attack.name() + "` | " + attack.inWords() + " |\n")
        .collect(Collectors.joining());

    assertThat(page).contains("| attack | what the attackers do |\n| --- | --- |\n" + table);
  }

  @Test
  void givenTheTablesOfFigures_whenTheirColumnsNameServers_thenTheyExist() throws IOException {
    Set<String> columns = new TreeSet<>();
    HEADER.matcher(page).results().forEach(header -> columns.addAll(names(header.group(1))));

    assertThat(columns).contains("parley", "relay", "calling");
    assertThat(contenderNames()).containsAll(columns);
  }

  @Test
  void givenTheHelpAndThePage_whenTheyNameParts_thenTheyNameAll() throws IOException {
    String help = String.join(" ", bench.getCommandSpec().findOption("--parts").description());
    MatchResult parts = PARTS.matcher(help).results().findFirst().orElseThrow();

    assertThat(parts.group(1).split(", ")).containsExactlyElementsOf(partNames());
    assertThat(parts.group(2).split(", ")).containsExactlyElementsOf(clusterPartNames());
    assertThat(PARAGRAPH.matcher(page).results().map(each -> each.group(1)))
        .containsExactlyElementsOf(clusterPartNames());
  }

  @Test
  void givenACommandWithSomethingThatIsNotThere_whenChecked_thenItIsFound() throws IOException {
    for (String wrong : List.of("--reel", "--only parlay", "--parts two-core", "--rounds many",
        "--parts rooms", "--attacks --only parley", "--cluster --parts idle",
        "--cluster --nodes 2 --only cluster-of-4")) {
      assertThat(isUnderstood(wrong)).as(wrong).isFalse();
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
          Stream.of("README.md", "CONTRIBUTING.md", "conformance/README.md").map(ROOT::resolve),
          docs.filter(path -> path.toString().endsWith(".md"))).toList();
    }
  }

  private static Stream<String> code(String text) {
    return CODE.matcher(text).results()
        .map(code -> code.group(1) == null ? code.group(2) : code.group(1));
  }

  /** What stands behind {@code scripts/bench}. */
  private static List<String> commands(String text) {
    return code(text).map(COMMAND::matcher).filter(command -> command.matches())
        .map(command -> command.group(1).strip()).toList();
  }

  private boolean isUnderstood(String options) throws IOException {
    String[] words =
        Arrays.stream(options.split(" +")).filter(word -> !word.isEmpty()).toArray(String[]::new);
    try {
      ParseResult parsed = bench.parseArgs(words);
      boolean cluster = parsed.hasMatchedOption("--cluster");
      if (parsed.hasMatchedOption("--attacks")) {
        return attackNames().containsAll(parsed.matchedOptionValue("--only", List.of()));
      }
      List<String> servers = parsed.matchedOptionValue("--only", List.of());
      List<String> parts = parsed.matchedOptionValue("--parts", List.of());
      return (cluster ? clusterNames() : contenderNames()).containsAll(servers)
          && (cluster ? clusterPartNames() : partNames()).containsAll(parts);
    } catch (ParameterException wrong) {
      return false;
    }
  }

  /** The names in the first column of a table; {@code -3} is short for the one before it. */
  private static Set<String> servers(String rows) {
    Set<String> servers = new TreeSet<>();
    FIRST_COLUMN.matcher(rows).results().forEach(cell -> {
      String before = "";
      for (String name : names(cell.group(1))) {
        before = name.startsWith("-") ? before.replaceFirst("-\\d+$", name) : name;
        servers.add(before);
      }
    });
    return servers;
  }

  private static List<String> names(String text) {
    return NAME.matcher(text).results().map(name -> name.group(1)).toList();
  }

  private Set<String> contenderNames() throws IOException {
    Set<String> names = new TreeSet<>();
    for (List<Contender> some : List.of(contenders.own(), contenders.dialects(), contenders.real(),
        contenders.realDialects())) {
      some.forEach(contender -> names.add(contender.name()));
    }
    return names;
  }

  private static List<String> partNames() {
    return Parts.on(CorePlan.of(CORES), SETTING, JVM).stream().map(Part::name).toList();
  }

  private static Set<String> attackNames() {
    return new TreeSet<>(Attacks.ALL.stream().map(Attack::name).toList());
  }

  private static Set<String> clusterNames() {
    return new TreeSet<>(trials().stream().map(Trial::server).toList());
  }

  private static List<String> clusterPartNames() {
    return trials().stream().map(Trial::part).distinct().toList();
  }

  private static List<Trial> trials() {
    return ClusterTrials.of(new ClusterPrograms(ROOT, JVM, Path.of("redis-server")),
        ClusterCores.of(CORES), SETTING, new ClusterArguments().setting(false));
  }
}
