package dev.parley.bench;

import dev.parley.bench.attack.Attack;
import dev.parley.bench.attack.AttackCommand;
import dev.parley.bench.attack.Attacks;
import dev.parley.bench.cluster.ClusterPrograms;
import dev.parley.bench.cluster.RushCommand;
import dev.parley.bench.hub.HubCommand;
import dev.parley.bench.load.InnocentsCommand;
import dev.parley.bench.load.LoadCommand;
import dev.parley.bench.machine.AttackCores;
import dev.parley.bench.machine.ClusterCores;
import dev.parley.bench.machine.Commit;
import dev.parley.bench.machine.CorePlan;
import dev.parley.bench.machine.Cores;
import dev.parley.bench.machine.Jvm;
import dev.parley.bench.machine.Machine;
import dev.parley.bench.machine.Priority;
import dev.parley.bench.redis.BareScriptCommand;
import dev.parley.bench.relay.RelayCommand;
import dev.parley.bench.report.AttackReport;
import dev.parley.bench.report.AttackSetting;
import dev.parley.bench.report.ClusterSetting;
import dev.parley.bench.report.JsonReport;
import dev.parley.bench.report.Report;
import dev.parley.bench.report.Setting;
import dev.parley.bench.report.TextReport;
import dev.parley.bench.run.AttackTrials;
import dev.parley.bench.run.Bench;
import dev.parley.bench.run.ClusterTrials;
import dev.parley.bench.run.Part;
import dev.parley.bench.run.Parts;
import dev.parley.bench.run.Trial;
import dev.parley.bench.server.Contender;
import dev.parley.bench.server.Contenders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures servers side by side and prints the report. */
@Command(
    name = "scripts/bench",
    description = "Measure Parley and other servers side by side, on this machine.",
    subcommands = {
      LoadCommand.class, RelayCommand.class, BareScriptCommand.class, HubCommand.class,
      RushCommand.class, InnocentsCommand.class, AttackCommand.class},
    usageHelpAutoWidth = true,
    customSynopsis = {"scripts/bench [OPTION]…", ""},
    footer = {
      "",
      "Progress goes to standard error, the table to standard output. PARLEY_JAVA_OPTS reaches "
          + "Parley's JVM.",
      "Exit codes: 0 if all was measured and no server did anything wrong, and all attacks were "
          + "borne; 1 if not, 2 for bad usage."
    })
public final class BenchCommand implements Callable<Integer> {

  private static final String HOME = "bench.home";
  private static final int UNSOUND = 1;

  @Mixin private SettingArguments arguments = new SettingArguments();

  @Mixin private ClusterArguments cluster = new ClusterArguments();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  @Option(names = "--real",
      description = "Measure the npm package peer, too; with --dialects also calling-signaling.") private boolean real;

  @Option(names = "--dialects",
      description = "Measure pairs in and across other dialects, too.") private boolean dialects;

