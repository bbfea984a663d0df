package dev.parley.dialect;

import dev.parley.group.GroupEvent;
import dev.parley.signal.Bytes;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;

/**
 * One live connection of one client that was admitted. Every method is called on the connection's
 * event loop, one at a time, so a session needs no locks; it must not block. While a claim or
 * a group command of the session is under way, messages and the close wait in order.
 *
 * <p>An exception out of any of these methods is a defect of the dialect: it is logged, and this
 * connection alone is closed with {@link CloseReason#INTERNAL_ERROR}.
 */
public interface Session {

  /**
   * A whole message from the client, put together if it came in fragments, within the size limit.
   *
   * @param message valid UTF-8 unless {@code binary}; may be kept, is never written to
   * @param binary whether it came as a binary message
   */
  void message(Bytes message, boolean binary);

  /**
   * A message that comes while as many of this client wait for an answer as may. It is dropped, and
   * answered out of turn, in the dialect's own words: that it cannot be done at the moment.
   *
   * @return whether it was answered; if not, the connection is closed
   */
  default boolean overflow(Bytes message, boolean binary) {
    return false;
  }

  /** A signal of the session's own dialect for an id that it owns. */
  void signal(Signal signal);

  /** A signal of another dialect for an id that this session owns; says what became of it. */
  default Reception foreign(ForeignSignal signal) {
    return Reception.UNTRANSLATABLE;
  }

  /** A signal of this session reached nobody. */
  void undelivered(Undelivered undelivered);

  /** A peer that the session {@linkplain Switchboard#watch watches} is there. */
  default void present(PeerAddress peer) {}

  /** A peer that the session watched is not there, or not any more; it is watched no longer. */
  default void departed(PeerAddress peer) {}

  /** Something has happened in a group that the session's user sees. */
  default void group(GroupEvent event) {}

  /**
   * The connection is over; the last call. Ids that the session still owns are given up by the core
   * afterwards, so that it can still send in their names.
   */
  void closed(CloseReason reason);
}
