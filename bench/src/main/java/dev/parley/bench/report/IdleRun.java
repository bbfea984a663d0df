package dev.parley.bench.report;

import java.util.Map;

/**
 * A server with idle clients.
 *
 * @param connections how many connected between the two measurements of memory
 * @param bytesBefore its memory without them
 * @param bytesAfter its memory with them
 */
public record IdleRun(int connections, long bytesBefore, long bytesAfter) implements Measurement {

  @Override
  public Map<Metric, Double> figures() {
    return Map.of(Metric.IDLE_BYTES, (double) (bytesAfter - bytesBefore) / connections);
  }
}
