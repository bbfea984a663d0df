package dev.parley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has a process hang as a machine does that is out of breath: its connections stay open and can
 * even be made, but nothing is done. Blocks until that is so. Any thread but event loops.
 */
public final class HungProcess {

  private HungProcess() {}

  /**
   * Stops a process. The signal is handled by one of its threads, which on a busy machine has to
   * wait for its turn while the others still run; so this waits until all of them have stopped.
   */
  public static void hold(Process process) {
    signal(process, "-STOP");
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    if (Files.isDirectory(threads)) {
      Waits.until("the process to hang", () -> hasStopped(threads));
    }
  }

  /** Lets it go on. */
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

  /** The state stands behind the name, which is in brackets and may hold any character. */
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
