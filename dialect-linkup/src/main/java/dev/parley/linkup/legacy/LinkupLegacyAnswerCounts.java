package dev.parley.linkup.legacy;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the queries and answers of all brokers in the channel. An answer does not identify its
 * query, so two overlapping queries for one id are complete together: when there are as many
 * answers as both of them get from all subscribers.
 *
 * <p>An id is evicted some time after its last query, complete or not.
 */
final class LinkupLegacyAnswerCounts {

  private static final int MAX_IDS = 10_000;

  private final long lifetimeNanos;

  /** In the order of their last queries. */
  private final Map<String, Count> counts = new LinkedHashMap<>();

  private int subscribers;

  private static final class Count {
    private int queries;
    private int answers;
    private long askedAt;
  }

  /**
   * @param lifetimeNanos how long after the last query an answer may still arrive
   */
  LinkupLegacyAnswerCounts(long lifetimeNanos) {
    this.lifetimeNanos = lifetimeNanos;
  }

  /** Sets how many answers each query gets. */
  void subscribers(int number) {
    subscribers = number;
  }

  /** Counts a query. */
  void markAsked(String id, long now) {
    Count former = counts.remove(id);
    Count count = former == null || isComplete(former) ? new Count() : former;
    count.queries++;
    count.askedAt = now;
    counts.put(id, count);
    forgetOld(now);
  }

  /** Counts an answer. */
  void markAnswered(String id) {
    Count count = counts.get(id);
    if (count != null) {
      count.answers++;
    }
  }

  /** Whether all known queries for this id have been answered by all. */
  boolean isComplete(String id) {
    Count count = counts.get(id);
    return count == null || isComplete(count);
  }

  private boolean isComplete(Count count) {
    return subscribers > 0 && count.answers >= (long) count.queries * subscribers;
  }

  /** Resets an id, of which some answers will never arrive. */
  void forget(String id) {
    counts.remove(id);
  }

  private void forgetOld(long now) {
    Iterator<Count> oldestFirst = counts.values().iterator();
    @Nullable Count count = oldestFirst.hasNext() ? oldestFirst.next() : null;
    while (count != null
        && (now - count.askedAt > lifetimeNanos || counts.size() > MAX_IDS)) {
      oldestFirst.remove();
      count = oldestFirst.hasNext() ? oldestFirst.next() : null;
    }
  }
}
