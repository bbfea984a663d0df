package dev.parley.peerolator;

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
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client: it belongs to one server, and talks with that one alone. It is greeted when its server
 * is found; until then what it says is on its way already, behind the {@link PeerolatorJoin#JOIN}.
 */
final class PeerolatorClientSession implements Session {

  /** What a client is told whose server is not there, or is itself a client. */
  static final String NO_SUCH_SERVER = "there is no server with this id";

  /** A server that is there answers at once; this is for one whose node is about to be given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The reference of the JOIN. */
  private static final long JOIN = 1;

  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerolatorSessionSupport line;
  private final PeerAddress server;
  private final PeerolatorOptions options;
  private final Connection.Timer joinTimeout;
  private final @Nullable PeerolatorIdleTimeout idleTimeout;
  private Stage stage = Stage.JOINING;

  private enum Stage {
    /** Whether there is such a server is not known yet. */
    JOINING,
    /** Client and server know each other. */
    JOINED,
    /** The server has left. The connection stays, but there is nobody to talk with. */
    ALONE
  }

  PeerolatorClientSession(
      SessionContext context, PeerAddress self, PeerAddress server, PeerolatorOptions options,
      PeerolatorDecoder decoder) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.line = new PeerolatorSessionSupport(context, self, decoder, JOIN, givenUp -> {});
    this.server = server;
    this.options = options;
    this.joinTimeout =
        connection.after(PATIENCE, () -> connection.close(CloseReason.UNAVAILABLE));
    this.idleTimeout =
        options.clientTimeout().isZero()
            ? null
            : new PeerolatorIdleTimeout(connection, options.clientTimeout());
    switchboard.send(PeerolatorJoin.join(self, server, JOIN), Duration.ZERO);
    switchboard.watch(server);
  }

  @Override
  public void message(Bytes message, boolean binary) {
    used();
    line.read(message, binary).ifPresent(this::send);
  }

  private void send(PeerolatorPeerMessage.Relay relay) {
    if (!relay.to().equals(server.id())) {
      line.refuse("a client can talk with its server only");
    } else if (stage != Stage.ALONE) {
      line.send(relay);
    } else {
      line.giveBack(relay, Cause.GONE);
    }
  }

  @Override
  public void signal(Signal signal) {
    boolean fromServer = signal.from().equals(server);
    if (fromServer && stage == Stage.JOINING && signal.name().equals(PeerolatorJoin.WELCOME)) {
      joined(PeerolatorJoin.serverInfo(signal));
    } else if (fromServer && stage == Stage.JOINED && !PeerolatorJoin.isReserved(signal.name())) {
      used();
      line.relay(signal);
    } else {
      switchboard.refuse(signal, Cause.REJECTED);
    }
  }

  private void joined(@Nullable String serverInfo) {
    stage = Stage.JOINED;
    joinTimeout.cancel();
    line.say(new PeerolatorRelayMessage.Hello(line.self().id(), serverInfo));
  }

  /** From a server that speaks another dialect. */
  @Override
  public Reception foreign(ForeignSignal foreign) {
    if (stage != Stage.JOINED || !foreign.from().equals(server)) {
      return Reception.REJECTED;
    }
    used();
    if (line.isEarly(foreign)) {
      return line.hold(foreign);
    }
    line.relay(foreign);
    return Reception.TAKEN;
  }

  @Override
  public void departed(PeerAddress left) {
    if (stage == Stage.JOINING) {
      refuseUnknownServer();
    } else {
      stage = Stage.ALONE;
      line.forget(server);
      line.say(new PeerolatorRelayMessage.PeerGone(line.self().id(), server.id()));
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
      case MESSAGE -> line.unavailable(lost);
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
      case ABSENT, EXPIRED, GONE, REJECTED -> refuseUnknownServer();
      case FULL, UNAVAILABLE -> connection.close(CloseReason.UNAVAILABLE);
      // Somebody is there who speaks another dialect: as good a server as any.
      case UNTRANSLATABLE -> joined(options.serverInfo());
    }
  }

  private void refuseUnknownServer() {
    line.refuse(NO_SUCH_SERVER);
  }

  @Override
  public void closed(CloseReason reason) {
    line.end();
    joinTimeout.cancel();
    if (idleTimeout != null) {
      idleTimeout.cancel();
    }
  }

  private void used() {
    if (idleTimeout != null) {
      idleTimeout.used();
    }
  }
}
