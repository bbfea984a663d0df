package dev.parley.docs;

import dev.parley.testkit.HungProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parley as its own process, started from the command line on free ports. Standard error goes into
 * a file.
 */
final class ParleyProcess implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 120;

  private final Process process;

  private ParleyProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a process.
   *
   * @param home the installation, with its {@code dialects} folder
   */
  static ParleyProcess start(Path home, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Dparley.home=" + home, "-cp", System.getProperty("java.class.path"),
        "dev.parley.server.Main"));
    command.addAll(List.of(args));
    return run(home, Map.of(), command);
  }

  /**
   * Runs any command that becomes a Parley.
   *
   * @param folder gets its standard error
   */
  static ParleyProcess run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("stderr.txt").toFile());
    // Variables of the shell that runs the tests must not configure the process.
    builder.environment().keySet()
        .removeIf(name -> name.startsWith("PARLEY_") || name.endsWith("_OPTIONS"));
    builder.environment().putAll(environment);
    return new ParleyProcess(builder.start());
  }

  /** Arguments that have every port chosen by the system. */
  static String[] onFreePorts(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("--host", "127.0.0.1", "--port", "0", "--set", "management.port=0"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** The ready line; without one it fails with the process's standard error. */
  Ready awaitReady(Path home) throws IOException {
    String line = process.inputReader().readLine();
    if (line == null) {
      throw new AssertionError(
          "not ready: " + java.nio.file.Files.readString(home.resolve("stderr.txt")));
    }
    return new Ready(line);
  }

  /** The content of the ready line. */
  record Ready(String line) {
    /** The URL of a dialect, or of the management port. */
    URI of(String name) {
      Matcher matcher = Pattern.compile("\\b" + name + " (http://[^ ,]+)").matcher(line);
      if (!matcher.find()) {
        throw new AssertionError("no " + name + " in: " + line);
      }
      return URI.create(matcher.group(1));
    }

    /** A WebSocket of a dialect, at {@code path} of its server. */
    URI socket(String dialect, String path) {
      return URI.create("ws://" + of(dialect).getAuthority()).resolve(path);
    }
  }

  /** Ends it like {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
  }

  /** Sends SIGHUP. */
  void hangUp() throws IOException {
    try {
      int code = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
      if (code != 0) {
        throw new IOException("kill ended with " + code);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  /** Suspends it. */
  void hold() {
    HungProcess.hold(process);
  }

  /** Resumes it. */
  void letGo() {
    HungProcess.letGo(process);
  }

  /** Sends SIGTERM, waits for the end, and returns the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /** Waits for the end, and returns the exit code. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running");
    }
    return process.exitValue();
  }

  /** Everything on standard output that was not read yet. */
  String output() {
    try (BufferedReader rest = process.inputReader()) {
      return rest.lines().collect(Collectors.joining("\n"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
