package dev.parley.dialect;

import dev.parley.group.GroupEvent;
import dev.parley.signal.Bytes;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;

/**
 * One admitted connection of one client. Every method is called on the connection's event loop, one
 * at a time, so a session needs no locks; it must not block. While a claim or a group command of
 * the session is pending, messages and the close wait in order.
 *
 * <p>An exception out of any of these methods is a defect of the dialect: it is logged, and only
 * this connection is closed, with {@link CloseReason#INTERNAL_ERROR}.
 */
public interface Session {

  /**
   * A whole message of the client, reassembled from its fragments, within the size limit.
   *
   * @param message valid UTF-8 unless {@code binary}; may be kept, is never written to
   * @param binary whether it is a binary message
   */
  void message(Bytes message, boolean binary);

  /**
   * A message that arrives while the queue of waiting messages is full. It is dropped, and answered
   * out of order, in the dialect's own words: that it cannot be processed at the moment.
   *
   * @return whether it was answered; if not, the connection is closed
   */
  default boolean overflow(Bytes message, boolean binary) {
    return false;
  }

  /** A signal of the session's own dialect for an id that it owns. */
  void signal(Signal signal);

  /** A signal of another dialect for an id that this session owns; returns its outcome. */
  default ForeignOutcome foreign(ForeignSignal signal) {
    return ForeignOutcome.UNTRANSLATABLE;
  }

  /** A signal of this session was not delivered. */
  void undelivered(Undelivered undelivered);

  /** A peer that the session {@linkplain Switchboard#watch watches} is present. */
  default void present(PeerAddress peer) {}

  /** A peer that the session watched is not, or no longer, present; the watch has ended. */
  default void departed(PeerAddress peer) {}

  /** An event of groups for the session's user. */
  default void group(GroupEvent event) {}

  /**
   * The connection has ended; the last call. The core releases the session's ids afterwards, so it
   * can still send in their names.
   */
  void closed(CloseReason reason);
}
