package dev.parley.bench.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param command the program and its arguments
 * @param directory where it runs
 * @param variables what it finds in its environment beside what this process has there
 */
public record Launch(List<String> command, Path directory, Map<String, String> variables) {

  /** One without variables of its own, in the folder of this process. */
  public static Launch of(List<String> command) {
    return new Launch(command, Path.of("").toAbsolutePath(), Map.of());
  }

  /** Removes variables of the shell that would configure JVMs and servers. */
  ProcessBuilder builder() {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command)).directory(directory.toFile());
    builder.environment().keySet().removeIf(
        name -> name.startsWith("PARLEY_") || name.endsWith("_OPTIONS"));
    builder.environment().putAll(variables);
    return builder;
  }
}