  @Option(names = "--attacks",
      description = "Attack a node with default configuration instead; --only takes attacks.") private boolean attacks;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SERVER",
      description = "Just these servers, by their names in the table.")
  @Nullable List<String> servers;

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "PART",
      description = "Just these parts: signals, idle, two-cores; with --cluster signals, peers, "
          + "rooms.")
  @Nullable List<String> parts;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write everything that was found there.")
  @Nullable Path json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty(HOME, "")).toAbsolutePath();
    Jvm jvm = new Jvm(Main.class);
    if (attacks) {
      return playAttacks(home, jvm);
    }
    return cluster.isWanted() ? measureClusters(home, jvm) : measureServers(home, jvm);
  }

  private int measureServers(Path home, Jvm jvm) throws IOException, InterruptedException {
    Cores allowed = Cores.allowed();
    CorePlan cores = CorePlan.of(allowed);
    Setting setting = setting();
    List<Contender> contenders =
        chosen("--only", servers, contenders(home, jvm), Contender::name);
    List<Part> chosenParts =
        chosen("--parts", parts, Parts.on(cores, setting, jvm), Part::name);
    Report.Subject subject =
        new Report.Subject(Machine.here(allowed), cores, Commit.of(home), setting, null);
    return measure(subject, Trial.each(contenders, chosenParts),
        Contenders.comparableWith(contenders.getFirst()));
  }

  private int measureClusters(Path home, Jvm jvm) throws IOException, InterruptedException {
    if (real || dialects) {
      throw misused("--cluster measures Parley alone, with PeerJS and calling");
    }
    Cores allowed = Cores.allowed();
    ClusterCores cores = ClusterCores.of(allowed);
    Setting setting = setting();
    ClusterSetting clusters = valid(() -> cluster.setting(arguments.isQuick()));
    List<Trial> trials = ClusterTrials.of(
        new ClusterPrograms(home, jvm, cluster.redisServer()), cores, setting, clusters);
    trials = chosen("--only", servers, trials, Trial::server);
    trials = chosen("--parts", parts, trials, Trial::part);
    Report.Subject subject = new Report.Subject(
        Machine.here(allowed), cores, Commit.of(home), setting, clusters);
    return measure(subject, trials, ClusterTrials.bases(clusters));
  }

  private int playAttacks(Path home, Jvm jvm) throws IOException, InterruptedException {
    if (real || dialects || cluster.isWanted() || parts != null) {
      throw misused("--attacks goes with --only, --quick, --seconds and --json alone");
    }
    Cores allowed = Cores.allowed();
    AttackSetting setting = valid(arguments::attackSetting);
    // Without a judgement of times, the attackers must make progress, however busy the machine is.
    AttackCores cores = AttackCores.of(
        allowed, setting.thorough() ? Priority.lowest() : Priority.USUAL);
    List<Attack> chosen = chosen("--only", servers, Attacks.ALL, Attack::name);
    AttackTrials.Outcome outcome = new AttackTrials(new Contenders(home, jvm).withDefaults(),
        cores, jvm, setting, System.err).play(chosen);
    AttackReport report = new AttackReport(
        new AttackReport.Subject(Machine.here(allowed), cores, Commit.of(home), setting),
        outcome.rows(), outcome.failures());
    System.out.println(report);
    if (json != null) {
      report.writeTo(json);
    }
    return report.isSound() ? 0 : UNSOUND;
  }

  private int measure(Report.Subject subject, List<Trial> trials, List<String> bases)
      throws IOException, InterruptedException {
    Bench.Outcome outcome = new Bench(trials, System.err).run(subject.setting().rounds());
    return tell(new Report(subject, outcome.runs(), outcome.failures()), bases);
  }

  private Setting setting() {
    return valid(arguments::setting);
  }

  private <T> T valid(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException wrong) {
      throw misused(String.valueOf(wrong.getMessage()));
    }
  }

  private ParameterException misused(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private List<Contender> contenders(Path home, Jvm jvm) throws IOException {
    Contenders all = new Contenders(home, jvm);
    List<Contender> contenders = new ArrayList<>(all.own());
    if (dialects) {
      contenders.addAll(all.dialects());
    }
    if (real) {
      contenders.addAll(all.real());
      if (dialects) {
        contenders.addAll(all.realDialects());
      }
    }
    return contenders;
  }

  /** The selected ones; all, if none is selected. */
  private <T> List<T> chosen(
      String option, @Nullable List<String> names, List<T> all, Function<T, String> name) {
    if (names == null) {
      return all;
    }
    List<String> known = all.stream().map(name).distinct().toList();
    for (String wanted : names) {
      if (!known.contains(wanted)) {
        throw misused(
            option + ": there is no '" + wanted + "' here; there is " + String.join(", ", known));
      }
    }
    return all.stream().filter(one -> names.contains(name.apply(one))).toList();
  }

  private int tell(Report report, List<String> bases) throws IOException {
    System.out.println(new TextReport(report, bases));
    if (json != null) {
      new JsonReport(report, bases).writeTo(json);
    }
    return report.isSound() ? 0 : UNSOUND;
  }
}
