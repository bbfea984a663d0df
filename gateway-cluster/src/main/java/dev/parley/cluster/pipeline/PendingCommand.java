package dev.parley.cluster.pipeline;

import dev.parley.cluster.script.Command;
import io.vertx.redis.client.Request;

/**
 * A command in the pipeline, with its callback.
 *
 * @param command the command
 * @param epoch the epoch it belongs to; it is not sent in a later one
 * @param answer notified of the result, exactly once
 */
public record PendingCommand<R>(Command<R> command, int epoch, Answer<R> answer) {

  /** About the size in bytes of a callback that keeps a few words and references. */
  public static final int PER_ANSWER = 400;

  /** Callback for the result. Called on the hub's event loop. */
  public interface Answer<R> {

    /** The command was executed. */
    void done(R result);

    /** The outcome is unknown, and stays so. */
    void failed();

    /** Checked just before the command is sent: if false, the command fails instead. */
    default boolean isWanted() {
      return true;
    }

    /** Whether the caller must be notified if a fail-over loses the result. */
    default boolean isUnconfirmed() {
      return false;
    }

    /** The command was executed, but a fail-over has lost the result. */
    default void lostByFailover() {}

    /** About how many bytes are kept while that may happen. */
    default int keptBytes() {
      return PER_ANSWER;
    }
  }

  /** A command without a callback. */
  public static <R> PendingCommand<R> silently(Command<R> command, int epoch) {
    return new PendingCommand<>(command, epoch, ignored());
  }

  /** A callback that does nothing. */
  public static <R> Answer<R> ignored() {
    return new Answer<>() {
      @Override
      public void done(R result) {}

      @Override
      public void failed() {}
    };
  }

  void write(Request call) {
    command.write(call);
  }

  /** About its size in bytes within a call. */
  int bytesInCall() {
    return command.size();
  }

  /** About its size in bytes in memory. */
  int size() {
    return PER_ANSWER + command.size();
  }

  /**
   * Parses the result and notifies the callback. An unreadable result counts as failed, so that no
   * caller waits for ever.
   */
  void complete(String result) {
    R read;
    try {
      read = command.read(result);
    } catch (RuntimeException unreadable) {
      answer.failed();
      throw unreadable;
    }
    answer.done(read);
  }

  void fail() {
    answer.failed();
  }

  boolean isWanted() {
    return answer.isWanted();
  }

  boolean isUnconfirmed() {
    return answer.isUnconfirmed();
  }

}
