package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.dialect.support.ForeignPeerContext;
import dev.parley.signal.Bytes;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An admitted client: carries out its messages, and writes what it receives. */
final class PeerJsSession implements Session {

  private static final Logger LOG = LoggerFactory.getLogger(PeerJsSession.class);

  private final SessionContext context;
  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerAddress self;
  private final PeerJsOfferSerialization serialization;
  private final PeerJsSupport support;
  private final PeerJsLiveness liveness;

  private boolean left;
  private @Nullable PeerJsForeignPeers foreignPeers;

  PeerJsSession(
      SessionContext context, PeerAddress self, PeerJsOfferSerialization serialization,
      PeerJsSupport support) {
    this.context = context;
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
   * Clients treat ERROR as fatal, so nothing is answered with it after OPEN. A binary frame that is
   * not JSON comes from no client of this protocol.
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
    if (foreignPeers != null && relay.type().kind() == SignalKind.ANSWER) {
      noteAnswer(foreignPeers, relay);
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

  private void noteAnswer(PeerJsForeignPeers peers, PeerJsClientMessage.Relay relay) {
    support.interpreter().connectionId(relay.payload())
        .ifPresent(id -> peers.markAnswered(self.neighbour(relay.dst()), id));
  }

  /**
   * Releases the id and the client's share of {@code concurrent_limit}; the socket stays open, as
   * at a PeerServer, without an id.
   */
  private void leave() {
    if (!left) {
      left = true;
      endForeignPeers();
      switchboard.release(self);
      support.clientLimit().release();
    }
  }

  @Override
  public void signal(Signal signal) {
    connection.send(signal, PeerJsEncoder::relay);
  }

  // ---- peers of other dialects

  @Override
  public ForeignOutcome foreign(ForeignSignal signal) {
    if (foreignPeers == null) {
      foreignPeers = new PeerJsForeignPeers(
          ForeignPeerContext.of(context, PeerJsDialect.NAME), this::send);
    }
    return foreignPeers.receive(signal);
  }

  @Override
  public void departed(PeerAddress peer) {
    if (foreignPeers != null) {
      foreignPeers.departed(peer);
    }
  }

  private void endForeignPeers() {
    if (foreignPeers != null) {
      foreignPeers.end();
      foreignPeers = null;
    }
  }

  private void send(PeerJsForeignMessage message) {
    connection.send(
        message, (each, out) -> PeerJsEncoder.foreign(each, self.id(), serialization, out));
  }

  // ---- failures

  /**
   * An undelivered LEAVE or EXPIRE is not reported; anything else is, as after the time-out. When a
   * peer of another dialect refuses an offer, its candidates are refused without a report, since a
   * client handles each EXPIRE as a separate failure.
   */
  @Override
  public void undelivered(Undelivered undelivered) {
    // The client has got EXPIRE for the offer or answer before, or knows without it.
    boolean unwanted =
        switch (undelivered.cause()) {
          case REJECTED, FORBIDDEN, UNTRANSLATABLE -> true;
          case ABSENT, EXPIRED, FULL, GONE, UNAVAILABLE -> false;
        };
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
    endForeignPeers();
    if (!left) {
      support.clientLimit().release();
    }
  }
}
