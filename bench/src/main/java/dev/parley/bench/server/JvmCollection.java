package dev.parley.bench.server;

import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.Jvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A full collection of a JVM, by {@code jcmd}, after which it gives free memory back to the
 * operating system. Otherwise pages that garbage once touched would stay resident, and hide or
 * feign what connections need.
 */
public final class JvmCollection implements GarbageCollection {

  private static final long PATIENCE_SECONDS = 30;

  /** Percent of the heap that may be free after a collection; the smaller one first. */
  private static final List<List<String>> COMMANDS = List.of(
      List.of("VM.set_flag", "MinHeapFreeRatio", "1"),
      List.of("VM.set_flag", "MaxHeapFreeRatio", "2"),
      List.of("GC.run"));

  private static final List<String> TRIM = List.of("System.trim_native_heap");

  private final Jvm jvm;

  /**
   * For JVMs of one JDK.
   *
   * @param jvm has the JDK
   */
  public JvmCollection(Jvm jvm) {
    this.jvm = jvm;
  }

  @Override
  public void run(ChildProcess server) throws IOException, InterruptedException {
    for (List<String> command : COMMANDS) {
      jcmd(server, command);
    }
  }

  @Override
  public void trim(ChildProcess server) throws IOException, InterruptedException {
    jcmd(server, TRIM);
  }

  private void jcmd(ChildProcess server, List<String> command)
      throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of(jvm.jcmd().toString(), Long.toString(server.handle().pid())));
    all.addAll(command);
    Process jcmd = new ProcessBuilder(all)
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
      jcmd.destroyForcibly();
      throw new IOException("this did not work: " + String.join(" ", all));
    }
  }
}
