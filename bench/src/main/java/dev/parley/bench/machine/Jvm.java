package dev.parley.bench.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of this class path, run by the JVM and with the flags that this process has. */
public final class Jvm {

  private final Path home = Path.of(System.getProperty("java.home"));
  private final Class<?> main;

  /** Runs a class with a {@code main} method. */
  public Jvm(Class<?> main) {
    this.main = main;
  }

  /** A run with these arguments. */
  public Launch launch(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return Launch.of(command);
  }

  /**
   * The program that tells JVMs what to do.
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
