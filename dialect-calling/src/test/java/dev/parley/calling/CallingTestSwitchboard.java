package dev.parley.calling;

import dev.parley.dialect.Switchboard;
import dev.parley.group.GroupAnswer;
import dev.parley.group.UserCommand;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps what a session asks for; a group command is answered when the test says so. */
final class CallingTestSwitchboard implements Switchboard {

  private final List<UserCommand> commands = new ArrayList<>();
  private final List<Consumer<GroupAnswer>> open = new ArrayList<>();
  private final List<Signal> dropped = new ArrayList<>();

  /** All commands so far. */
  List<UserCommand> commands() {
    return commands;
  }

  /** What was dropped so far. */
  List<Signal> dropped() {
    return dropped;
  }

  /** Answers the command that is under way. */
  void answers(GroupAnswer answer) {
    open.removeFirst().accept(answer);
  }

  @Override
  public void group(UserCommand command, Consumer<GroupAnswer> answer) {
    if (!open.isEmpty()) {
      throw new IllegalStateException("a group command is under way");
    }
    commands.add(command);
    open.add(answer);
  }

  @Override
  public void drop(Signal signal, String dialect) {
    dropped.add(signal);
  }

  @Override
  public void delivered(Signal signal) {}

  @Override
  public void claim(Claim claim, Consumer<ClaimOutcome> outcome) {}

  @Override
  public void release(PeerAddress address) {}

  @Override
  public void send(Signal signal, Duration hold) {}

  @Override
  public void refuse(Signal signal, Undelivered.Cause cause) {}

  @Override
  public void watch(PeerAddress peer) {}

  @Override
  public void unwatch(PeerAddress peer) {}

  @Override
  public Future<Boolean> find(PeerAddress address) {
    return Future.succeededFuture(false);
  }

  @Override
  public Future<Optional<Peer>> look(PeerAddress address) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<List<Peer>> list(String realm) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public void run(Runnable task) {
    task.run();
  }
}
