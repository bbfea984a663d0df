package dev.parley.bench.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Programs of this class path, run by the JVM and with the flags that this process has. */
public final class Jvm {

  /**
   * Little to collect and little to compile: a pause of a process that measures times, or methods
   * that are compiled in the middle of it, would be in what it measures.
   */
  private static final List<String> STEADY = List.of(
      "-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-XX:TieredStopAtLevel=1",
      "-XX:CompileThresholdScaling=0.2");

  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

  private final Path home = Path.of(System.getProperty("java.home"));
  private final Class<?> main;

  /** Runs a class with a {@code main} method. */
  public Jvm(Class<?> main) {
    this.main = main;
  }

  /** A run with these arguments. */
  public Launch launch(List<String> arguments) {
    return launch(ManagementFactory.getRuntimeMXBean().getInputArguments(), arguments);
  }

  /**
   * A run with these arguments that has little to do and measures times: in a small heap, which it
   * has from the start, and compiled quickly.
   */
  public Launch steady(List<String> arguments) {
    List<String> flags = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    flags.removeIf(COLLECTOR.asMatchPredicate());
    flags.addAll(STEADY);
    return launch(flags, arguments);
  }

  private Launch launch(List<String> flags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return Launch.of(command);
  }

  /**
   * The program that sends diagnostic commands to JVMs.
   *
   * @throws IOException if this is a JRE and has none
   */
  public Path jcmd() throws IOException {
    Path jcmd = home.resolve("bin/jcmd");
    if (!Files.isExecutable(jcmd)) {
      throw new IOException("there is no jcmd in " + home + ": a JDK is needed");
    }
    return jcmd;
  }
}
