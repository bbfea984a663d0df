package dev.parley.bench.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.load.Faults;
import dev.parley.bench.machine.Cores;
import dev.parley.testkit.waits.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The script in a real Redis: what is read is what was written, and if not, that is seen. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "taskset and /proc")
class BareScriptTest {

  private static final int ENOUGH = 2000;

  @Test
  void givenARedis_whenTheScriptRuns_thenEachSignalArrivesOnceAndIsOneCall() throws Exception {
    try (RedisProcess redis = RedisProcess.start(RedisProcess.ownProgram(), Cores.allowed());
        BareScript script = new BareScript(redis.port())) {
      run(script);

      assertThat(script.faults()).isEqualTo(Faults.NONE);
      assertThat(script.arrived()).isEqualTo(script.sent()).isGreaterThanOrEqualTo(ENOUGH);
      assertThat(redis.counts().scripts()).isEqualTo(script.sent());
      assertThat(redis.counts().reads()).isPositive();
      assertThat(redis.counts().usedBytes()).isPositive();
      assertThat(redis.cpu().total()).isPositive();
    }
  }

  @Test
  void givenSomebodyElseWhoWrites_whenTheScriptRuns_thenThatIsSeen() throws Exception {
    try (RedisProcess redis = RedisProcess.start(RedisProcess.ownProgram(), Cores.allowed());
        RedisConnection vandal = new RedisConnection(redis.port());
        BareScript script = new BareScript(redis.port())) {
      vandal.ask("XADD", "bare:inbox", "*", "to", "1", "signal", "rubbish");
      run(script);

      assertThat(script.faults().altered()).isEqualTo(1);
    }
  }

  /** Each has a thread of its own: neither ends without the other. */
  private static void run(BareScript script) {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CompletableFuture<Void> writing = start(script::write, threads);
      CompletableFuture<Void> reading = start(script::read, threads);
      Waits.until("signals",
          () -> script.arrived() >= ENOUGH || writing.isDone() || reading.isDone());
      script.stop();
      CompletableFuture.allOf(writing, reading).join();
    }
  }

  private interface Work {
    void run() throws IOException;
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
}
