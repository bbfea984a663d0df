package dev.parley.server;

import dev.parley.config.CertificateFiles;
import dev.parley.config.ConfigurationException;
import dev.parley.net.tls.TlsOptions;
import dev.parley.server.config.ConfigurationLoader;
import dev.parley.server.config.LoadedConfiguration;
import dev.parley.server.config.ParleyOptions;
import dev.parley.server.logging.LogbackSetup;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands of {@code parley}. Without one, it runs. */
@Command(
    name = "parley",
    description = "One signaling endpoint for every WebRTC fleet.",
    usageHelpAutoWidth = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Every key can also be set by an environment variable: PARLEY_LISTENERS_0_PORT.",
      "Exit codes: 0 after a clean stop, 2 for bad usage or configuration, 1 for a failed start."
    })
final class ParleyCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ParleyCommand.class);

  private final Surroundings surroundings;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean versionAsked;

  @Mixin private final ConfigurationArguments arguments = new ConfigurationArguments();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  ParleyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return run();
  }

  /** Serves until asked to stop. */
  @Command(name = "run", description = "Run a node until it is asked to stop (the default).")
  int run() {
    PlugIns plugIns = surroundings.plugIns().get();
    ConfigurationLoader loader = loader(plugIns);
    LoadedConfiguration configuration = read(loader);
    LogbackSetup.apply(configuration.options().logging());
    List<String> objections = objections(configuration, plugIns);
    return new NodeProcess(surroundings.gateways(), surroundings.stop(), surroundings.out())
        .run(plugIns, configuration, () -> readAgain(loader, plugIns), objections);
  }

  /** Checks and prints the configuration. */
  @Command(
      name = "check",
      description = "Check the configuration and print all of it, secrets masked.")
  int check() {
    PlugIns plugIns = surroundings.plugIns().get();
    ConfigurationLoader loader = loader(plugIns);
    LoadedConfiguration configuration = read(loader);
    objections(configuration, plugIns)
        .forEach(said -> surroundings.err().println(OneLine.of("parley: warning: " + said)));
    surroundings.out().print(loader.print(configuration.options()));
    return ExitCode.OK;
  }

  /** Prints the hash of a key, and the key, if it is a new one. */
  @Command(
      name = "hash-key",
      description = "Print the hash of a key for the policy keys; the key comes from standard"
          + " input, so that it stands in no history and no list of processes.")
  int hashKey(
      @Option(
          names = "--new",
          description = "Draw a new key by chance, and print it, too.") boolean isNew)
      throws IOException {
    if (isNew) {
      String key = ApiKeys.draw();
      surroundings.out().println("key: " + key);
      surroundings.out().println("hash: " + ApiKeys.hash(key));
    } else {
      surroundings.out().println(ApiKeys.hash(ApiKeys.read(surroundings.in())));
    }
    return ExitCode.OK;
  }

  /** Prints the version. */
  @Command(name = "version", description = "Print the version.")
  int version() {
    surroundings.out().println(Version.line());
    return ExitCode.OK;
  }

  /** Prints the usage, as --help does. */
  @Command(name = "help", description = "Show this help, or the help of a command.")
  int help(@Parameters(arity = "0..1", paramLabel = "COMMAND") @Nullable String about) {
    CommandLine all = command.commandLine();
    CommandLine asked = about == null ? all : all.getSubcommands().get(about);
    if (asked == null) {
      throw new ParameterException(all, "Unknown command '" + about + "'");
    }
    asked.usage(surroundings.out());
    return ExitCode.OK;
  }

  private static ConfigurationLoader loader(PlugIns plugIns) {
    return new ConfigurationLoader(plugIns.dialects(), plugIns.policies());
  }

  /** All that a start would check; what would be a warning then is one now. */
  private LoadedConfiguration readAgain(ConfigurationLoader loader, PlugIns plugIns) {
    LoadedConfiguration configuration = read(loader);
    objections(configuration, plugIns).forEach(objection -> LOG.warn("{}", objection));
    return configuration;
  }

  private LoadedConfiguration read(ConfigurationLoader loader) {
    return loader.read(arguments.sources(surroundings.environment()));
  }

  /** Warnings about the configuration, which do not prevent a start. */
  private List<String> objections(
      LoadedConfiguration configuration, PlugIns plugIns) {
    ParleyOptions options = configuration.options();
    try {
      surroundings.gateways().check(plugIns, options);
      List<String> found = new ArrayList<>(ForeignVariables.in(surroundings.environment()));
      for (int i = 0; i < options.listeners().size(); i++) {
        found.addAll(certificateObjections(i, options.listeners().get(i).tls()));
      }
      return found;
    } catch (ConfigurationException wrong) {
      throw configuration.placed(wrong);
    }
  }

  private static List<String> certificateObjections(int listener, @Nullable TlsOptions tls) {
    try {
      return tls == null ? List.of()
          : CertificateFiles.checkPair(tls.key(), tls.cert(), Instant.now());
    } catch (ConfigurationException wrong) {
      throw wrong.within("listeners." + listener + ".tls");
    }
  }
}
