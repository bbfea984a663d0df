package dev.parley.switchboard;

import dev.parley.access.Access;
import dev.parley.access.Bans;
import dev.parley.dialect.Reserve;
import dev.parley.dialect.Switchboard;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.group.Refusal;
import dev.parley.group.UserCommand;
import dev.parley.hub.MinuteThrottle;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Reply;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import dev.parley.switchboard.SessionHost.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way from a session to the hub and the groups. Holds the session to its limits and to the ids
 * that it owns, and has answers wait their turn among the deliveries. {@link SessionHost} is the
 * way back. Confined to the event loop of the connection, which is asserted.
 */
final class SessionSwitchboard implements Switchboard, Reserve {

  private final SessionHost host;
  private final Exchange exchange;
  private final Loop loop;
  private final AdmissionGate gate;
  private final OwnedResources resources;

  private Access access = Access.OPEN;
  /** Decides on commands of groups; null for a client that may do everything. */
  private @Nullable GroupAccess groupAccess;
  /** The part of the reserve that the session has taken. */
  private long reserved;
  private boolean hasClaimed;
  /** Rate limit of further claims; null for the usual session with one id. */
  private @Nullable MinuteThrottle furtherClaims;
  /** A group command that waits for its slice of the loop. */
  private @Nullable UserCommand pending;

  SessionSwitchboard(
      SessionHost host, Exchange exchange, Loop loop, AdmissionGate gate,
      OwnedResources resources) {
    this.host = host;
    this.exchange = exchange;
    this.loop = loop;
    this.gate = gate;
    this.resources = resources;
  }

  /** The client is known. */
  void enter(Access known) {
    access = known;
    groupAccess = known.isOpen() ? null : new GroupAccess(known);
  }

  /** Whether the client's subject is banned in a realm, or one of its ids. */
  boolean isBanned(String realm) {
    Bans bans = exchange.gates().bans();
    return bans.banSubject(realm, access.identity().subject())
        || resources.owned().stream().anyMatch(bans::banId);
  }

  // ---- ids

  @Override
  public void claim(Claim claim, Consumer<ClaimOutcome> outcome) {
    assert loop.isCurrent();
    if (gate.hasClaim()) {
      throw new IllegalStateException("a claim is under way");
    }
    gate.claims(outcome);
    if (!mayClaim()) {
      exchange.received().tooManyIds();
      host.deliver(new ClaimOutcome.Unavailable(claim.address()));
      return;
    }
    Optional<String> objection = exchange.ids().objection(claim.address().id());
    if (objection.isPresent()) {
      host.deliver(new ClaimOutcome.Invalid(claim.address(), objection.get()));
    } else if (!isPermitted(claim.address())) {
      exchange.received().forbiddenId();
      host.deliver(new ClaimOutcome.Forbidden(claim.address()));
    } else {
      exchange.hub().claim(host, access.claim(claim));
    }
  }

  private boolean isPermitted(PeerAddress address) {
    return access.mayClaim(address)
        && exchange.gates().ids().permit(address, access.identity())
        && !exchange.gates().bans().banId(address);
  }

  private boolean mayClaim() {
    if (!hasClaimed) {
      hasClaimed = true;
      return true;
    }
    MinuteThrottle further = furtherClaims;
    if (further == null) {
      further = new MinuteThrottle(exchange.ids().newPerMinute(), System.nanoTime());
      furtherClaims = further;
    }
    return further.pass(System.nanoTime());
  }

  @Override
  public void release(PeerAddress address) {
    assert loop.isCurrent();
    passOnCommand();
    resources.release(address);
  }

  // ---- signals

  @Override
  public void send(Signal signal, Duration hold) {
    assert loop.isCurrent();
    if (!signal.dialect().equals(exchange.dialect()) || !resources.owns(signal.from())) {
      throw new IllegalArgumentException(
          "a session sends in its own dialect, from an id that it owns");
    }
    if (!access.isOpen() && !access.maySend(signal.from(), signal.to())) {
      exchange.received().refused(signal, Cause.FORBIDDEN);
      host.deliver(Undelivered.of(signal, Cause.FORBIDDEN));
    } else if (exchange.ids().allowsLengthOf(signal.to().id())) {
      exchange.hub().send(host, signal, hold);
    } else {
      host.refuse(signal, Cause.ABSENT);
    }
  }

  @Override
  public void refuse(Signal signal, Cause cause) {
    host.refuse(signal, cause);
  }

