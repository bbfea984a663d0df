package dev.parley.cluster;

import dev.parley.cluster.record.RecordNames;
import dev.parley.cluster.roster.Roster;
import dev.parley.cluster.script.OldestCommand;
import dev.parley.cluster.script.RipeCommand;
import dev.parley.group.Departure;
import dev.parley.group.GroupCommand;
import dev.parley.group.RoomDue;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of empty rooms, kept in Redis. Every node polls them and ends rooms that are due: see
 * {@link Alarm}. Confined to the hub's event loop.
 */
final class RoomDeadlines {

  private static final int MOST_RIPE = 20;
  private static final long AGAIN_MILLIS = 5_000;
  private static final int MOST_OLDEST = 50;
  private static final int MOST_LOOKS = 5_000;

  private final Lane lane;
  private final Roster roster;
  private final Consumer<RoomDue> due;
  private final SetAside setAside;
  private final Alarm alarm;

  /** @param due runs what is due */
  RoomDeadlines(
      Vertx vertx, Lane lane, Roster roster, Consumer<RoomDue> due, SetAside setAside) {
    this.setAside = setAside;
    this.lane = lane;
    this.roster = roster;
    this.due = due;
    this.alarm = new Alarm(vertx, this::ask);
  }

  /** A room ends in so many milliseconds. */
  void within(long millis) {
    alarm.within(millis);
  }

  /**
   * Finds the empty rooms of a realm, the oldest first.
   *
   * @param then gets the commands that would end them; null if they cannot be read now
   */
  void oldest(String realm, Consumer<@Nullable List<RoomDue>> then) {
    Order.Answer<List<RipeCommand.Due>> answer =
        new Order.Answer<>() {
          @Override
          public void done(List<RipeCommand.Due> oldest) {
            List<RoomDue> rooms = new ArrayList<>();
            oldest.forEach(each -> read(each).ifPresent(rooms::add));
            then.accept(rooms);
          }

          @Override
          public void failed() {
            then.accept(null);
          }
        };
    lane.insist(
        new Order<>(
            new OldestCommand(
                RecordNames.of(new RecordKey(realm, RecordKind.ROOM, "")), MOST_OLDEST,
                MOST_LOOKS),
            roster.generation(), answer));
  }

  void stop() {
    alarm.stop();
  }

  private void ask() {
    Order.Answer<RipeCommand.Ripe> answer =
        new Order.Answer<>() {
          @Override
          public void done(RipeCommand.Ripe ripe) {
            for (RipeCommand.Due each : ripe.due()) {
              read(each).ifPresent(due);
            }
            alarm.done(ripe.nextMillis());
          }

          @Override
          public void failed() {
            alarm.done(Optional.empty());
          }
        };
    lane.insist(
        new Order<>(new RipeCommand(MOST_RIPE, AGAIN_MILLIS), roster.generation(), answer));
  }

  /**
   * A deadline that this node cannot read must not block the others; Redis hands it out again
   * later, to other nodes too.
   */
  private Optional<RoomDue> read(RipeCommand.Due ripe) {
    try {
      RecordKey key = RecordNames.parse(ripe.record());
      if (key.kind() != RecordKind.ROOM) {
        throw new IllegalArgumentException("nothing is ever due for " + key.kind());
      }
      return Optional.of(new RoomDue(key.realm(), key.id(), Long.parseLong(ripe.what())));
    } catch (IllegalArgumentException strange) {
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
