package dev.parley.linkup;

import dev.parley.dialect.support.BoundedMap;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The client's own calls, to detect glare: the peers that it has just asked about, since a client
 * asks before it calls, and its offers without an answer. Small and bounded. Event loop of the
 * session only.
 */
final class LinkupOutgoingCalls {

  private static final int MAX_OFFERS = 64;
  private static final int MAX_QUESTIONS = 64;

  /** No id is longer, whatever {@code limits.idLength} is. */
  private static final int MAX_ID = 1024;

  /** An offer without an answer for that long no longer keeps calls of the peer away. */
  private static final long OFFER_COUNTS_NANOS = Duration.ofSeconds(30).toNanos();

  private final long questionCountsNanos;
  private final LongSupplier nanoTime;
  private final BoundedMap<String, Long> offers = new BoundedMap<>(MAX_OFFERS);
  private final ArrayDeque<Question> questions = new ArrayDeque<>(2);

  private record Question(String id, long at) {}

  /**
   * @param questionCounts for how long a client that has asked about a peer is expected to call it
   * @param nanoTime the clock
   */
  LinkupOutgoingCalls(Duration questionCounts, LongSupplier nanoTime) {
    this.questionCountsNanos = questionCounts.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Notes that the client asks whether a peer is there. */
  void markAsked(String id) {
    long now = forgetOldQuestions();
    if (questions.size() < MAX_QUESTIONS && id.length() <= MAX_ID) {
      questions.add(new Question(id, now));
    }
  }

  boolean hasJustAsked(String id) {
    var unused = forgetOldQuestions();
    return questions.stream().anyMatch(question -> question.id.equals(id));
  }

  private long forgetOldQuestions() {
    long now = nanoTime.getAsLong();
    while (!questions.isEmpty() && now - questions.peek().at > questionCountsNanos) {
      questions.remove();
    }
    return now;
  }

  /** Notes that the client makes an offer. */
  void markOffered(String id) {
    questions.removeIf(question -> question.id.equals(id));
    if (id.length() <= MAX_ID) {
      offers.put(id, nanoTime.getAsLong());
    }
  }

  /** Notes that the client's offer is answered or has failed. */
  void markSettled(String id) {
    offers.remove(id);
  }

  /** Whether there is an offer without an answer, however old. */
  boolean waitsFor(String id) {
    return offers.containsKey(id);
  }

  /** Whether there is an offer without an answer that is still likely to be answered. */
  boolean isCalling(String id) {
    @Nullable Long at = offers.get(id);
    return at != null && nanoTime.getAsLong() - at <= OFFER_COUNTS_NANOS;
  }
}
