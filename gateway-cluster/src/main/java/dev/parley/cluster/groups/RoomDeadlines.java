package dev.parley.cluster.groups;

import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.pipeline.DeadlinePoller;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.pipeline.SetAside;
import dev.parley.cluster.record.RecordNames;
import dev.parley.cluster.script.OldestCommand;
import dev.parley.cluster.script.TakeDueDeadlinesCommand;
import dev.parley.group.Departure;
import dev.parley.group.GroupCommand;
import dev.parley.group.RoomDue;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of empty rooms, kept in Redis. Every node polls them and ends rooms that are due: see
 * {@link DeadlinePoller}. Confined to the hub's event loop.
 */
final class RoomDeadlines {

  private static final int MAX_DUE_DEADLINES = 20;
  private static final long AGAIN_MILLIS = 5_000;
  private static final int MAX_OLDEST = 50;
  private static final int MAX_LOOKS = 5_000;

  private final CommandPipeline pipeline;
  private final Consumer<RoomDue> due;
  private final SetAside setAside;
  private final DeadlinePoller poller;

  /** @param due runs what is due */
  RoomDeadlines(CommandPipeline pipeline, Consumer<RoomDue> due, SetAside setAside) {
    this.setAside = setAside;
    this.pipeline = pipeline;
    this.due = due;
    this.poller = new DeadlinePoller(pipeline.loop(), this::ask);
  }

  /** A room ends in so many milliseconds. */
  void within(long millis) {
    assert pipeline.loop().isCurrent();
    poller.within(millis);
  }

  /**
   * Finds the empty rooms of a realm, the oldest first.
   *
   * @param then gets the commands that would end them; null if they cannot be read now
   */
  void oldest(String realm, Consumer<@Nullable List<RoomDue>> then) {
    assert pipeline.loop().isCurrent();
    PendingCommand.Answer<List<TakeDueDeadlinesCommand.Due>> answer =
        new PendingCommand.Answer<>() {
          @Override
          public void done(List<TakeDueDeadlinesCommand.Due> oldest) {
            List<RoomDue> rooms = new ArrayList<>();
            oldest.forEach(each -> read(each).ifPresent(rooms::add));
            then.accept(rooms);
          }

          @Override
          public void failed() {
            then.accept(null);
          }
        };
    pipeline.submit(new OldestCommand(
        RecordNames.of(new RecordKey(realm, RecordKind.ROOM, "")), MAX_OLDEST,
        MAX_LOOKS), answer, Bound.UNLIMITED);
  }

  void stop() {
    assert pipeline.loop().isCurrent();
    poller.stop();
  }

  private void ask() {
    PendingCommand.Answer<TakeDueDeadlinesCommand.DueDeadlines> answer =
        new PendingCommand.Answer<>() {
          @Override
          public void done(TakeDueDeadlinesCommand.DueDeadlines dueDeadlines) {
            for (TakeDueDeadlinesCommand.Due each : dueDeadlines.due()) {
              read(each).ifPresent(due);
            }
            poller.done(dueDeadlines.nextMillis());
          }

          @Override
          public void failed() {
            poller.done(Optional.empty());
          }
        };
    pipeline.submit(
        new TakeDueDeadlinesCommand(MAX_DUE_DEADLINES, AGAIN_MILLIS), answer, Bound.UNLIMITED);
  }

  /**
   * A deadline that this node cannot read must not block the others; Redis hands it out again
   * later, to other nodes too.
   */
  private Optional<RoomDue> read(TakeDueDeadlinesCommand.Due dueDeadlines) {
    try {
      RecordKey key = RecordNames.parse(dueDeadlines.record());
      if (key.kind() != RecordKind.ROOM) {
        throw new IllegalArgumentException("nothing is ever due for " + key.kind());
      }
      return Optional.of(new RoomDue(key.realm(), key.id(), Long.parseLong(dueDeadlines.what())));
    } catch (IllegalArgumentException unreadable) {
      setAside.add("groupdue", "something that is due, left to other nodes");
      return Optional.empty();
    }
  }

  /** The stored form of a due command. */
  static String what(GroupCommand due) {
    return switch (due) {
      case RoomDue(String realm, String room, long emptied) -> Long.toString(emptied);
      case UserCommand never -> throw new IllegalArgumentException("never due: " + never);
      case Departure never -> throw new IllegalArgumentException("never due: " + never);
    };
  }
}
