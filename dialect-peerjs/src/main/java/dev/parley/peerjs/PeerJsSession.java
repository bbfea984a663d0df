package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.Bytes;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that was let in: what its messages mean, and what it is told. */
final class PeerJsSession implements Session {

  private static final Logger LOG = LoggerFactory.getLogger(PeerJsSession.class);

  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerAddress self;
  private final PeerJsOfferSerialization serialization;
  private final PeerJsSupport support;
  private final PeerJsLiveness liveness;

  private boolean left;
  private @Nullable PeerJsForeignPeers conversations;

  PeerJsSession(
      SessionContext context, PeerAddress self, PeerJsOfferSerialization serialization,
      PeerJsSupport support) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.self = self;
    this.serialization = serialization;
    this.support = support;
    this.liveness = PeerJsLiveness.watch(connection, support.options(), support.nanoTime());
    connection.send(new PeerJsServerMessage.Open(), PeerJsEncoder::encode);
  }

  @Override
  public void message(Bytes message, boolean binary) {
    switch (support.decoder().decode(message)) {
      case PeerJsClientMessage.Relay relay -> relay(relay);
      case PeerJsClientMessage.Heartbeat heartbeat -> liveness.heartbeat();
      case PeerJsClientMessage.Leave leave -> leave();
      case PeerJsClientMessage.Ignored(PeerJsIgnoredCause cause) -> ignore(cause, binary);
    }
  }

  /**
   * Every client takes ERROR for the end of all: after OPEN nothing is answered with it. What comes
   * in a binary frame and is no JSON comes from no client of this protocol.
   */
  private void ignore(PeerJsIgnoredCause cause, boolean binary) {
    support.ignored().count(cause);
    LOG.debug("message ignored: connection={} realm={} peer={} cause={}", connection.id(),
        self.realm(), self.id(), cause);
    if (binary && cause == PeerJsIgnoredCause.NOT_JSON) {
      connection.close(CloseReason.NOT_TEXT);
    }
  }

  private void relay(PeerJsClientMessage.Relay relay) {
    if (left) {
      ignore(PeerJsIgnoredCause.AFTER_LEAVE, false);
      return;
    }
    if (conversations != null && relay.type().kind() == SignalKind.ANSWER) {
      noteAnswer(conversations, relay);
    }
    Signal signal =
        new Signal(
            support.interpreter().kind(relay),
            self,
            self.neighbour(relay.dst()),
            PeerJsDialect.NAME,
            relay.type().name(),
            relay.payload(),
            0);
    switchboard.send(signal, relay.type().waits() ? support.expireTimeout() : Duration.ZERO);
  }

  private void noteAnswer(PeerJsForeignPeers talks, PeerJsClientMessage.Relay relay) {
    support.interpreter().connectionId(relay.payload())
        .ifPresent(id -> talks.answers(self.neighbour(relay.dst()), id));
  }

  /**
   * The id and the seat are free from now on; the socket stays open, as at a PeerServer, but has
   * nobody to speak for.
   */
  private void leave() {
    if (!left) {
      left = true;
      endConversations();
      switchboard.release(self);
      support.seats().giveBack();
    }
  }

  @Override
  public void signal(Signal signal) {
    connection.send(signal, PeerJsEncoder::relay);
  }

  // ---- peers of other dialects

  @Override
  public Reception foreign(ForeignSignal signal) {
    if (conversations == null) {
      conversations = new PeerJsForeignPeers(new Neighbours(), switchboard.reserve());
    }
    return conversations.receive(signal);
  }

  @Override
  public void departed(PeerAddress peer) {
    if (conversations != null) {
      conversations.departed(peer);
    }
  }

  private void endConversations() {
    if (conversations != null) {
      conversations.end();
      conversations = null;
    }
  }

  /** What conversations with peers of other dialects need of this session. */
  private final class Neighbours implements PeerJsForeignPeers.Client {

    @Override
    public void tell(PeerJsForeignMessage message) {
      connection.send(
          message,
          (told, out) -> PeerJsEncoder.translated(told, self.id(), serialization, out));
    }

    @Override
    public void refuse(Signal offer, Cause cause) {
      switchboard.refuse(offer, cause);
    }

    @Override
    public void watch(PeerAddress peer) {
      switchboard.watch(peer);
    }

    @Override
    public void unwatch(PeerAddress peer) {
      switchboard.unwatch(peer);
    }

    @Override
    public Connection.Timer after(Duration delay, Runnable task) {
      return connection.after(delay, task);
    }

    @Override
    public void delivered(Signal candidate) {
      switchboard.delivered(candidate);
    }

    @Override
    public void drop(Signal candidate) {
      switchboard.drop(candidate, PeerJsDialect.NAME);
    }
  }

  // ---- what fails

  /**
   * LEAVE and EXPIRE that reach nobody are not missed; anything else is reported, as after the
   * time-out. A peer of another dialect refuses an offer once; that it does not want the candidates
   * either goes without saying, since a client takes each EXPIRE for a failure of its own.
   */
  @Override
  public void undelivered(Undelivered undelivered) {
    boolean unwanted =
        undelivered.cause() == Cause.REJECTED || undelivered.cause() == Cause.UNTRANSLATABLE;
    switch (undelivered.kind()) {
      case OFFER, ANSWER -> expire(undelivered.to().id());
      case CANDIDATE, END_OF_CANDIDATES -> {
        if (!unwanted) {
          expire(undelivered.to().id());
        }
      }
      case BYE, CUSTOM -> {}
    }
  }

  private void expire(String peer) {
    connection.send(new PeerJsServerMessage.Expire(peer, self.id()), PeerJsEncoder::encode);
  }

  @Override
  public void closed(CloseReason reason) {
    liveness.end();
    endConversations();
    if (!left) {
      support.seats().giveBack();
    }
  }
}
