package dev.parley.switchboard;

import dev.parley.dialect.Reserve;
import dev.parley.dialect.Switchboard;
import dev.parley.group.GroupAnswer;
import dev.parley.group.UserCommand;
import dev.parley.hub.MinuteThrottle;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Reply;
import dev.parley.signal.Signal;
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
    exchange.ids().objection(claim.address().id())
        .ifPresentOrElse(
            objection -> host.deliver(new ClaimOutcome.Invalid(claim.address(), objection)),
            () -> exchange.hub().claim(host, claim));
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
    if (exchange.ids().allowsLengthOf(signal.to().id())) {
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
    resources.watch(peer);
  }

  @Override
  public void unwatch(PeerAddress peer) {
    assert loop.isCurrent();
    resources.unwatch(peer);
  }

  @Override
  public Future<Boolean> find(PeerAddress address) {
    // No owner has an id that is too long, and pending look-ups must be bounded.
    return inOrder(
        exchange.ids().allowsLengthOf(address.id())
            ? exchange.hub().find(address)
            : Future.succeededFuture(false));
  }

  @Override
  public Future<List<Peer>> list(String realm) {
    return inOrder(exchange.hub().list(realm));
  }

  @Override
  public Future<Optional<Peer>> look(PeerAddress address) {
    assert loop.isCurrent();
    gate.asks();
    Promise<Optional<Peer>> answered = Promise.promise();
    Future<Optional<Peer>> looked =
        exchange.ids().allowsLengthOf(address.id())
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
    pending = command;
    // Sliced: a command may be much work, and very many clients may send one at the same moment.
    loop.perform(this::passOnCommand);
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
