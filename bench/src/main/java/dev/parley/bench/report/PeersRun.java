package dev.parley.bench.report;

import java.util.Map;

/**
 * Peers that are claimed through the hubs of several nodes at once, and are idle then.
 *
 * @param peers how many were claimed between the two measurements of memory
 * @param claim what it took to claim them
 * @param memory what it takes to keep them
 * @param idle the time that is spent while nothing happens
 */
public record PeersRun(int peers, Claiming claim, Keeping memory, Idling idle)
    implements Measurement {

  private static final double MICROS = 1e6;

  /**
   * The claims.
   *
   * @param seconds from the first claim to the last answer
   * @param redisCpuSeconds the time of Redis' core
   */
  public record Claiming(double seconds, double redisCpuSeconds) {}

  /**
   * Memory.
   *
   * @param redisBytesBefore what Redis uses without them
   * @param redisBytesAfter what it uses with them
   * @param hubBytesBefore what the processes with the hubs have without them
   * @param hubBytesAfter what they have with them
   */
  public record Keeping(long redisBytesBefore, long redisBytesAfter, long hubBytesBefore,
      long hubBytesAfter) {}

  /**
   * Time for nothing.
   *
   * @param redisMillisPerSecond of Redis
   * @param hubMillisPerSecond of all hubs together
   */
  public record Idling(double redisMillisPerSecond, double hubMillisPerSecond) {}

  @Override
  public Map<Metric, Double> figures() {
    return Map.of(
        Metric.CLAIM_RATE, peers / claim.seconds(),
        Metric.CLAIM_SECONDS, claim.seconds(),
        Metric.CLAIM_REDIS_CPU, MICROS * claim.redisCpuSeconds() / peers,
        Metric.PEER_REDIS_BYTES,
        (double) (memory.redisBytesAfter() - memory.redisBytesBefore()) / peers,
        Metric.PEER_NODE_BYTES,
        (double) (memory.hubBytesAfter() - memory.hubBytesBefore()) / peers,
        Metric.PEERS_REDIS_LOAD, idle.redisMillisPerSecond(),
        Metric.PEERS_NODE_LOAD, idle.hubMillisPerSecond());
  }
}
