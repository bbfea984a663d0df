package dev.parley.switchboard;

import dev.parley.access.Access;
import dev.parley.access.Gates;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.dialect.Session;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.hub.Recipient;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Bytes;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Delivery;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.GroupDelivery;
import dev.parley.signal.IdLost;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Presence;
import dev.parley.signal.Reply;
import dev.parley.signal.Signal;
import dev.parley.signal.Superseded;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core's half of a connection, from its handshake to its end. Passes messages and deliveries to
 * the session, one at a time and in order; {@link SessionSwitchboard} is the way back. {@link
 * AdmissionGate} decides when messages and the close have to wait.
 *
 * <p>Everything except {@link #deliver} is confined to the event loop of the connection, which is
 * asserted.
 */
public final class SessionHost extends GroupsInFlight implements Recipient {

  private static final Logger LOG = LoggerFactory.getLogger(SessionHost.class);

  /** The longest wait for an expiry without asking the clock. */
  private static final Duration MAX_WAIT = Duration.ofMinutes(10);

  private final Exchange exchange;
  private final Loop loop;
  private final Link link;
  private final AdmissionGate gate;
  private final OwnedResources resources;
  private final SessionSwitchboard switchboard;

  private @Nullable Session session;
  private boolean over;
  /** The realm and the address of the handshake, for bans. */
  private String realm = "";
  private String address = "";
  /** Refusals that the client would not read any more, since its connection is closing. */
  private List<Undelivered> untold = List.of();
  /** An id that another session has claimed while the node was disconnected. */
  private @Nullable PeerAddress taken;
  /** Ends the session when the client's credential expires; null if it never does. */
  private Connection.@Nullable Timer expiry;

  /**
   * What the session hosts of one dialect on one node share.
   *
   * @param hub routes signals
   * @param groups runs group commands
   * @param dialect the name of the dialect
   * @param ids rules for ids
   * @param interpreters read signals of other dialects
   * @param received counts received signals
   * @param held the budget of held signals, for sessions of all dialects
   * @param gates the id policies of realms, and the clock
   */
  public record Exchange(
      Hub hub, Groups groups, String dialect, IdRules ids, Interpreters interpreters,
      SignalMetrics.Received received, HeldSignals held, Gates gates) {

    /** Of a node whose realms are all open. */
    public Exchange(
        Hub hub, Groups groups, String dialect, IdRules ids, Interpreters interpreters,
        SignalMetrics.Received received, HeldSignals held) {
      this(hub, groups, dialect, ids, interpreters, received, held, new Gates());
    }
  }

  public SessionHost(Exchange exchange, Loop loop, Link link) {
    this.exchange = exchange;
    this.loop = loop;
    this.link = link;
    this.gate = new AdmissionGate(link);
    this.resources = new OwnedResources(this, exchange.hub, exchange.groups);
    this.switchboard = new SessionSwitchboard(this, exchange, loop, gate, resources);
  }

  /** Passes the connection of an unknown client to the dialect's handler. The first call. */
  public void greet(HandshakeHandler greeter, Handshake handshake) {
    greet(greeter, handshake, Access.OPEN);
  }

  /**
   * Passes the connection to the dialect's handler. The first call.
   *
   * @param access who the client is, and what it may do; the dialect sees its identity in the
   *     handshake
   */
  public void greet(HandshakeHandler greeter, Handshake handshake, Access access) {
    assert loop.isCurrent();
    try {
      switchboard.enter(access);
      realm = handshake.request().realm();
      address = handshake.request().remoteAddress();
      // The gate may have taken a while. One that has none, or that has denied, has not.
      if (!access.isOpen() && endIfBanned()) {
        return;
      }
      expire(access.identity().expiry());
      Handshake known = access.isOpen() ? handshake : handshake.of(access.identity());
      greeter.greet(new PendingArrival(this, switchboard, link, known));
      settle();
    } catch (RuntimeException | Error defect) {
      fail(defect);
    }
  }

  /**
   * Closes the connection if its client is banned by now. It is asked when a gate has admitted the
   * client, and whenever there may be new bans.
   *
   * @return whether it is
   */
  public boolean endIfBanned() {
    assert loop.isCurrent();
    boolean isBanned = !over && !exchange.gates.bans().isEmpty()
        && (exchange.gates.bans().banAddress(realm, address) || switchboard.isBanned(realm));
    if (isBanned) {
      link.close(CloseReason.REFUSED);
    }
    return isBanned;
  }

  /**
   * Ends the session at an instant. The clock is asked again from time to time, since it may be set
   * meanwhile.
   */
  private void expire(@Nullable Instant at) {
    if (at == null) {
      return;
    }
    Duration left = Duration.between(exchange.gates.clock().instant(), at);
    if (left.isPositive()) {
      Duration wait = left.compareTo(MAX_WAIT) < 0 ? left : MAX_WAIT;
      expiry = link.after(wait, () -> expire(at));
    } else {
      link.close(CloseReason.EXPIRED);
    }
  }

  /** A message of the client. */
  public void message(Bytes bytes, boolean binary) {
    assert loop.isCurrent();
    if (over) {
      return;
    }
    try {
      if (!gate.isOpen()) {
        if (!gate.keep(bytes, binary)) {
          refuse(bytes, binary);
        }
        return;
      }
      tellMessage(bytes, binary);
      settle();
    } catch (RuntimeException | Error defect) {
      fail(defect);
    }
  }

  private void refuse(Bytes bytes, boolean binary) {
    Session current = session;
    if (current == null || !current.overflow(bytes, binary)) {
      link.close(CloseReason.TOO_BIG);
    }
  }

  boolean hasEnded() {
    return over;
  }

  /** Whether the dialect has admitted the connection. */
  public boolean isAdmitted() {
    return session != null;
  }

  /**
   * The client wants to leave. It sends nothing more; pending requests are still answered.
   *
   * @param then called when they are, which may be at once
   */
  public void leaving(Runnable then) {
    assert loop.isCurrent();
    if (!gate.keepLeaving(then)) {
      then.run();
    }
  }

  /** Drops queued messages, as they take too much memory. */
  public void dropWaiting() {
    assert loop.isCurrent();
    gate.dropMessages();
  }

  /** The connection has ended. The last call. */
  public void closed(CloseReason reason) {
    assert loop.isCurrent();
    if (!gate.keepEnd(reason)) {
      end(reason);
    }
  }

  @Override
  public String dialect() {
    return exchange.dialect;
  }

  @Override
  public void deliver(Delivery delivery) {
    loop.enqueue(this, delivery);
  }

  /** Handles what was passed to {@link #deliver}; called by the loop. */
  public void handle(Delivery delivery) {
    assert loop.isCurrent();
    try {
      switch (delivery) {
        case Signal signal -> receive(signal);
        case Undelivered undelivered -> tellUndelivered(undelivered);
        case ClaimOutcome outcome -> conclude(outcome);
        case Superseded superseded ->
            giveWay(superseded.address(), CloseReason.SUPERSEDED);
        case IdLost(PeerAddress address, IdLost.Reason reason) -> {
          if (reason == IdLost.Reason.TAKEN) {
            taken = address;
          }
          giveWay(address, why(reason));
        }
        case Presence presence -> tellPresence(presence);
        case Reply reply -> tellReply(reply);
        case GroupDelivery news -> tellGroup(news);
      }
    } catch (RuntimeException | Error defect) {
      fail(defect);
      giveBack(delivery);
    }
  }

  /** A delivery that the session can no longer take must not be lost silently. */
  private void giveBack(Delivery delivery) {
    if (delivery instanceof Signal signal) {
      refuse(signal, Cause.GONE);
    } else if (delivery instanceof Undelivered undelivered && over) {
      passOn(undelivered);
    } else if (delivery instanceof Undelivered undelivered) {
      keepUntold(undelivered);
    }
  }

  /** The cost of the last group command for others. */
  private record Cost(long bytes) implements GroupDelivery {}

  @Override
  public void charge(long bytes) {
    loop.enqueue(this, new Cost(bytes));
  }

  private void receive(Signal signal) {
    Session current = session;
    if (current == null || over || !link.isOpen() || !resources.owns(signal.to())) {
      refuse(signal, Cause.GONE);
    } else if (!link.hasRoom()) {
      refuse(signal, Cause.FULL);
    } else if (signal.dialect().equals(exchange.dialect)) {
      current.signal(signal);
      exchange.received.count(signal);
    } else {
      exchange.interpreters
          .read(signal)
          .ifPresentOrElse(
              foreign -> receive(current, foreign), () -> refuse(signal, Cause.UNTRANSLATABLE));
    }
  }

  private void receive(Session current, ForeignSignal foreign) {
    Signal signal = foreign.signal();
    switch (current.foreign(foreign)) {
      case TAKEN -> exchange.received.count(signal);
      case HELD -> {}
      case DROPPED -> exchange.received.dropped(signal);
      case UNTRANSLATABLE -> refuse(signal, Cause.UNTRANSLATABLE);
      case REJECTED -> refuse(signal, Cause.REJECTED);
    }
  }

  private void tellPresence(Presence presence) {
    Session current = session;
    if (current == null || over || !resources.watches(presence.peer())) {
      return;
    }
    switch (presence) {
      case Presence.Present(PeerAddress peer) -> current.present(peer);
      case Presence.Departed(PeerAddress peer) -> {
        resources.departed(peer);
        current.departed(peer);
      }
    }
  }

  /** These are all kinds, which cannot be declared across packages. */
  private void tellGroup(GroupDelivery news) {
    switch (news) {
      case GroupEvent event -> tellEvent(event);
      case GroupAnswer answer -> conclude(answer);
      case Cost(long bytes) -> {
        if (!over) {
          link.charge(bytes);
        }
      }
      default -> throw new IllegalArgumentException("neither event nor answer: " + news.getClass());
    }
  }

  private void tellEvent(GroupEvent event) {
    Session current = session;
    if (current != null && !over) {
      switchboard.heard(event);
      current.group(event);
    }
  }

  private void conclude(GroupAnswer answer) {
    Consumer<GroupAnswer> told = gate.endCommand();
    if (told != null && !over) {
      told.accept(answer);
    }
    settle();
  }

  private void tellReply(Reply reply) {
    if (!over) {
      reply.told().run();
    }
  }

  private void tellUndelivered(Undelivered undelivered) {
    Session current = session;
    if (over) {
      passOn(undelivered);
    } else if (!link.isOpen()) {
      keepUntold(undelivered);
    } else if (current != null) {
      current.undelivered(undelivered);
    }
  }

  private void keepUntold(Undelivered undelivered) {
    if (untold.isEmpty()) {
      untold = new ArrayList<>();
    }
    untold.add(undelivered);
  }

  /**
   * Passes a refusal on to the session that owns the id now, which may be the same client after a
   * reconnect. Not to one that claimed the id while this session believed to own it: that is
   * unrelated to signals sent from here.
   */
  private void passOn(Undelivered undelivered) {
    if (undelivered.from().equals(taken)) {
      return;
    }
    exchange.hub.refuse(
        new Signal(
            undelivered.kind(), undelivered.from(), undelivered.to(), exchange.dialect, "",
            Bytes.EMPTY, undelivered.reference()),
        undelivered.cause());
  }

  private void tellMessage(Bytes bytes, boolean binary) {
    Session current = session;
    if (current != null) {
      current.message(bytes, binary);
    }
  }

  private void conclude(ClaimOutcome outcome) {
    if (outcome instanceof ClaimOutcome.Granted granted) {
      resources.granted(granted.address());
      if (granted.address().equals(taken)) {
        taken = null;
      }
      LOG.debug("id granted: connection={} dialect={} realm={} peer={}", link.id(),
          exchange.dialect, granted.address().realm(), granted.address().id());
    }
    Consumer<ClaimOutcome> told = gate.endClaim();
    if (told != null) {
      told.accept(outcome);
    }
    settle();
  }

  private void giveWay(PeerAddress address, CloseReason reason) {
    switchboard.passOnCommand();
    if (resources.lost(address)) {
      link.close(reason);
    }
  }

  private static CloseReason why(IdLost.Reason reason) {
    return switch (reason) {
      case TAKEN -> CloseReason.ID_TAKEN;
      case UNAVAILABLE -> CloseReason.UNAVAILABLE;
      case GROUPS_LOST -> CloseReason.RESTART;
    };
  }

  /** Handles queued events until one has to wait. */
  void settle() {
    for (PendingEvents.Event next = gate.next(); next != null; next = gate.next()) {
      switch (next) {
        case PendingEvents.Event.Message message -> tellMessage(message.bytes(), message.binary());
        case PendingEvents.Event.Closed closed -> end(closed.reason());
        case PendingEvents.Event.Leaving leaving -> leaving.then().run();
      }
    }
  }

  private void end(CloseReason reason) {
    if (over) {
      return;
    }
    switchboard.passOnCommand();
    over = true;
    gate.end();
    if (expiry != null) {
      expiry.cancel();
    }
    if (LOG.isDebugEnabled()) {
      LOG.debug("connection closed: connection={} dialect={} peer={} reason={}", link.id(),
          exchange.dialect, resources.names(), reason.name().toLowerCase(Locale.ROOT));
    }
    try {
      Session ended = session;
      if (ended != null) {
        ended.closed(reason);
      }
    } catch (RuntimeException | Error defect) {
      fail(defect);
    } finally {
      // Ids last: while the session handles its end, it still owns its ids.
      switchboard.giveBackAll();
      resources.giveUp(reason.comeBack() && !link.saidGoodbye());
      untold.forEach(this::passOn);
      untold = List.of();
    }
  }

  void admit(Supplier<Session> factory) {
    assert loop.isCurrent();
    if (session != null) {
      throw new IllegalStateException("admitted already");
    }
    session = factory.get();
    gate.admit();
    if (LOG.isDebugEnabled()) {
      LOG.debug("connection admitted: connection={} dialect={} peer={}", link.id(),
          exchange.dialect, resources.names());
    }
  }

  void refuse(Signal signal, Cause cause) {
    assert loop.isCurrent();
    exchange.received.refused(signal, cause);
    exchange.hub.refuse(signal, cause);
  }

  /** A defect in a dialect, or lack of memory, costs this connection and no other. */
  void fail(Throwable defect) {
    if (defect instanceof OutOfMemoryError error) {
      link.outOfMemory(error);
      return;
    }
    LOG.error("dialect {} failed, connection {} is closed; please report this", exchange.dialect,
        link.id(), defect);
    link.close(CloseReason.INTERNAL_ERROR);
  }
}
