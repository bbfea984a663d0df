package dev.parley.launcher;

import dev.parley.testkit.waits.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the launcher in a folder of its own, with JDKs and a Maven that are scripts: a JDK
 * prints where it is, its process id and its arguments, one per line; Maven makes an empty
 * runnable.
 */
final class LauncherBed {

  /** The result of a run. */
  record Outcome(int exit, List<String> out, List<String> err, long pid) {}

  private static final int PATIENCE_SECONDS = 120;
  private static final Path SCRIPT = Path.of("").toAbsolutePath().resolveSibling("parley");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  LauncherBed(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    Files.createDirectories(home());
    Files.copy(SCRIPT, launcher());
    executable(launcher());
    // The first java on the PATH belongs to no JDK, and hides the machine's own.
    script(folder.resolve("bin/java"), "exit 97");
    script(folder.resolve("bin/mvn"), """
        pwd
        echo "$JAVA_HOME"
        mkdir -p gateway-server/target/parley/lib
        touch gateway-server/target/parley/lib/gateway-server.jar
        """);
    environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("HOME", folder.toString());
    environment.put("PARLEY_JDK_ROOTS", folder.resolve("jdks").toString());
  }

  Path home() {
    return folder.resolve("home");
  }

  /** A folder outside of the launcher's. */
  Path elsewhere() throws IOException {
    return Files.createDirectories(folder.resolve("elsewhere"));
  }

  Path launcher() {
    return home().resolve("parley");
  }

  Path jar() {
    return home().resolve("gateway-server/target/parley/lib/gateway-server.jar");
  }

  Path source() {
    return home().resolve("gateway-core/src/main/java/A.java");
  }

  /** A JDK of a version, in a folder below the one that holds this bed's JDKs. */
  Path jdk(String place, String version) throws IOException {
    Path jdk = folder.resolve("jdks").resolve(place);
    script(jdk.resolve("bin/java"), """
        echo "%s"
        echo $$
        for argument in "$@"; do echo "$argument"; done
        """.formatted(jdk));
    script(jdk.resolve("bin/javac"), "exit 97");
    Files.writeString(jdk.resolve("release"), """
        IMPLEMENTOR="Somebody"
        JAVA_VERSION="%s"
        JAVA_VERSION_DATE="2026-01-20"
        """.formatted(version));
    return jdk;
  }

  /** A runnable without sources, as if it had been copied here. */
  void runnable() throws IOException {
    Files.createDirectories(jar().getParent());
    Files.createFile(jar());
  }

  /** Sources that were last changed at a time. */
  void sources(Instant changed) throws IOException {
    Files.createDirectories(source().getParent());
    Files.writeString(source(), "class A {}");
    Files.writeString(home().resolve("pom.xml"), "<project/>");
    for (Path path = source(); !path.equals(home()); path = path.getParent()) {
      Files.setLastModifiedTime(path, FileTime.from(changed));
    }
    Files.setLastModifiedTime(home().resolve("pom.xml"), FileTime.from(changed));
  }

  /**
   * A JDK whose gateway runs until it is killed. So does a process that it starts.
   *
   * @see #awaitEndless
   */
  void endlessJdk(String place, String version) throws IOException {
    script(jdk(place, version).resolve("bin/java"), endless());
  }

  /** A Maven that runs until it is killed, with half of a runnable made. */
  void endlessMaven() throws IOException {
    script(folder.resolve("bin/mvn"), "mkdir -p gateway-server/target/parley/lib\n" + endless());
  }

  /** Reports its start, and its end after that of its child. */
  private String endless() {
    return """
        trap 'wait; touch "%2$s"; exit 143' TERM
        (
          trap 'exit 0' TERM
          touch "%1$s"
          for i in {1..600}; do sleep 0.05; done
        ) &
        wait
        """.formatted(begun(), ended());
  }

  private Path begun() {
    return folder.resolve("begun");
  }

  /** Exists if the endless process has ended after its child. */
  Path ended() {
    return folder.resolve("ended");
  }

  /** Waits until the endless process has started. */
  void awaitEndless() {
    Waits.until("the endless process", () -> Files.exists(begun()));
  }

  /** A Maven that makes the runnable and prints a text, in which \033 starts escape codes. */
  void mavenThatPrints(String text) throws IOException {
    script(folder.resolve("bin/mvn"), """
        mkdir -p gateway-server/target/parley/lib
        touch gateway-server/target/parley/lib/gateway-server.jar
        printf '%%b' '%s'
        """.formatted(text));
  }

  /** A Maven that fails, from now on. */
  void failingMaven() throws IOException {
    script(folder.resolve("bin/mvn"), "exit 1");
  }

  /** Sends a signal to one process, not to its group. */
  static void signal(String name, Process process) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new AssertionError("there is no process to be told " + name);
    }
  }

  /** Whether processes that are started here can be ended by a signal, which they may ignore. */
  boolean reaches(String signal) throws IOException, InterruptedException {
    Path script = elsewhere().resolve("ignored");
    script(script, "trap -p " + signal);
    return run(script, elsewhere()).out().isEmpty();
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return run(launcher(), home(), arguments);
  }

  Outcome run(Path script, Path from, String... arguments)
      throws IOException, InterruptedException {
    return outcome(start(script, from, arguments));
  }

  /** The launcher, while it runs. */
  Process start() throws IOException {
    return start(launcher(), home());
  }

  private Process start(Path script, Path from, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(script.toString())
        .directory(from.toFile())
        .redirectOutput(out().toFile())
        .redirectError(err().toFile());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Waits for its end. */
  Outcome outcome(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the launcher did not end");
    }
    return new Outcome(
        process.exitValue(), Files.readAllLines(out()), Files.readAllLines(err()), process.pid());
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Path err() {
    return folder.resolve("err");
  }

  private static void script(Path path, String body) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/usr/bin/env bash\n" + body);
    executable(path);
  }

  private static void executable(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
