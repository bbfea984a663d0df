package dev.parley.bench.machine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Scheduling priority of a process. */
public enum Priority {

  /** As any other. */
  USUAL("the usual priority"),

  /** Behind all others. */
  LOWEST("the lowest priority, nice -n 19");

  private static final List<String> NICE = List.of("nice", "-n", "19");

  private final String inWords;

  Priority(String inWords) {
    this.inWords = inWords;
  }

  /** The lowest one that this system has: the usual one if there is no {@code nice}. */
  public static Priority lowest() {
    return lowest(System.getenv());
  }

  static Priority lowest(Map<String, String> environment) {
    boolean isThere = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, NICE.getFirst())));
    return isThere ? LOWEST : USUAL;
  }

  /** The same process with this priority. */
  public Launch of(Launch launch) {
    if (this == USUAL) {
      return launch;
    }
    List<String> command = new ArrayList<>(NICE);
    command.addAll(launch.command());
    return new Launch(command, launch.directory(), launch.variables());
  }

  @Override
  public String toString() {
    return inWords;
  }
}
