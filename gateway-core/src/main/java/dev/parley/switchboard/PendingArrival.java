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

/**
 * A connection from its handshake until it is admitted or refused. Confined to the event loop of
 * the connection.
 */
record PendingArrival(
    SessionHost host, SessionSwitchboard switchboard, Link link, Handshake handshake)
    implements Arrival {

  @Override
  public void claim(Claim claim, Consumer<ClaimOutcome> outcome) {
    switchboard.claim(claim, outcome);
  }

  @Override
  public void admit(Function<SessionContext, Session> session) {
    host.admit(() -> session.apply(new SessionContext(link, switchboard)));
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
