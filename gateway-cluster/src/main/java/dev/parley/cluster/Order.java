package dev.parley.cluster;

import dev.parley.cluster.script.Command;
import io.vertx.redis.client.Request;

/**
 * An operation on its way through the lane.
 *
 * @param command what to do
 * @param generation for the time of which seat; in a later one it is not done any more
 * @param answer told what came of it, once
 */
record Order<R>(Command<R> command, int generation, Answer<R> answer) {

  /** What an answer takes that keeps no more than a few words and references. */
  static final int PER_ANSWER = 400;

  /** Waits for the result. Called on the hub's event loop. */
  interface Answer<R> {

    /** It was carried out. */
    void done(R result);

    /** Whether it was carried out is not known, and never will be. */
    void failed();

    /** Whether it is still to be done, asked just before it is: if not, it has failed. */
    default boolean isWanted() {
      return true;
    }

    /** Whether somebody has to be told if Redis forgets later that it was carried out. */
    default boolean wouldBeMissed() {
      return false;
    }

    /** It was carried out, but Redis has forgotten that. */
    default void forgotten() {}

    /** About how many bytes are kept as long as that may happen. */
    default int keptBytes() {
      return PER_ANSWER;
    }
  }

  /** An operation whose result nobody waits for. */
  static <R> Order<R> silently(Command<R> command, int generation) {
    return new Order<>(
        command,
        generation,
        new Answer<>() {
          @Override
          public void done(R result) {}

          @Override
          public void failed() {}
        });
  }

  void write(Request call) {
    command.write(call);
  }

  /** About how many bytes it has in a call. */
  int bytesInCall() {
    return command.size();
  }

  /** About how many bytes it keeps in memory. */
  int size() {
    return PER_ANSWER + command.size();
  }

  /**
   * Reads the result and hands it over. Whoever waits for one that cannot be read must not wait for
   * ever: to it the operation has failed.
   */
  void conclude(String result) {
    R read;
    try {
      read = command.read(result);
    } catch (RuntimeException strange) {
      answer.failed();
      throw strange;
    }
    answer.done(read);
  }

  void fail() {
    answer.failed();
  }

  boolean isWanted() {
    return answer.isWanted();
  }

  boolean wouldBeMissed() {
    return answer.wouldBeMissed();
  }

}
