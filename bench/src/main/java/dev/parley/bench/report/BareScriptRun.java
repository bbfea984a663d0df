package dev.parley.bench.report;

import dev.parley.bench.load.Faults;
import java.util.Map;

/**
 * A Redis that runs nothing but the bare script, as fast as it can. It stands in the rows of the
 * load that clusters do as fast as they can.
 *
 * @param sent signals sent, from the first moment to the last
 * @param perSecond signals that were read in a second
 * @param use what it took
 * @param faults what went wrong
 */
public record BareScriptRun(long sent, double perSecond, RedisUse use, Faults faults)
    implements Measurement {

  @Override
  public Map<Metric, Double> figures() {
    return faults.any()
        ? Map.of()
        : Map.of(
            Metric.RATE_WINDOW_8, perSecond,
            Metric.REDIS_CPU_WINDOW_8, use.cpuMicrosPerSignal(),
            Metric.REDIS_CALLS_WINDOW_8, use.callsPerSignal(),
            Metric.REDIS_READS_WINDOW_8, use.readsPerSignal(),
            Metric.REDIS_LOAD, use.load());
  }
}
