package dev.parley.dialect;

import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A connection that is open but not admitted: it has no session yet, and what it sends waits, in
 * order, in a bounded queue. It ends with exactly one of {@link #admit} and {@link #refuse}, at
 * once or after the outcome of a {@link #claim}. Event loop of the connection only.
 */
public interface Arrival {

  /** What the client said when it connected. */
  Handshake handshake();

  /** Asks for an id; {@code outcome} is called later, on this event loop. */
  void claim(Claim claim, Consumer<ClaimOutcome> outcome);

  /** Makes it a session. What has waited is handed to it as soon as this event is over. */
  void admit(Function<SessionContext, Session> session);

  /** Says one last thing, and closes. */
  <T> void refuse(T lastWords, TextEncoder<T> encoder, CloseReason reason);

  /** Closes. */
  void refuse(CloseReason reason);

  /** Closes, and says more than the reason's own text; see {@link Connection#close}. */
  void refuse(CloseReason reason, String text);
}
