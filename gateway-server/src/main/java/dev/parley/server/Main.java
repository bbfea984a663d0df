package dev.parley.server;

import java.nio.file.Path;

/** The entry of the process; see {@code parley --help}. */
public final class Main {
  /** Set by the launcher: the folder of the installation. */
  private static final String HOME = "parley.home";

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    ProcessStop stop = ProcessStop.install();
    Path dialects = Path.of(System.getProperty(HOME, ""), "dialects");
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
