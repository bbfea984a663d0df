package dev.parley.bench.machine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How a process ranks when others want the same cores. */
public enum Priority {

  /** As any other. */
  USUAL("the usual priority", List.of()),

  /** Behind all others: it gets what they leave. */
  LOWEST("the lowest priority, nice -n 19", List.of("nice", "-n", "19"));

  private final String inWords;
  private final List<String> prefix;

  Priority(String inWords, List<String> prefix) {
    this.inWords = inWords;
    this.prefix = prefix;
  }

  /** The lowest one that this system has: the usual one if there is no {@code nice}. */
  public static Priority lowest() {
    return lowest(System.getenv());
  }

  static Priority lowest(Map<String, String> environment) {
    String nice = LOWEST.prefix.getFirst();
    boolean isThere = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, nice)));
    return isThere ? LOWEST : USUAL;
  }

  /** The same process with this priority. */
  public Launch of(Launch launch) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(launch.command());
    return new Launch(command, launch.directory(), launch.variables());
  }

  @Override
  public String toString() {
    return inWords;
  }
}
