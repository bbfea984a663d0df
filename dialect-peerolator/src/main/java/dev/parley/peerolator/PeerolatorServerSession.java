package dev.parley.peerolator;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server: it is told which clients come and go, and can say something to each of them. */
final class PeerolatorServerSession implements Session {

  private final Switchboard switchboard;
  private final PeerolatorSessionSupport line;
  private final @Nullable String serverInfo;
  private final PeerolatorUnreachable unreachable;
  private final Set<PeerAddress> clients = new HashSet<>(4);

  PeerolatorServerSession(
      SessionContext context, PeerAddress self, @Nullable String serverInfo,
      PeerolatorOptions options, PeerolatorDecoder decoder) {
    this.switchboard = context.switchboard();
    this.line = new PeerolatorSessionSupport(context, self, decoder, 0, this::unwatchUnlessMet);
    this.serverInfo = serverInfo;
    this.unreachable = options.unreachable();
    line.say(new PeerolatorRelayMessage.Hello(self.id(), serverInfo));
  }

  @Override
  public void message(Bytes message, boolean binary) {
    line.read(message, binary).ifPresent(line::send);
  }

  @Override
  public void signal(Signal signal) {
    if (signal.name().equals(PeerolatorJoin.JOIN)) {
      join(signal.from());
    } else if (clients.contains(signal.from()) && !PeerolatorJoin.isReserved(signal.name())) {
      line.relay(signal);
    } else {
      switchboard.refuse(signal, Cause.REJECTED);
    }
  }

  private void join(PeerAddress client) {
    switchboard.send(PeerolatorJoin.welcome(line.self(), client, serverInfo), Duration.ZERO);
    meet(client);
  }

  /** Tells the server of a client that it does not know, and watches for its end. */
  private void meet(PeerAddress client) {
    if (clients.add(client)) {
      line.say(new PeerolatorRelayMessage.PeerJoined(line.self().id(), client.id()));
      switchboard.watch(client);
    }
  }

  /**
   * A peer of another dialect becomes a client with what it says first, unless that belongs to a
   * conversation that is not there, or not yet.
   */
  @Override
  public Reception foreign(ForeignSignal foreign) {
    PeerAddress peer = foreign.from();
    if (peer.id().equals(PeerolatorRelayMessage.RELAY)) {
      return Reception.REJECTED;
    }
    if (line.isEarly(foreign)) {
      return hold(foreign);
    }
    if (foreign.content() instanceof Content.Bye && !clients.contains(peer)) {
      line.endUnheard(foreign);
      return Reception.DROPPED;
    }
    meet(peer);
    line.relay(foreign);
    return Reception.TAKEN;
  }

  /** A peer that leaves before it has called must not be mistaken for the next owner of its id. */
  private Reception hold(ForeignSignal foreign) {
    Reception reception = line.hold(foreign);
    if (reception == Reception.HELD) {
      switchboard.watch(foreign.from());
    }
    return reception;
  }

  private void unwatchUnlessMet(PeerAddress peer) {
    if (!clients.contains(peer) && !line.holds(peer)) {
      switchboard.unwatch(peer);
    }
  }

  @Override
  public void departed(PeerAddress client) {
    boolean met = clients.remove(client);
    line.forget(client);
    if (met) {
      line.say(new PeerolatorRelayMessage.PeerGone(line.self().id(), client.id()));
    }
  }

  @Override
  public void undelivered(Undelivered lost) {
    if (lost.reference() == 0) {
      return;
    }
    switch (unreachable) {
      case MESSAGE -> line.unavailable(lost);
      case GONE -> {
        if (PeerolatorUnreachable.isFinal(lost.cause()) && clients.contains(lost.to())) {
          switchboard.unwatch(lost.to());
          departed(lost.to());
        }
      }
    }
  }

  @Override
  public void closed(CloseReason reason) {
    line.end();
  }
}
