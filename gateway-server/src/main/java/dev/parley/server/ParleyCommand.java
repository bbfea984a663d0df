package dev.parley.server;

import dev.parley.dialect.DialectProvider;
import dev.parley.server.config.ConfigurationLoader;
import dev.parley.server.config.ParleyOptions;
import dev.parley.server.logging.LogbackSetup;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands of {@code parley}. Without one, it runs. */
@Command(
    name = "parley",
    description = "One signaling endpoint for every WebRTC fleet.",
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Every key can also be set by an environment variable: PARLEY_LISTENERS_0_PORT.",
      "Exit codes: 0 after a clean stop, 2 for bad usage or configuration, 1 for a failed start."
    })
final class ParleyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final ConfigurationArguments arguments = new ConfigurationArguments();

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
    List<DialectProvider<?>> dialects = surroundings.dialects().get();
    ParleyOptions options = load(new ConfigurationLoader(dialects));
    LogbackSetup.apply(options.logging());
    return new NodeProcess(surroundings.gateways(), surroundings.stop(), surroundings.out())
        .run(dialects, options);
  }

  /** Says what would be served. */
  @Command(
      name = "check",
      description = "Check the configuration and print all of it, secrets masked.")
  int check() {
    var loader = new ConfigurationLoader(surroundings.dialects().get());
    surroundings.out().print(loader.print(load(loader)));
    return ExitCode.OK;
  }

  /** Says what this is. */
  @Command(name = "version", description = "Print the version.")
  int version() {
    surroundings.out().println(Version.line());
    return ExitCode.OK;
  }

  private ParleyOptions load(ConfigurationLoader loader) {
    return loader.load(arguments.sources(surroundings.environment()));
  }
}
