package dev.parley.bench.report;

import dev.parley.bench.load.Faults;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Users of several nodes who join one room at the same time, in several rooms one after the other.
 *
 * @param joins in all rooms together
 * @param answeredSeconds until the last one was answered, in all rooms together
 * @param knownSeconds until each user had heard of all others, in one room
 * @param commits what nodes counted, null if there is but one
 * @param faults events that users missed, or received twice or altered
 */
public record RoomRun(long joins, double answeredSeconds, double knownSeconds,
    @Nullable Commits commits, Faults faults) implements Measurement {

  private static final double MILLIS = 1e3;

  /**
   * Commits of nodes.
   *
   * @param done with success
   * @param retried because of a concurrent change
   */
  public record Commits(long done, long retried) {}

  @Override
  public Map<Metric, Double> figures() {
    if (faults.any()) {
      return Map.of();
    }
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    figures.put(Metric.JOIN_RATE, joins / answeredSeconds);
    figures.put(Metric.JOIN_KNOWN, MILLIS * knownSeconds);
    if (commits != null) {
      figures.put(Metric.COMMIT_RATE, commits.done() / answeredSeconds);
      figures.put(Metric.COMMIT_RETRIES, (double) commits.retried() / commits.done());
    }
    return figures;
  }
}
