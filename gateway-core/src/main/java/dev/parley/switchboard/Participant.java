package dev.parley.switchboard;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Greeter;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.hub.Hub;
import dev.parley.hub.Recipient;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Delivery;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.IdLost;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Presence;
import dev.parley.signal.Reply;
import dev.parley.signal.Signal;
import dev.parley.signal.Superseded;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection at the switchboard, from its arrival to its end: hands messages and deliveries to
 * the session, one at a time, and keeps their order. While the connection is not admitted, or a
 * claim is under way, messages and the close wait.
 *
 * <p>Everything but {@link #deliver} belongs to the event loop of the connection, and checks that.
 */
public final class Participant implements Recipient {

  private static final Logger LOG = LoggerFactory.getLogger(Participant.class);

  private final Loop loop;
  private final Link link;
  private final Hub hub;
  private final IdRules ids;
  private final String dialect;
  private final Interpreters interpreters;
  private final SignalMetrics.Received received;

  private List<PeerAddress> owned = List.of();
  private @Nullable Session session;
  private @Nullable Consumer<ClaimOutcome> claimUnderWay;
  private @Nullable Waiting waiting = new Waiting();
  private @Nullable Set<PeerAddress> watched;
  private boolean over;

  /**
   * What participants of one dialect on one node have in common.
   *
   * @param hub where peers meet
   * @param dialect what they speak
   * @param ids what ids may look like
   * @param interpreters read what participants of other dialects send them
   * @param received counts what they receive
   */
  public record Exchange(
      Hub hub, String dialect, IdRules ids, Interpreters interpreters,
      SignalMetrics.Received received) {}

  public Participant(Exchange exchange, Loop loop, Link link) {
    this.loop = loop;
    this.link = link;
    this.hub = exchange.hub;
    this.ids = exchange.ids;
    this.dialect = exchange.dialect;
    this.interpreters = exchange.interpreters;
    this.received = exchange.received;
  }

  /** Lets the dialect meet the connection. The first call. */
  public void greet(Greeter greeter, Handshake handshake) {
    assert loop.isCurrent();
    try {
      greeter.greet(new PendingArrival(this, link, handshake));
      settle();
    } catch (RuntimeException defect) {
      fail(defect);
    }
  }

  /** A message has come from the client. */
  public void message(Bytes bytes, boolean binary) {
    assert loop.isCurrent();
    if (over) {
      return;
    }
    if (waiting != null) {
      if (!waiting.keep(bytes, binary)) {
        link.close(CloseReason.TOO_BIG);
      }
      return;
    }
    try {
      tellMessage(bytes, binary);
      settle();
    } catch (RuntimeException defect) {
      fail(defect);
    }
  }

  /** The connection is over. The last call. */
  public void closed(CloseReason reason) {
    assert loop.isCurrent();
    if (claimUnderWay != null && waiting != null) {
      waiting.keepEnd(reason);
      return;
    }
    end(reason);
  }

  @Override
  public String dialect() {
    return dialect;
  }

  @Override
  public void deliver(Delivery delivery) {
    loop.enqueue(this, delivery);
  }

  /** Handles what {@link #deliver} was given; called by the loop. */
  public void handle(Delivery delivery) {
    assert loop.isCurrent();
    try {
      switch (delivery) {
        case Signal signal -> receive(signal);
        case Undelivered undelivered -> tellUndelivered(undelivered);
        case ClaimOutcome outcome -> conclude(outcome);
        case Superseded superseded ->
            giveWay(superseded.address(), CloseReason.SUPERSEDED);
        case IdLost(PeerAddress address, IdLost.Reason reason) -> giveWay(address, why(reason));
        case Presence presence -> tellPresence(presence);
        case Reply reply -> tellReply(reply);
      }
    } catch (RuntimeException defect) {
      fail(defect);
    }
  }

  private void receive(Signal signal) {
    Session current = session;
    if (current == null || over || !link.isOpen() || !owned.contains(signal.to())) {
      refuse(signal, Cause.GONE);
    } else if (signal.dialect().equals(dialect)) {
      current.signal(signal);
      received.count(signal);
    } else {
      interpreters
          .read(signal)
          .ifPresentOrElse(
              foreign -> receive(current, foreign), () -> refuse(signal, Cause.UNTRANSLATABLE));
    }
  }

  private void receive(Session current, ForeignSignal foreign) {
    Signal signal = foreign.signal();
    switch (current.foreign(foreign)) {
      case TAKEN -> received.count(signal);
      case DROPPED -> received.dropped(signal);
      case UNTRANSLATABLE -> refuse(signal, Cause.UNTRANSLATABLE);
      case REJECTED -> refuse(signal, Cause.REJECTED);
    }
  }

  private void tellPresence(Presence presence) {
    Session current = session;
    if (current == null || over || watched == null || !watched.contains(presence.peer())) {
      return;
    }
    switch (presence) {
      case Presence.Present(PeerAddress peer) -> current.present(peer);
      case Presence.Departed(PeerAddress peer) -> {
        watched.remove(peer);
        current.departed(peer);
      }
    }
  }

  private void tellReply(Reply reply) {
    if (!over) {
      reply.told().run();
    }
  }

  private void tellUndelivered(Undelivered undelivered) {
    Session current = session;
    if (current != null && !over) {
      current.undelivered(undelivered);
    }
  }

  private void tellMessage(Bytes bytes, boolean binary) {
    Session current = session;
    if (current != null) {
      current.message(bytes, binary);
    }
  }

  private void conclude(ClaimOutcome outcome) {
    if (outcome instanceof ClaimOutcome.Granted granted && !owned.contains(granted.address())) {
      owned = with(granted.address());
    }
    Consumer<ClaimOutcome> told = claimUnderWay;
    claimUnderWay = null;
    if (told != null) {
      told.accept(outcome);
    }
    settle();
  }

  private void giveWay(PeerAddress address, CloseReason reason) {
    if (owned.contains(address)) {
      owned = without(address);
      link.close(reason);
    }
  }

  private static CloseReason why(IdLost.Reason reason) {
    return switch (reason) {
      case TAKEN -> CloseReason.ID_TAKEN;
      case UNAVAILABLE -> CloseReason.UNAVAILABLE;
    };
  }

  /** Handles what has waited, as far as nothing new makes it wait. */
  private void settle() {
    Waiting backlog = waiting;
    if (backlog == null) {
      if (isBlocked()) {
        waiting = new Waiting();
        link.pauseReading();
      }
      return;
    }
    while (!isBlocked() && !over) {
      switch (backlog.next()) {
        case Waiting.Event.Message message -> tellMessage(message.bytes(), message.binary());
        case Waiting.Event.Closed closed -> end(closed.reason());
        case null -> {
          waiting = null;
          link.resumeReading();
          return;
        }
      }
    }
  }

  private boolean isBlocked() {
    return session == null || claimUnderWay != null;
  }

  private void end(CloseReason reason) {
    if (over) {
      return;
    }
    over = true;
    waiting = null;
    try {
      Session ended = session;
      if (ended != null) {
        ended.closed(reason);
      }
    } catch (RuntimeException defect) {
      fail(defect);
    } finally {
      giveUp();
    }
  }

  /** Last of all: as long as the session is told of its end, its ids are still its own. */
  private void giveUp() {
    owned.forEach(address -> hub.release(this, address));
    owned = List.of();
    if (watched != null) {
      watched.forEach(peer -> hub.unwatch(this, peer));
      watched = null;
    }
  }

  void claim(Claim claim, Consumer<ClaimOutcome> outcome) {
    assert loop.isCurrent();
    if (claimUnderWay != null) {
      throw new IllegalStateException("a claim is under way");
    }
    claimUnderWay = outcome;
    ids.objection(claim.address().id())
        .ifPresentOrElse(
            objection -> deliver(new ClaimOutcome.Invalid(claim.address(), objection)),
            () -> hub.claim(this, claim));
  }

  void release(PeerAddress address) {
    assert loop.isCurrent();
    if (owned.contains(address)) {
      owned = without(address);
      hub.release(this, address);
    }
  }

  void admit(Function<SessionContext, Session> factory) {
    assert loop.isCurrent();
    if (session != null) {
      throw new IllegalStateException("admitted already");
    }
    session =
        factory.apply(new SessionContext(link, new SessionSwitchboard(this, hub, dialect, ids)));
  }

  boolean owns(PeerAddress address) {
    assert loop.isCurrent();
    return owned.contains(address);
  }

  void refuse(Signal signal, Cause cause) {
    assert loop.isCurrent();
    received.refused(signal, cause);
    hub.refuse(signal, cause);
  }

  void drop(Signal signal, String recipient) {
    assert loop.isCurrent();
    received.withheld(signal, recipient);
  }

  void watch(PeerAddress peer) {
    assert loop.isCurrent();
    if (watched == null) {
      watched = new HashSet<>(4);
    }
    if (watched.add(peer)) {
      hub.watch(this, peer);
    }
  }

  void unwatch(PeerAddress peer) {
    assert loop.isCurrent();
    if (watched != null && watched.remove(peer)) {
      hub.unwatch(this, peer);
    }
  }

  /** {@code answer} as one that comes in its place among the deliveries. */
  <T> Future<T> inOrder(Future<T> answer) {
    Promise<T> told = Promise.promise();
    answer.onComplete(result -> deliver(new Reply(() -> told.handle(result))));
    return told.future();
  }

  private List<PeerAddress> with(PeerAddress address) {
    List<PeerAddress> more = new ArrayList<>(owned);
    more.add(address);
    return List.copyOf(more);
  }

  private List<PeerAddress> without(PeerAddress address) {
    return owned.stream().filter(each -> !each.equals(address)).toList();
  }

  /** A defect in a dialect costs the connection that met it, and nobody else. */
  private void fail(RuntimeException defect) {
    LOG.error("dialect {} failed, connection {} is closed; please report this", dialect, link.id(),
        defect);
    link.close(CloseReason.INTERNAL_ERROR);
  }
}
