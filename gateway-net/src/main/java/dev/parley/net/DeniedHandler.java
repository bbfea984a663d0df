package dev.parley.net;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.TextEncoder;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Refuses a client that a gate has denied, in the words of its dialect, after the upgrade. It never
 * becomes a session, whatever the dialect does.
 *
 * @param words the dialect's handler
 */
record DeniedHandler(HandshakeHandler words) implements HandshakeHandler {

  @Override
  public void greet(Arrival arrival) {
    words.greet(new Denied(arrival));
    // In case that the dialect has not: the second close does nothing.
    arrival.refuse(CloseReason.REFUSED);
  }

  private record Denied(Arrival arrival) implements Arrival {

    @Override
    public Handshake handshake() {
      return arrival.handshake();
    }

    @Override
    public void claim(Claim claim, Consumer<ClaimOutcome> outcome) {
      throw new IllegalStateException("a denied client claims no id");
    }

    @Override
    public void admit(Function<SessionContext, Session> session) {
      throw new IllegalStateException("a denied client is not admitted");
    }

    @Override
    public <T> void refuse(T lastWords, TextEncoder<T> encoder, CloseReason reason) {
      arrival.refuse(lastWords, encoder, reason);
    }

    @Override
    public void refuse(CloseReason reason) {
      arrival.refuse(reason);
    }

    @Override
    public void refuse(CloseReason reason, String text) {
      arrival.refuse(reason, text);
    }
  }
}
