package dev.parley.testkit;

import dev.parley.testkit.waits.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Suspends a process, like a machine that hangs: its connections stay open, new ones are accepted
 * by the system, but nothing is processed. Blocks until the process is suspended. Any thread but
 * event loops.
 */
public final class HungProcess {

  private HungProcess() {}

  /**
   * Stops a process. One of its threads handles the signal, which may be scheduled late on a busy
   * machine while the others still run; so this waits until all of them have stopped.
   */
  public static void hold(Process process) {
    signal(process, "-STOP");
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    if (Files.isDirectory(threads)) {
      Waits.until("the process to hang", () -> hasStopped(threads));
    }
  }

  /** Resumes it. */
  public static void letGo(Process process) {
    signal(process, "-CONT");
  }

  private static void signal(Process process, String name) {
    try {
      new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static boolean hasStopped(Path threads) {
    try (Stream<Path> each = Files.list(threads)) {
      List<Path> all = each.toList();
      return all.stream().allMatch(HungProcess::threadHasStopped);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The state is behind the name, which is in brackets and may contain any character. */
  private static boolean threadHasStopped(Path thread) {
    try {
      String line = Files.readString(thread.resolve("stat"));
      return line.startsWith("T", line.lastIndexOf(')') + 2);
    } catch (NoSuchFileException ended) {
      return true;
    } catch (IOException failed) {
      // A thread that ends while it is read.
      return false;
    }
  }
}
