package dev.parley.bench.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A process on cores of its own, whose output can be waited for. One thread uses it. */
public final class ChildProcess implements AutoCloseable {

  private static final Duration UNTIL_KILLED = Duration.ofSeconds(20);

  private final String name;
  private final Process process;
  private final long startNanos;
  private final Output output;
  private final Thread hook;

  private ChildProcess(String name, Process process, long startNanos) {
    this.name = name;
    this.process = process;
    this.startNanos = startNanos;
    this.output = new Output(name);
    this.hook = new Thread(() -> handle().destroy());
  }

  /**
   * Starts one.
   *
   * @param name what it is called in messages
   */
  public static ChildProcess start(String name, Launch launch, Cores cores)
      throws IOException {
    ProcessBuilder builder = launch.builder().redirectErrorStream(true);
    builder.command().addAll(0, List.of("taskset", "-c", cores.toString()));
    long now = System.nanoTime();
    ChildProcess child = new ChildProcess(name, builder.start(), now);
    // An interrupted benchmark leaves no servers behind.
    Runtime.getRuntime().addShutdownHook(child.hook);
    Thread.ofPlatform().daemon().name(name + " output").start(child::read);
    return child;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } finally {
      output.end();
    }
  }

  /** When it was started, by {@link System#nanoTime}. */
  public long startNanos() {
    return startNanos;
  }

  /** The process itself: {@code taskset} becomes the command. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * Waits for a line and passes over those before it.
   *
   * @throws IOException if it does not come in time, or the process ends before; the message has
   *     what the process wrote last
   */
  public MatchResult awaitLine(Pattern line, Duration patience)
      throws IOException, InterruptedException {
    return output.await(line, patience);
  }

  /** The last lines of its output. */
  public String lastWords() {
    return output.last();
  }

  /** How many lines it wrote. */
  public long lines() {
    return output.count();
  }

  /** Writes a line to its standard input. */
  public void tell(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    input.flush();
  }

  /** Ends its standard input. */
  public void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /**
   * Waits for its end.
   *
   * @return its exit code
   * @throws IOException if it does not end in time
   */
  public int awaitEnd(Duration patience) throws IOException, InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException(name + " does not end: " + output.last());
    }
    return process.exitValue();
  }

  /** Terminates it and waits; kills it if that takes too long. */
  @Override
  public void close() {
    // Process.destroy would close the output that is still being read.
    handle().destroy();
    try {
      if (!process.waitFor(UNTIL_KILLED.toMillis(), TimeUnit.MILLISECONDS)) {
        handle().destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      handle().destroyForcibly();
      Thread.currentThread().interrupt();
    }
    forgetHook();
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook runs already, and finds the process gone.
    }
  }
}
