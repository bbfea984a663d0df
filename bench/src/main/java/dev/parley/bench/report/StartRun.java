package dev.parley.bench.report;

import dev.parley.bench.server.Readiness;
import java.util.Map;

/**
 * A server that has just started.
 *
 * @param serverCores how many cores it had
 * @param readiness how soon it was there
 * @param residentBytes its memory after that
 * @param peakBytes the most memory that it had until then
 */
public record StartRun(int serverCores, Readiness readiness, long residentBytes, long peakBytes)
    implements Measurement {

  private static final double MIB = 1 << 20;

  @Override
  public Map<Metric, Double> figures() {
    return serverCores == 1
        ? Map.of(
            Metric.LISTENING, readiness.listeningMillis(),
            Metric.ANSWERED, readiness.answeredMillis(),
            Metric.START_MIB, residentBytes / MIB,
            Metric.START_PEAK_MIB, peakBytes / MIB)
        : Map.of(Metric.LISTENING_TWO_CORES, readiness.listeningMillis());
  }
}
