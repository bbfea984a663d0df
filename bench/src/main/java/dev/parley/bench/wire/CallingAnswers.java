package dev.parley.bench.wire;

import java.nio.charset.StandardCharsets;

/** Whether each request of a kind is answered, once and as it should be. One thread. */
final class CallingAnswers {

  private final byte[] beginning;
  private final boolean whole;
  private long open;

  private CallingAnswers(String beginning, boolean whole) {
    this.beginning = beginning.getBytes(StandardCharsets.US_ASCII);
    this.whole = whole;
  }

  /** Answers without data, to requests of this tid. */
  static CallingAnswers withoutData(int tid) {
    return new CallingAnswers(CallingMessage.answer(tid), true);
  }

  /** Answers with data, whatever it is, to requests of this tid. */
  static CallingAnswers withData(int tid) {
    return new CallingAnswers(CallingMessage.answerWithData(tid), false);
  }

  /** One more request was sent. */
  void expectOne() {
    open++;
  }

  /** Whether a message is an answer to a request that has none yet. */
  boolean takes(byte[] bytes, int from, int to) {
    if (open > 0 && CallingMessage.begins(beginning, bytes, from, to)
        && (!whole || to - from == beginning.length)) {
      open--;
      return true;
    }
    return false;
  }

  /** How many requests have no answer yet. */
  long open() {
    return open;
  }
}
