package org.example.bell;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import org.jspecify.annotations.Nullable;

/** One client. It has no id until it has said hello. */
final class BellSession implements Session {

  private final Connection connection;
  private final Switchboard switchboard;
  private final String realm;
  private final BellOptions options;
  private final BellDecoder decoder;
  private @Nullable PeerAddress self;

  BellSession(SessionContext context, String realm, BellOptions options, BellDecoder decoder) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.realm = realm;
    this.options = options;
    this.decoder = decoder;
  }

  @Override
  public void message(Bytes message, boolean binary) {
    if (binary) {
      connection.close(CloseReason.NOT_TEXT);
      return;
    }
    switch (decoder.decode(message)) {
      case BellRequest.Hello(String id) -> hello(id);
      case BellRequest.Ring ring -> ring(ring);
      case BellRequest.Nonsense(String why) -> say(new BellAnswer.Refused("message", why));
    }
  }

  // doc:claim
  private void hello(String id) {
    if (self != null) {
      say(new BellAnswer.Refused(id, "you have said hello"));
      return;
    }
    switchboard.claim(Claim.of(new PeerAddress(realm, id)), this::conclude);
  }

  private void conclude(ClaimOutcome outcome) {
    String id = outcome.address().id();
    switch (outcome) {
      case ClaimOutcome.Granted granted -> {
        self = granted.address();
        say(new BellAnswer.Welcome(id));
      }
      case ClaimOutcome.Taken taken -> say(new BellAnswer.Taken(id));
      case ClaimOutcome.Invalid invalid -> say(new BellAnswer.Refused(id, invalid.objection()));
      case ClaimOutcome.Forbidden forbidden -> say(new BellAnswer.Refused(id, "it is not yours"));
      case ClaimOutcome.Unavailable unavailable ->
          say(new BellAnswer.Refused(id, "try again later"));
      case ClaimOutcome.NotOwned notOwned ->
          throw new IllegalStateException("only a claim for a take-over ends so");
    }
  }
  // doc:end

  // doc:send
  private void ring(BellRequest.Ring ring) {
    PeerAddress from = self;
    if (from == null) {
      say(new BellAnswer.Refused(ring.peer(), "say hello first"));
    } else if (ring.text().length() > options.letters()) {
      say(new BellAnswer.Refused(ring.peer(), "more than " + options.letters() + " letters"));
    } else {
      switchboard.send(
          new Signal(
              SignalKind.CUSTOM,
              from,
              from.neighbour(ring.peer()),
              BellDialect.NAME,
              "ring",
              Bytes.utf8(ring.text()),
              0),
          options.patience());
    }
  }

  @Override
  public void signal(Signal signal) {
    connection.send(signal, BellEncoder::rung);
  }

  @Override
  public void undelivered(Undelivered undelivered) {
    String peer = undelivered.to().id();
    say(
        switch (undelivered.cause()) {
          case ABSENT, EXPIRED, GONE -> new BellAnswer.Nobody(peer);
          case UNTRANSLATABLE, REJECTED, FORBIDDEN -> new BellAnswer.Refused(peer, "no bell there");
          case FULL, UNAVAILABLE -> new BellAnswer.Refused(peer, "try again later");
        });
  }
  // doc:end

  /** The core releases the id; there are no other resources. */
  @Override
  public void closed(CloseReason reason) {}

  private void say(BellAnswer answer) {
    connection.send(answer, BellEncoder::answer);
  }
}
