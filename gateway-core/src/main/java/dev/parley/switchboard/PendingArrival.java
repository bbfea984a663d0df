package dev.parley.switchboard;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.TextEncoder;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import java.util.function.Consumer;
import java.util.function.Function;

/** A connection that is not admitted yet. */
record PendingArrival(SessionHost host, Link link, Handshake handshake) implements Arrival {

  @Override
  public void claim(Claim claim, Consumer<ClaimOutcome> outcome) {
    host.claim(claim, outcome);
  }

  @Override
  public void admit(Function<SessionContext, Session> session) {
    host.admit(session);
  }

  @Override
  public <T> void refuse(T lastWords, TextEncoder<T> encoder, CloseReason reason) {
    link.send(lastWords, encoder);
    link.close(reason);
  }

  @Override
  public void refuse(CloseReason reason) {
    link.close(reason);
  }

  @Override
  public void refuse(CloseReason reason, String text) {
    link.close(reason, text);
  }
}
