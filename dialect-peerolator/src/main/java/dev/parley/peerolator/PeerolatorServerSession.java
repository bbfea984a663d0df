package dev.parley.peerolator;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.ForeignOutcome;
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

/** A server: learns which clients join and leave, and sends messages to each of them. */
final class PeerolatorServerSession implements Session {

  private final Switchboard switchboard;
  private final PeerolatorSessionSupport support;
  private final @Nullable String serverInfo;
  private final PeerolatorUnreachable unreachable;
  private final Set<PeerAddress> clients = new HashSet<>(4);

  PeerolatorServerSession(
      SessionContext context, PeerAddress self, @Nullable String serverInfo,
      PeerolatorOptions options, PeerolatorDecoder decoder, PeerolatorGreeting greeting) {
    this.switchboard = context.switchboard();
    this.support = new PeerolatorSessionSupport(context, self, decoder, 0, this::unwatchUnlessMet);
    this.serverInfo = serverInfo;
    this.unreachable = options.unreachable();
    support.send(greeting.to(self, serverInfo));
  }

  @Override
  public void message(Bytes message, boolean binary) {
    support.read(message, binary).ifPresent(support::send);
  }

  @Override
  public void signal(Signal signal) {
    if (signal.name().equals(PeerolatorJoin.JOIN)) {
      join(signal.from());
    } else if (clients.contains(signal.from()) && !PeerolatorJoin.isReserved(signal.name())) {
      support.relay(signal);
    } else {
      switchboard.refuse(signal, Cause.REJECTED);
    }
  }

  private void join(PeerAddress client) {
    switchboard.send(PeerolatorJoin.welcome(support.self(), client, serverInfo), Duration.ZERO);
    meet(client);
  }

  /** Announces a client that the server does not know, and watches it. */
  private void meet(PeerAddress client) {
    if (clients.add(client)) {
      support.send(new PeerolatorRelayMessage.PeerJoined(support.self().id(), client.id()));
      switchboard.watch(client);
    }
  }

  /**
   * A peer of another dialect becomes a client with its first signal, unless that belongs to a
   * conversation that does not exist (yet).
   */
  @Override
  public ForeignOutcome foreign(ForeignSignal foreign) {
    PeerAddress peer = foreign.from();
    if (peer.id().equals(PeerolatorRelayMessage.RELAY)) {
      return ForeignOutcome.REJECTED;
    }
    if (support.isEarly(foreign)) {
      return hold(foreign);
    }
    if (foreign.content() instanceof Content.Bye && !clients.contains(peer)) {
      support.endHeld(foreign);
      return ForeignOutcome.DROPPED;
    }
    meet(peer);
    support.relay(foreign);
    return ForeignOutcome.TAKEN;
  }

  /** Watches the peer, so that nothing held of it is taken for that of the next owner of its id. */
  private ForeignOutcome hold(ForeignSignal foreign) {
    ForeignOutcome outcome = support.hold(foreign);
    if (outcome == ForeignOutcome.HELD) {
      switchboard.watch(foreign.from());
    }
    return outcome;
  }

  private void unwatchUnlessMet(PeerAddress peer) {
    if (!clients.contains(peer) && !support.holds(peer)) {
      switchboard.unwatch(peer);
    }
  }

  @Override
  public void departed(PeerAddress client) {
    boolean met = clients.remove(client);
    support.forget(client);
    if (met) {
      support.send(new PeerolatorRelayMessage.PeerGone(support.self().id(), client.id()));
    }
  }

  @Override
  public void undelivered(Undelivered lost) {
    if (lost.reference() == 0) {
      return;
    }
    switch (unreachable) {
      case MESSAGE -> support.unavailable(lost);
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
    support.end();
  }
}
