package dev.parley.server;

import java.nio.file.Path;

/** The entry of the process; see {@code parley --help}. */
public final class Main {
  /** Where jars with more dialects are looked for; the launcher gives the folder beside itself. */
  private static final String DIALECTS_FOLDER = "parley.dialects";

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    ProcessStop stop = ProcessStop.install();
    Path dialects = Path.of(System.getProperty(DIALECTS_FOLDER, "dialects"));
    var surroundings =
        new Surroundings(
            System.getenv(),
            System.out,
            System.err,
            stop,
            () -> InstalledDialects.in(dialects),
            GatewayRuntime::new);
    stop.exit(new CommandRunner(surroundings).run(args));
  }
}
