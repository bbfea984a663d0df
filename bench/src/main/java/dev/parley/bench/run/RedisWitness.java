package dev.parley.bench.run;

import dev.parley.bench.machine.CpuTime;
import dev.parley.bench.redis.RedisCounts;
import dev.parley.bench.redis.RedisProcess;
import dev.parley.bench.report.RedisUse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Observes a Redis. */
final class RedisWitness implements Witness {

  private final RedisProcess redis;
  private @Nullable Sight first;
  private @Nullable Sight last;

  RedisWitness(RedisProcess redis) {
    this.redis = redis;
  }

  private record Sight(long nanos, CpuTime cpu, RedisCounts counts) {}

  @Override
  public void begin() throws IOException {
    first = look();
  }

  @Override
  public void end() throws IOException {
    last = look();
  }

  private Sight look() throws IOException {
    CpuTime cpu = redis.cpu();
    return new Sight(System.nanoTime(), cpu, redis.counts());
  }

  /**
   * The difference between the two snapshots.
   *
   * @param signalsPerSecond how many arrived meanwhile
   */
  RedisUse use(double signalsPerSecond) {
    Sight begin = Objects.requireNonNull(first);
    Sight end = Objects.requireNonNull(last);
    double seconds = (end.nanos - begin.nanos) / 1e9;
    double signals = signalsPerSecond * seconds;
    double cpuSeconds = end.cpu.minus(begin.cpu).total().toNanos() / 1e9;
    return new RedisUse(1e6 * cpuSeconds / signals,
        (end.counts.scripts() - begin.counts.scripts()) / signals,
        (end.counts.reads() - begin.counts.reads()) / signals, cpuSeconds / seconds);
  }
}
