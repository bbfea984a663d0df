package dev.parley.server;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entry of the process; see {@code parley --help}. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

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
            System.in,
            System.out,
            System.err,
            stop,
            () -> InstalledPlugIns.in(dialects),
            GatewayRuntime.FACTORY);
    stop.exit(run(new CommandRunner(surroundings), args));
  }

  /** A process that never calls {@link ProcessStop#exit} would hang in the shutdown hook. */
  private static int run(CommandRunner runner, String[] args) {
    try {
      return runner.run(args);
    } catch (Throwable broken) {
      System.err.println(OneLine.of("parley: failed: " + broken));
      LOG.error("Unexpected failure", broken);
      return ExitCode.FAILED;
    }
  }
}
