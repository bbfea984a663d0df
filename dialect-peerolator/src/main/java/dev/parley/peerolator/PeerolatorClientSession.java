package dev.parley.peerolator;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.dialect.support.IdleTimer;
import dev.parley.signal.Bytes;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client, which communicates with one server only. It receives HELLO when its server is found;
 * what it sends before follows the {@link PeerolatorJoin#JOIN}.
 */
final class PeerolatorClientSession implements Session {

  /** A server answers at once; this is for one whose node has failed and is not evicted yet. */
  private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(10);

  /** The reference of the JOIN. */
  private static final long JOIN = 1;

  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerolatorSessionSupport support;
  private final PeerAddress server;
  private final PeerolatorOptions options;
  private final PeerolatorGreeting greeting;
  private final Connection.Timer joinTimeout;
  private final @Nullable IdleTimer idleTimer;
  private Stage stage = Stage.JOINING;

  private enum Stage {
    /** The server has not answered yet. */
    JOINING,
    /** The server has answered. */
    JOINED,
    /** The server has left; the connection stays open. */
    ALONE
  }

  PeerolatorClientSession(
      SessionContext context, PeerAddress self, PeerAddress server, PeerolatorOptions options,
      PeerolatorDecoder decoder, PeerolatorGreeting greeting) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.support = new PeerolatorSessionSupport(context, self, decoder, JOIN, dropped -> {});
    this.server = server;
    this.options = options;
    this.greeting = greeting;
    this.joinTimeout =
        connection.after(JOIN_TIMEOUT, () -> connection.close(CloseReason.UNAVAILABLE));
    this.idleTimer =
        options.clientTimeout().isZero()
            ? null
            : new IdleTimer(
                connection,
                options.clientTimeout(),
                () -> connection.close(CloseReason.SILENT, PeerolatorErrors.IDLE));
    switchboard.send(PeerolatorJoin.join(self, server, JOIN), Duration.ZERO);
    switchboard.watch(server);
  }

  @Override
  public void message(Bytes message, boolean binary) {
    markActive();
    support.read(message, binary).ifPresent(this::send);
  }

  private void send(PeerolatorPeerMessage.Relay relay) {
    if (!relay.to().equals(server.id())) {
      support.refuse(PeerolatorErrors.NOT_OWN_SERVER);
    } else if (stage != Stage.ALONE) {
      support.send(relay);
    } else {
      support.giveBack(relay, Cause.GONE);
    }
  }

  @Override
  public void signal(Signal signal) {
    boolean fromServer = signal.from().equals(server);
    if (fromServer && stage == Stage.JOINING && signal.name().equals(PeerolatorJoin.WELCOME)) {
      joined(PeerolatorJoin.serverInfo(signal));
    } else if (fromServer && stage == Stage.JOINED && !PeerolatorJoin.isReserved(signal.name())) {
      markActive();
      support.relay(signal);
    } else {
      switchboard.refuse(signal, Cause.REJECTED);
    }
  }

  private void joined(@Nullable String serverInfo) {
    stage = Stage.JOINED;
    joinTimeout.cancel();
    support.send(greeting.to(support.self(), serverInfo));
  }

  @Override
  public ForeignOutcome foreign(ForeignSignal foreign) {
    if (stage != Stage.JOINED || !foreign.from().equals(server)) {
      return ForeignOutcome.REJECTED;
    }
    markActive();
    if (support.isEarly(foreign)) {
      return support.hold(foreign);
    }
    support.relay(foreign);
    return ForeignOutcome.TAKEN;
  }

  @Override
  public void departed(PeerAddress left) {
    if (stage == Stage.JOINING) {
      refuseUnknownServer();
    } else {
      stage = Stage.ALONE;
      support.forget(server);
      support.send(new PeerolatorRelayMessage.PeerGone(support.self().id(), server.id()));
    }
  }

  @Override
  public void undelivered(Undelivered lost) {
    if (stage == Stage.JOINING) {
      if (lost.reference() == JOIN) {
        notJoined(lost.cause());
      }
    } else if (lost.reference() != 0) {
      unreachable(lost);
    }
  }

  private void unreachable(Undelivered lost) {
    switch (options.unreachable()) {
      case MESSAGE -> support.unavailable(lost);
      case GONE -> {
        if (PeerolatorUnreachable.isFinal(lost.cause()) && stage == Stage.JOINED) {
          switchboard.unwatch(server);
          departed(server);
        }
      }
    }
  }

  private void notJoined(Cause cause) {
    switch (cause) {
      case ABSENT, EXPIRED, GONE, REJECTED, FORBIDDEN -> refuseUnknownServer();
      case FULL, UNAVAILABLE -> connection.close(CloseReason.UNAVAILABLE);
      // A peer of another dialect serves as well.
      case UNTRANSLATABLE -> joined(options.serverInfo());
    }
  }

  private void refuseUnknownServer() {
    support.refuse(PeerolatorErrors.NO_SUCH_SERVER);
  }

  @Override
  public void closed(CloseReason reason) {
    support.end();
    joinTimeout.cancel();
    if (idleTimer != null) {
      idleTimer.cancel();
    }
  }

  /** Pings do not count: a client that answers them may still be forgotten by its application. */
  private void markActive() {
    if (idleTimer != null) {
      idleTimer.touch();
    }
  }
}
