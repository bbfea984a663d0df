package dev.parley.bench.redis;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.load.Faults;
import dev.parley.bench.load.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The bare script as a process of its own. On standard output it prints a line for each {@link
 * Phase} that it reaches, and at last, in JSON, a {@link Result}.
 */
@Command(name = BareScriptCommand.NAME, hidden = true,
    description = "Run a script in a Redis to compare with; scripts/bench starts this.")
public final class BareScriptCommand implements Callable<Integer> {

  /** What it is called on the command line; no server's name, which may stand there too. */
  public static final String NAME = "run-bare-script";

  private static final int FAULTY = 1;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final int MOST_LOOKS = 2_000;

  @Option(names = "--port", required = true,
      description = "The Redis' port on loopback.") private int port;

  @Option(names = "--warm-up", defaultValue = "PT1S",
      description = "Before it is measured.") private Duration warmUp = Duration.ZERO;

  @Option(names = "--time", defaultValue = "PT1S",
      description = "What is measured.") private Duration time = Duration.ZERO;

  /**
   * The result.
   *
   * @param sent signals sent, from the first moment to the last
   * @param delivered signals that were read in the measured time
   * @param seconds how long that was
   * @param faults faults, from the first moment to the last
   */
  public record Result(long sent, long delivered, double seconds, Faults faults) {}

  /** One of the two threads. */
  private interface Work {
    void run() throws IOException;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (BareScript script = new BareScript(port);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      try {
        Result result = measure(script, CompletableFuture.allOf(
            start(script::write, threads), start(script::read, threads)));
        System.out.println(new ObjectMapper().writeValueAsString(result));
        return result.faults().any() ? FAULTY : 0;
      } finally {
        script.stop();
      }
    }
  }

  private Result measure(BareScript script, CompletableFuture<Void> work)
      throws IOException, InterruptedException {
    System.out.println(Phase.CONNECTED);
    watch(work, warmUp);
    System.out.println(Phase.MEASURING);
    long begin = System.nanoTime();
    long arrived = script.arrived();
    watch(work, time);
    // A machine that stands still for the whole measured time gives no result about Redis.
    for (int i = 0; i < MOST_LOOKS && script.arrived() == arrived; i++) {
      watch(work, LOOK_AGAIN);
    }
    long delivered = script.arrived() - arrived;
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.println(Phase.MEASURED);
    script.stop();
    try {
      work.join();
    } catch (CompletionException failed) {
      throw new IOException("the script failed", failed);
    }
    return new Result(script.sent(), delivered, seconds, script.faults());
  }

  private static CompletableFuture<Void> start(Work work, ExecutorService threads) {
    return CompletableFuture.runAsync(() -> {
      try {
        work.run();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }, threads);
  }

  /** Lets it work for a while. */
  private static void watch(CompletableFuture<Void> work, Duration span)
      throws IOException, InterruptedException {
    try {
      work.get(span.toNanos(), TimeUnit.NANOSECONDS);
      throw new IOException("the script ended too early");
    } catch (TimeoutException stillWorking) {
      // As it should be.
    } catch (ExecutionException failed) {
      throw new IOException("the script failed: " + failed.getMessage(), failed);
    }
  }
}
