package dev.parley.switchboard;

import dev.parley.dialect.Reserve;
import dev.parley.dialect.Switchboard;
import dev.parley.group.GroupAnswer;
import dev.parley.group.UserCommand;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Reply;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered.Cause;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A session's view of the hub: signs what it sends with its own id and dialect. */
record SessionSwitchboard(SessionHost host, SessionHost.Exchange exchange)
    implements Switchboard, Reserve {

  @Override
  public void claim(Claim claim, Consumer<ClaimOutcome> outcome) {
    host.claim(claim, outcome);
  }

  @Override
  public void release(PeerAddress address) {
    host.release(address);
  }

  @Override
  public void send(Signal signal, Duration hold) {
    if (!signal.dialect().equals(exchange.dialect()) || !host.owns(signal.from())) {
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
    host.drop(signal, recipient);
  }

  @Override
  public Reserve reserve() {
    return this;
  }

  @Override
  public boolean take(int bytes) {
    return host.take(bytes);
  }

  @Override
  public void giveBack(int bytes) {
    host.giveBack(bytes);
  }

  @Override
  public void delivered(Signal signal) {
    host.delivered(signal);
  }

  @Override
  public void watch(PeerAddress peer) {
    host.watch(peer);
  }

  @Override
  public void unwatch(PeerAddress peer) {
    host.unwatch(peer);
  }

  @Override
  public Future<Boolean> find(PeerAddress address) {
    // No owner has an id that is too long, and what waits for an answer must be bounded.
    return host.inOrder(
        exchange.ids().allowsLengthOf(address.id())
            ? exchange.hub().find(address)
            : Future.succeededFuture(false));
  }

  @Override
  public Future<Optional<Peer>> look(PeerAddress address) {
    return host.look(address);
  }

  @Override
  public void group(UserCommand command, Consumer<GroupAnswer> answer) {
    host.group(command, answer);
  }

  @Override
  public Future<List<Peer>> list(String realm) {
    return host.inOrder(exchange.hub().list(realm));
  }

  @Override
  public void run(Runnable task) {
    host.deliver(new Reply(task));
  }
}
