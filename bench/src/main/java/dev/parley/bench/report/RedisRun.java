package dev.parley.bench.report;

import dev.parley.bench.report.SignalRun.Situation;
import java.util.Map;

/**
 * The Redis of a cluster under load, which did its work: a {@link SignalRun} of the same time has
 * what the nodes did.
 *
 * @param situation which load it was
 * @param use what it took
 */
public record RedisRun(Situation situation, RedisUse use) implements Measurement {

  @Override
  public Map<Metric, Double> figures() {
    return switch (situation) {
      case WINDOW_8 -> Map.of(
          Metric.REDIS_CPU_WINDOW_8, use.cpuMicrosPerSignal(),
          Metric.REDIS_CALLS_WINDOW_8, use.callsPerSignal(),
          Metric.REDIS_READS_WINDOW_8, use.readsPerSignal(),
          Metric.REDIS_LOAD, use.load());
      case OPEN_LOOP -> Map.of(
          Metric.REDIS_CPU_OPEN, use.cpuMicrosPerSignal(),
          Metric.REDIS_CALLS_OPEN, use.callsPerSignal(),
          Metric.REDIS_READS_OPEN, use.readsPerSignal());
      case WINDOW_1, TWO_CORES -> Map.of();
    };
  }
}
