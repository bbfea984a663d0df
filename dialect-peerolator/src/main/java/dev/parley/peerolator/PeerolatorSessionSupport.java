package dev.parley.peerolator;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.webrtc.CandidateBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The line to one peer: what is the same for servers and clients. Event loop of the connection
 * only.
 */
final class PeerolatorSessionSupport {

  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerAddress self;
  private final PeerolatorDecoder decoder;
  private final PeerolatorForeignPeers calls;
  private final CandidateBuffer early;

  /**
   * @param ownReference the reference of the session's own signal; 0 if it has none
   * @param givenUp is called when something of a peer was held and is given up
   */
  PeerolatorSessionSupport(
      SessionContext context, PeerAddress self, PeerolatorDecoder decoder, long ownReference,
      Consumer<PeerAddress> givenUp) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.self = self;
    this.decoder = decoder;
    this.calls = new PeerolatorForeignPeers(switchboard, self, ownReference);
    this.early = new CandidateBuffer(new Early(givenUp), switchboard.reserve());
  }

  /** Counts candidates whose description does not come. */
  private final class Early implements CandidateBuffer.Owner {
    private final Consumer<PeerAddress> givenUp;

    Early(Consumer<PeerAddress> givenUp) {
      this.givenUp = givenUp;
    }

    @Override
    public Connection.Timer after(Duration delay, Runnable task) {
      return connection.after(delay, task);
    }

    @Override
    public void dropped(Signal candidate) {
      switchboard.drop(candidate, PeerolatorDialect.NAME);
      givenUp.accept(candidate.from());
    }
  }

  PeerAddress self() {
    return self;
  }

  /** What the peer says; empty if that cannot be, and then the line is closed. */
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
        refuse("from must be your own id, if it is there");
        yield Optional.empty();
      }
      case PeerolatorPeerMessage.Relay relay -> Optional.of(relay);
    };
  }

  /** Closes, and says what was wrong. */
  void refuse(String why) {
    connection.close(CloseReason.REFUSED, why);
  }

  /** Passes on what the peer says. */
  void send(PeerolatorPeerMessage.Relay relay) {
    calls.outgoing(relay).ifPresent(signal -> switchboard.send(signal, Duration.ZERO));
  }

  /** Does not pass on what the peer says: it is as if it had reached nobody. */
  void giveBack(PeerolatorPeerMessage.Relay relay, Undelivered.Cause cause) {
    calls.outgoing(relay).ifPresent(signal -> switchboard.refuse(signal, cause));
  }

  /** Tells the peer what the relay has to say. */
  void say(PeerolatorRelayMessage message) {
    connection.send(message, PeerolatorEncoder::encode);
  }

  /** Tells the peer what another one says. */
  void relay(Signal signal) {
    connection.send(signal, PeerolatorEncoder::relay);
  }

  /** Whether what a peer of another dialect says has to wait, see {@link #hold}. */
  boolean isEarly(ForeignSignal foreign) {
    return calls.isEarly(foreign) || endsWhatIsHeld(foreign);
  }

  private boolean endsWhatIsHeld(ForeignSignal foreign) {
    return foreign.content() instanceof Content.EndOfCandidates
        && early.holds(foreign.from(), foreign.conversation());
  }

  /** Holds a candidate until the description comes that it belongs to. */
  Reception hold(ForeignSignal foreign) {
    return early.hold(foreign);
  }

  /** Whether something of a peer is held. */
  boolean holds(PeerAddress other) {
    return early.holds(other);
  }

  /** A conversation is over of which the peer has heard nothing. */
  void endUnheard(ForeignSignal bye) {
    early.end(bye.from(), bye.conversation());
  }

  /** Tells the peer what one of another dialect says, and then what that has said too early. */
  void relay(ForeignSignal foreign) {
    PeerolatorForeignMessage said = calls.incoming(foreign);
    tell(said);
    switch (foreign.content()) {
      case Content.Offer offer -> tellHeld(foreign, offer.sdp(), said);
      case Content.Answer answer -> tellHeld(foreign, answer.sdp(), said);
      case Content.Bye bye -> early.end(foreign.from(), foreign.conversation());
      default -> {}
    }
  }

  private void tellHeld(ForeignSignal foreign, Sdp sdp, PeerolatorForeignMessage description) {
    for (ForeignSignal held : early.take(foreign.from(), foreign.conversation(), sdp)) {
      tell(description.with(held.content()));
      switchboard.delivered(held.signal());
    }
  }

  private void tell(PeerolatorForeignMessage said) {
    connection.send(said, PeerolatorForeignEncoder::encode);
  }

  /** Tells the peer that what it asked of another one reached nobody. */
  void unavailable(Undelivered lost) {
    say(calls.unavailable(lost));
  }

  /** Another peer has left. */
  void forget(PeerAddress other) {
    calls.forget(other);
    early.forget(other);
  }

  /** The peer has left. */
  void end() {
    calls.end();
    early.clear();
  }
}
