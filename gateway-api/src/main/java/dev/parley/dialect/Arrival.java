package dev.parley.dialect;

import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A connection that is open but not admitted: it has no session yet, and its messages wait, in
 * order, in a bounded queue. It ends with exactly one of {@link #admit} and {@link #refuse}, at
 * once or after the outcome of a {@link #claim}. Confined to the event loop of the connection.
 */
public interface Arrival {

  /** The client's handshake. */
  Handshake handshake();

  /** Claims an id; {@code outcome} is called later, on this event loop. */
  void claim(Claim claim, Consumer<ClaimOutcome> outcome);

  /**
   * Admits the connection as a session. Queued messages are passed to it as soon as this event is
   * over.
   */
  void admit(Function<SessionContext, Session> session);

  /** Sends one last message, and closes. */
  <T> void refuse(T lastWords, TextEncoder<T> encoder, CloseReason reason);

  /** Closes. */
  void refuse(CloseReason reason);

  /** Closes with another text than the reason's own; see {@link Connection#close}. */
  void refuse(CloseReason reason, String text);
}
