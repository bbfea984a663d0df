package dev.parley.linkup;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the client itself is about: whom it has just asked about, since it is going to call them,
 * and whom it has called without an answer so far. Small and bounded, since every client has it.
 */
final class LinkupOutgoingCalls {

  private static final int MOST_OFFERS = 64;
  private static final int MOST_QUESTIONS = 64;

  /** Nobody has a longer one, whatever {@code limits.idLength} is. */
  private static final int LONGEST_ID = 1024;

  /** An offer that is not answered by then is not going to be: it no longer keeps others away. */
  private static final long OFFER_COUNTS_NANOS = Duration.ofSeconds(30).toNanos();

  private final long questionCountsNanos;
  private final Map<String, Long> offers = new LinkedHashMap<>(4);
  private final ArrayDeque<Question> questions = new ArrayDeque<>(2);

  private record Question(String id, long at) {}

  /**
   * @param questionCounts for how long a client that has asked about a peer is taken to be about to
   *     call it
   */
  LinkupOutgoingCalls(Duration questionCounts) {
    this.questionCountsNanos = questionCounts.toNanos();
  }

  void asks(String id, long now) {
    forgetOldQuestions(now);
    if (questions.size() < MOST_QUESTIONS && id.length() <= LONGEST_ID) {
      questions.add(new Question(id, now));
    }
  }

  boolean hasJustAsked(String id, long now) {
    forgetOldQuestions(now);
    return questions.stream().anyMatch(question -> question.id.equals(id));
  }

  private void forgetOldQuestions(long now) {
    while (!questions.isEmpty() && now - questions.peek().at > questionCountsNanos) {
      questions.remove();
    }
  }

  /** The client calls a peer, and so is no longer about to. */
  void offers(String id, long now) {
    questions.removeIf(question -> question.id.equals(id));
    offers.remove(id);
    if (id.length() <= LONGEST_ID) {
      offers.put(id, now);
    }
    if (offers.size() > MOST_OFFERS) {
      offers.remove(offers.keySet().iterator().next());
    }
  }

  /** The call has come to something, or to nothing. */
  void settles(String id) {
    offers.remove(id);
  }

  /** Whether there is a call without an answer, however old. */
  boolean waitsFor(String id) {
    return offers.containsKey(id);
  }

  /** Whether there is a call without an answer that may well get one. */
  boolean isCalling(String id, long now) {
    @Nullable Long at = offers.get(id);
    return at != null && now - at <= OFFER_COUNTS_NANOS;
  }
}
