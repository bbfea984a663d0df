package dev.parley.server;

import dev.parley.dialect.DialectProvider;
import java.nio.file.Path;
import java.util.List;

/** Where the process begins. */
public final class Main {

  /** Where jars with more dialects are looked for; the launcher gives the folder beside itself. */
  private static final String DIALECTS_FOLDER = "parley.dialects";

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    List<DialectProvider<?>> providers =
        InstalledDialects.in(Path.of(System.getProperty(DIALECTS_FOLDER, "dialects")));
    ProcessStop stop = ProcessStop.install();
    Surroundings surroundings =
        new Surroundings(
            System.getenv(),
            System.out,
            System.err,
            stop,
            () -> providers,
            (options, vertx, metrics, readiness) -> new GatewayRuntime(providers, options, vertx,
                metrics));
    stop.exit(new CommandRunner(surroundings).run(args));
  }
}
