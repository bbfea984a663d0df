package dev.parley.bench;

import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The entry of the bench, and of the processes that it starts; see {@code scripts/bench --help}.
 */
public final class Main {

  private static final int FAILED = 1;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** The exit code of a command. */
  static int run(String... args) {
    return new CommandLine(new BenchCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::failed)
        .execute(args);
  }

  private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    System.err.println("bench: " + failure.getMessage());
    return FAILED;
  }
}
