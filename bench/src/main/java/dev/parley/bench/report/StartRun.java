package dev.parley.bench.report;

import dev.parley.bench.server.Readiness;
import java.util.Map;

/**
 * A server that has just started.
 *
 * @param readiness how soon it was there
 * @param residentBytes its memory after that
 * @param peakBytes the most memory that it had until then
 */
public record StartRun(Readiness readiness, long residentBytes, long peakBytes)
    implements Measurement {

  private static final double MIB = 1 << 20;

  @Override
  public Map<Metric, Double> figures() {
    return Map.of(
        Metric.LISTENING, readiness.listeningMillis(),
        Metric.ANSWERED, readiness.answeredMillis(),
        Metric.START_MIB, residentBytes / MIB,
        Metric.START_PEAK_MIB, peakBytes / MIB);
  }
}
