package dev.parley.server;

import dev.parley.config.ConfigurationException;
import dev.parley.server.config.Nearest;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line; every failure becomes one line on standard error and an exit code. */
final class CommandRunner {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

  private static final String EXPECTED = "; expected what parley --help shows";

  private final Surroundings surroundings;

  CommandRunner(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The exit code of the command. */
  int run(String... args) {
    return new CommandLine(new ParleyCommand(surroundings))
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(this::misused)
        .setExecutionExceptionHandler(this::failed)
        .execute(args);
  }

  private int misused(ParameterException wrong, String[] args) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      say(explain(unmatched));
    } else {
      say(message(wrong) + EXPECTED);
    }
    return ExitCode.USAGE;
  }

  private static String explain(UnmatchedArgumentException unmatched) {
    return PeerServerOptions.explain(unmatched.getUnmatched())
        .orElseGet(() -> message(unmatched) + EXPECTED + nearest(unmatched));
  }

  private static String nearest(UnmatchedArgumentException unmatched) {
    CommandSpec command = unmatched.getCommandLine().getCommandSpec();
    String first = unmatched.getUnmatched().getFirst();
    Stream<String> known =
        first.startsWith("-")
            ? command.optionsMap().keySet().stream()
            : command.subcommands().keySet().stream();
    return Nearest.to(first, known).map(meant -> ", perhaps " + meant).orElse("");
  }

  private int failed(Exception failure, CommandLine command, ParseResult parsed) {
    return switch (failure) {
      case ConfigurationException wrong -> {
        say(message(wrong));
        yield ExitCode.USAGE;
      }
      case StartException cannot -> {
        LOG.debug("The start failed", cannot);
        say("cannot start: " + cannot.getMessage());
        yield ExitCode.FAILED;
      }
      default -> {
        LOG.error("Unexpected failure", failure);
        say("failed: " + failure);
        yield ExitCode.FAILED;
      }
    };
  }

  private static String message(Exception wrong) {
    String message = wrong.getMessage();
    return message == null ? wrong.toString() : message;
  }

  private void say(String line) {
    surroundings.err().println(OneLine.of("parley: " + line));
  }
}