  @Override
  public void drop(Signal signal, String recipient) {
    assert loop.isCurrent();
    exchange.received().withheld(signal, recipient);
  }

  @Override
  public void delivered(Signal signal) {
    assert loop.isCurrent();
    exchange.received().count(signal);
  }

  // ---- memory for signals that the session holds

  @Override
  public Reserve reserve() {
    return this;
  }

  @Override
  public boolean take(int bytes) {
    assert loop.isCurrent();
    if (host.hasEnded() || !exchange.held().take(bytes)) {
      return false;
    }
    reserved += bytes;
    return true;
  }

  @Override
  public void giveBack(int bytes) {
    assert loop.isCurrent();
    long less = Math.min(bytes, reserved);
    reserved -= less;
    exchange.held().giveBack(less);
  }

  /** The session has ended. */
  void giveBackAll() {
    exchange.held().giveBack(reserved);
    reserved = 0;
  }

  // ---- other peers

  @Override
  public void watch(PeerAddress peer) {
    assert loop.isCurrent();
    if (resources.maySendTo(peer, access)) {
      resources.watch(peer);
    } else {
      resources.watchAbsent(peer);
    }
  }

  @Override
  public void unwatch(PeerAddress peer) {
    assert loop.isCurrent();
    resources.unwatch(peer);
  }

  @Override
  public boolean mayReach(PeerAddress peer) {
    assert loop.isCurrent();
    return resources.maySendTo(peer, access);
  }

  @Override
  public Future<Boolean> find(PeerAddress address) {
    // No owner has an id that is too long, and pending look-ups must be bounded.
    return inOrder(
        mayKnow(address)
            ? exchange.hub().find(address)
            : Future.succeededFuture(false));
  }

  @Override
  public Future<List<Peer>> list(String realm) {
    return inOrder(exchange.hub().list(realm)
        .map(peers -> exchange.gates().ids().listed(realm, peers)))
        .map(this::known);
  }

  private List<Peer> known(List<Peer> peers) {
    return access.isOpen() ? peers
        : peers.stream().filter(each -> resources.maySendTo(each.address(), access)).toList();
  }

  /** Whether it may exist, and the session may know that it does. */
  private boolean mayKnow(PeerAddress address) {
    return exchange.ids().allowsLengthOf(address.id()) && resources.maySendTo(address, access);
  }

  @Override
  public Future<Optional<Peer>> look(PeerAddress address) {
    assert loop.isCurrent();
    gate.asks();
    Promise<Optional<Peer>> answered = Promise.promise();
    Future<Optional<Peer>> looked =
        mayKnow(address)
            ? exchange.hub().look(address)
            : Future.succeededFuture(Optional.empty());
    looked.onComplete(answer -> run(() -> {
      gate.endQuestion();
      answered.handle(answer);
      host.settle();
    }));
    return answered.future();
  }

  /** {@code answer} as a future that completes in order with the deliveries. */
  private <T> Future<T> inOrder(Future<T> answer) {
    Promise<T> answered = Promise.promise();
    answer.onComplete(result -> run(() -> answered.handle(result)));
    return answered.future();
  }

  /** Any thread. */
  @Override
  public void run(Runnable task) {
    host.deliver(new Reply(task));
  }

  // ---- groups

  @Override
  public void group(UserCommand command, Consumer<GroupAnswer> answer) {
    assert loop.isCurrent();
    if (gate.hasCommand()) {
      throw new IllegalStateException("a group command is under way");
    }
    resources.commands(command);
    gate.commands(answer);
    GroupAccess checked = groupAccess;
    if (checked != null && !checked.permits(command)) {
      exchange.received().forbiddenGroup();
      host.deliver(new GroupAnswer.Refused(Refusal.FORBIDDEN));
      return;
    }
    pending = command;
    // Sliced: a command may be much work, and very many clients may send one at the same moment.
    loop.perform(this::passOnCommand);
  }

  /** The session gets an event of groups. */
  void heard(GroupEvent event) {
    if (groupAccess != null) {
      groupAccess.heard(event);
    }
  }

  /** Passes on the pending command; called before its user departs or is lost, too. */
  void passOnCommand() {
    UserCommand command = pending;
    pending = null;
    if (command == null) {
      return;
    }
    try {
      resources.command(command);
    } catch (RuntimeException | Error defect) {
      // There will be no answer, and the end of the connection must not wait for one.
      var unused = gate.endCommand();
      host.fail(defect);
    }
  }
}
