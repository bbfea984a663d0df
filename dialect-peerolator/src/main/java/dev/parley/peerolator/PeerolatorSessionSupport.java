package dev.parley.peerolator;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.dialect.support.CandidateBuffer;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the sessions of servers and of clients share: reading from the peer and writing to it. Event
 * loop of the connection only.
 */
final class PeerolatorSessionSupport implements CandidateBuffer.Owner {

  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerAddress self;
  private final PeerolatorDecoder decoder;
  private final PeerolatorForeignPeers foreignPeers;
  private final Consumer<PeerAddress> onDropped;
  private final CandidateBuffer early;

  /**
   * @param ownReference the reference of the session's own signal; 0 if it has none
   * @param onDropped is called with the peer of a signal that was held and is given up
   */
  PeerolatorSessionSupport(
      SessionContext context, PeerAddress self, PeerolatorDecoder decoder, long ownReference,
      Consumer<PeerAddress> onDropped) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.self = self;
    this.decoder = decoder;
    this.foreignPeers = new PeerolatorForeignPeers(switchboard, self, ownReference);
    this.onDropped = onDropped;
    this.early = new CandidateBuffer(this, switchboard.reserve());
  }

  @Override
  public Connection.Timer after(Duration delay, Runnable task) {
    return connection.after(delay, task);
  }

  @Override
  public void dropped(Signal signal) {
    switchboard.drop(signal, PeerolatorDialect.NAME);
    onDropped.accept(signal.from());
  }

  PeerAddress self() {
    return self;
  }

  /** Reads a message of the peer; if it is invalid, closes the connection and returns empty. */
  Optional<PeerolatorPeerMessage.Relay> read(Bytes message, boolean binary) {
    if (binary) {
      connection.close(CloseReason.NOT_TEXT);
      return Optional.empty();
    }
    return switch (decoder.decode(message)) {
      case PeerolatorPeerMessage.Malformed(String why) -> {
        refuse(why);
        yield Optional.empty();
      }
      case PeerolatorPeerMessage.Relay relay when relay.from() != null
          && !relay.from().equals(self.id()) -> {
        refuse(PeerolatorErrors.NOT_OWN_ID);
        yield Optional.empty();
      }
      case PeerolatorPeerMessage.Relay relay -> Optional.of(relay);
    };
  }

  /** Closes the connection with a text of {@link PeerolatorErrors}. */
  void refuse(String why) {
    connection.close(CloseReason.REFUSED, why);
  }

  /** Sends a message of the peer. */
  void send(PeerolatorPeerMessage.Relay relay) {
    foreignPeers.outgoing(relay).ifPresent(signal -> switchboard.send(signal, Duration.ZERO));
  }

  /** Refuses a message of the peer, as if it had not been delivered. */
  void giveBack(PeerolatorPeerMessage.Relay relay, Undelivered.Cause cause) {
    foreignPeers.outgoing(relay).ifPresent(signal -> switchboard.refuse(signal, cause));
  }

  /** Sends the peer a message of the relay. */
  void send(PeerolatorRelayMessage message) {
    connection.send(message, PeerolatorEncoder::encode);
  }

  /** Sends the peer a message of another one. */
  void relay(Signal signal) {
    connection.send(signal, PeerolatorEncoder::relay);
  }

  /** Whether a signal of another dialect has to wait, see {@link #hold}. */
  boolean isEarly(ForeignSignal foreign) {
    return foreignPeers.isEarly(foreign) || endsHeldCandidates(foreign);
  }

  private boolean endsHeldCandidates(ForeignSignal foreign) {
    return foreign.content() instanceof Content.EndOfCandidates
        && early.holds(foreign.from(), foreign.conversation());
  }

  /** Holds a candidate until its description arrives. */
  ForeignOutcome hold(ForeignSignal foreign) {
    return early.hold(foreign);
  }

  /** Whether a signal of a peer is held. */
  boolean holds(PeerAddress other) {
    return early.holds(other);
  }

  /** Ends a conversation of which the peer has received nothing. */
  void endHeld(ForeignSignal bye) {
    early.end(bye.from(), bye.conversation());
  }

  /** Sends the peer a signal of another dialect, and behind a description what came before it. */
  void relay(ForeignSignal foreign) {
    PeerolatorForeignMessage message = foreignPeers.incoming(foreign);
    send(message);
    switch (foreign.content()) {
      case Content.Offer offer -> sendHeld(foreign, offer.sdp(), message);
      case Content.Answer answer -> sendHeld(foreign, answer.sdp(), message);
      case Content.Bye bye -> early.end(foreign.from(), foreign.conversation());
      default -> {}
    }
  }

  private void sendHeld(ForeignSignal foreign, Sdp sdp, PeerolatorForeignMessage description) {
    for (ForeignSignal held : early.take(foreign.from(), foreign.conversation(), sdp)) {
      send(description.with(held.content()));
      switchboard.delivered(held.signal());
    }
  }

  private void send(PeerolatorForeignMessage message) {
    connection.send(message, PeerolatorForeignEncoder::encode);
  }

  /** Reports a request of the peer that was not delivered. */
  void unavailable(Undelivered lost) {
    send(foreignPeers.unavailable(lost));
  }

  /** Another peer has left. */
  void forget(PeerAddress other) {
    foreignPeers.forget(other);
    early.forget(other);
  }

  /** The peer has left. */
  void end() {
    foreignPeers.end();
    early.clear();
  }
}
