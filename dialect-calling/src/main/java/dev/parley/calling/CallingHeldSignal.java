package dev.parley.calling;

import dev.parley.dialect.Reserve;
import dev.parley.dialect.support.BoundedBuffer;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Signal;

/**
 * A signal of a conversation that has to wait.
 *
 * @param weight how many bytes it counts for
 */
record CallingHeldSignal(Signal signal, Content content, int weight) {

  private static final int MAX_SIGNALS = 128;
  private static final int MAX_BYTES = 256 * 1024;

  /** The limit of all conversations of a session together. */
  private static final int MAX_BYTES_IN_ALL = 4 * 1024 * 1024;

  /** The memory of a session for such signals. */
  static Reserve ofSession(Reserve node) {
    return BoundedBuffer.sharedBy(MAX_BYTES_IN_ALL, node);
  }

  /** A buffer for one direction of a conversation. */
  static BoundedBuffer<CallingHeldSignal> buffer(Reserve session) {
    return new BoundedBuffer<>(MAX_SIGNALS, MAX_BYTES, session);
  }

  /** A signal to the user, of which the content is kept alone. */
  static CallingHeldSignal of(ForeignSignal signal) {
    ForeignSignal kept = signal.detached();
    return new CallingHeldSignal(kept.signal(), kept.content(), signal.signal().weight());
  }

  /** A signal of the user, which is sent as it is. */
  static CallingHeldSignal of(Signal signal, Content content) {
    return new CallingHeldSignal(
        signal.detached(), content.detached(), signal.weight() + signal.payload().length());
  }
}
