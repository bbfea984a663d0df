package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import java.time.Duration;

/** A client that was let in: what its messages mean, and what it is told. */
final class PeerJsSession implements Session {

  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerAddress self;
  private final PeerJsDecoder decoder;
  private final Seats seats;
  private final Duration expireTimeout;
  private final long aliveNanos;

  private long aliveAt = System.nanoTime();
  private Connection.Timer aliveCheck;
  private boolean left;

  PeerJsSession(
      SessionContext context, PeerAddress self, PeerJsOptions options, PeerJsDecoder decoder,
      Seats seats) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.self = self;
    this.decoder = decoder;
    this.seats = seats;
    this.expireTimeout = Duration.ofMillis(options.expireTimeout());
    Duration alive = Duration.ofMillis(options.aliveTimeout());
    this.aliveNanos = alive.toNanos();
    this.aliveCheck = connection.after(alive, this::checkAlive);
    connection.send(new ServerMessage.Open(), PeerJsEncoder::encode);
  }

  @Override
  public void message(Bytes message, boolean binary) {
    switch (decoder.decode(message)) {
      case ClientMessage.Relay relay -> relay(relay);
      case ClientMessage.Heartbeat heartbeat -> aliveAt = System.nanoTime();
      case ClientMessage.Leave leave -> leave();
      case ClientMessage.Idle idle -> {}
      case ClientMessage.Malformed malformed -> complain(malformed, binary);
    }
  }

  private void relay(ClientMessage.Relay relay) {
    if (left) {
      return;
    }
    Signal signal =
        new Signal(
            relay.type().kind(),
            self,
            self.neighbour(relay.dst()),
            PeerJsDialect.NAME,
            relay.type().name(),
            relay.payload(),
            0);
    switchboard.send(signal, relay.type().waits() ? expireTimeout : Duration.ZERO);
  }

  /**
   * The id and the seat are free from now on; the socket stays open, as at a PeerServer, but has
   * nobody to speak for.
   */
  private void leave() {
    if (!left) {
      left = true;
      switchboard.release(self);
      seats.giveBack();
    }
  }

  private void complain(ClientMessage.Malformed malformed, boolean binary) {
    if (binary) {
      connection.close(CloseReason.NOT_TEXT);
    } else {
      connection.send(new ServerMessage.Failure(malformed.why()), PeerJsEncoder::encode);
    }
  }

  @Override
  public void signal(Signal signal) {
    connection.send(signal, PeerJsEncoder::relay);
  }

  /**
   * LEAVE and EXPIRE that reach nobody are not missed; anything else is reported, as after the
   * time-out.
   */
  @Override
  public void undelivered(Undelivered undelivered) {
    switch (undelivered.kind()) {
      case OFFER, ANSWER, CANDIDATE, END_OF_CANDIDATES ->
          connection.send(
              new ServerMessage.Expire(undelivered.to().id(), self.id()), PeerJsEncoder::encode);
      case BYE, CUSTOM -> {}
    }
  }

  @Override
  public void closed(CloseReason reason) {
    aliveCheck.cancel();
    if (!left) {
      seats.giveBack();
    }
  }

  private void checkAlive() {
    long left = aliveNanos - (System.nanoTime() - aliveAt);
    if (left <= 0) {
      connection.close(CloseReason.SILENT);
    } else {
      aliveCheck = connection.after(Duration.ofNanos(left), this::checkAlive);
    }
  }
}
