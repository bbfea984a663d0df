package dev.parley.peerolator;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.Bytes;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import java.util.Optional;

/**
 * The line to one peer: what is the same for servers and clients. Event loop of the connection
 * only.
 */
final class Line {

  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerAddress self;
  private final PeerolatorDecoder decoder;
  private final Calls calls;

  /**
   * @param ownReference the reference of the session's own signal; 0 if it has none
   */
  Line(SessionContext context, PeerAddress self, PeerolatorDecoder decoder, long ownReference) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.self = self;
    this.decoder = decoder;
    this.calls = new Calls(switchboard, self, ownReference);
  }

  PeerAddress self() {
    return self;
  }

  /** What the peer says; empty if that cannot be, and then the line is closed. */
  Optional<PeerMessage.Relay> read(Bytes message, boolean binary) {
    if (binary) {
      connection.close(CloseReason.NOT_TEXT);
      return Optional.empty();
    }
    return switch (decoder.decode(message)) {
      case PeerMessage.Malformed(String why) -> {
        refuse(why);
        yield Optional.empty();
      }
      case PeerMessage.Relay relay when relay.from() != null
          && !relay.from().equals(self.id()) -> {
        refuse("from must be your own id, if it is there");
        yield Optional.empty();
      }
      case PeerMessage.Relay relay -> Optional.of(relay);
    };
  }

  /** Closes, and says what was wrong. */
  void refuse(String why) {
    connection.close(CloseReason.REFUSED, why);
  }

  /** Passes on what the peer says. */
  void send(PeerMessage.Relay relay) {
    calls.outgoing(relay).ifPresent(signal -> switchboard.send(signal, Duration.ZERO));
  }

  /** Does not pass on what the peer says: it is as if it had reached nobody. */
  void giveBack(PeerMessage.Relay relay, Undelivered.Cause cause) {
    calls.outgoing(relay).ifPresent(signal -> switchboard.refuse(signal, cause));
  }

  /** Tells the peer what the relay has to say. */
  void say(RelayMessage message) {
    connection.send(message, PeerolatorEncoder::encode);
  }

  /** Tells the peer what another one says. */
  void relay(Signal signal) {
    connection.send(signal, PeerolatorEncoder::relay);
  }

  /** Tells the peer what one of another dialect says. */
  void relay(ForeignSignal foreign) {
    connection.send(calls.incoming(foreign), ForeignEncoder::encode);
  }

  /** Tells the peer that what it asked of another one reached nobody. */
  void unavailable(Undelivered lost) {
    say(calls.unavailable(lost));
  }

  /** Another peer has left. */
  void forget(PeerAddress other) {
    calls.forget(other);
  }

  /** The peer has left. */
  void end() {
    calls.end();
  }
}
