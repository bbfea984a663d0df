package dev.parley.linkup.legacy;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts questions and answers in the channel, whoever asks. An answer does not say which question
 * it is for, so two questions about one id that overlap can only be told to be answered together:
 * when there are as many answers as both of them get from all subscribers.
 *
 * <p>What is not asked about any more is forgotten after a while, answered or not.
 */
final class LinkupLegacyAnswerCounts {

  private static final int MOST = 10_000;

  private final long lifetimeNanos;

  /** In the order in which they were last asked about. */
  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  private int subscribers;

  private static final class Tally {
    private int questions;
    private int answers;
    private long askedAt;
  }

  /**
   * @param lifetimeNanos how long after the last question an answer may still come
   */
  LinkupLegacyAnswerCounts(long lifetimeNanos) {
    this.lifetimeNanos = lifetimeNanos;
  }

  /** How many answers each question gets. */
  void subscribers(int count) {
    subscribers = count;
  }

  /** Somebody has asked about this id. */
  void asked(String id, long now) {
    Tally former = tallies.remove(id);
    Tally tally = former == null || isComplete(former) ? new Tally() : former;
    tally.questions++;
    tally.askedAt = now;
    tallies.put(id, tally);
    forgetOld(now);
  }

  /** Somebody has answered. */
  void answered(String id) {
    Tally tally = tallies.get(id);
    if (tally != null) {
      tally.answers++;
    }
  }

  /** Whether all questions about this id that were heard have been answered by all. */
  boolean isComplete(String id) {
    Tally tally = tallies.get(id);
    return tally == null || isComplete(tally);
  }

  private boolean isComplete(Tally tally) {
    return subscribers > 0 && tally.answers >= (long) tally.questions * subscribers;
  }

  /** Begins anew with this id, as some answers will never come. */
  void forget(String id) {
    tallies.remove(id);
  }

  private void forgetOld(long now) {
    Iterator<Tally> oldestFirst = tallies.values().iterator();
    @Nullable Tally tally = oldestFirst.hasNext() ? oldestFirst.next() : null;
    while (tally != null
        && (now - tally.askedAt > lifetimeNanos || tallies.size() > MOST)) {
      oldestFirst.remove();
      tally = oldestFirst.hasNext() ? oldestFirst.next() : null;
    }
  }
}
