package dev.parley.cluster.groups;

import dev.parley.cluster.groups.GroupTransactions.Step;
import dev.parley.cluster.record.EventCodec;
import dev.parley.cluster.record.FieldCodec;
import dev.parley.cluster.record.RecordNames;
import dev.parley.cluster.record.StoredRecord;
import dev.parley.cluster.script.CommitCommand;
import dev.parley.cluster.script.CommitCommand.Precondition;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.group.RoomDue;
import dev.parley.group.rules.Change;
import dev.parley.group.rules.Counter;
import dev.parley.group.rules.DeadlineChange;
import dev.parley.group.rules.Effect;
import dev.parley.group.rules.Evaluation;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import dev.parley.group.rules.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A commit under construction: what a command of groups changes in Redis, and what the node caches
 * of it.
 *
 * @param command the command for Redis
 * @param reads the records read, in the order of {@code command}
 * @param versions the versions that must still hold at commit
 * @param changes the changes by record
 * @param answer the answer, if any
 * @param earliestDeadline the earliest of the deadlines set
 */
record CommitBuilder(
    CommitCommand command,
    List<RecordKey> reads,
    Map<RecordKey, String> versions,
    Map<RecordKey, List<Change>> changes,
    @Nullable GroupAnswer answer,
    Optional<Duration> earliestDeadline) {

  /** Lua counts in doubles; further additions to this value stay exact. */
  private static final long UNBOUNDED = 1L << 52;

  /** The records read or changed, without those that are only counted. */
  Set<RecordKey> touched() {
    Set<RecordKey> touched = new LinkedHashSet<>(reads);
    touched.addAll(changes.keySet());
    touched.removeIf(key -> key.kind().isCounted());
    return touched;
  }

  /** The records changed, without those that are only counted. */
  Set<RecordKey> changed() {
    Set<RecordKey> changed = new LinkedHashSet<>(changes.keySet());
    changed.removeIf(key -> key.kind().isCounted());
    return changed;
  }

  /** A commit that answers and changes nothing. */
  static CommitBuilder answerOnly(GroupJob job) {
    CommitCommand command =
        new CommitCommand(
            job.task().command().realm(), new Precondition.Anybody(), job.number(), List.of(),
            List.of(), List.of(), List.of(), List.of(),
            List.of(new CommitCommand.Effect.Answer()));
    return new CommitBuilder(
        command, List.of(), Map.of(), Map.of(), job.answer(), Optional.empty());
  }

  /** The commit of an evaluation by the rules. */
  static CommitBuilder of(
      Step step, GroupJob job, Evaluation.Done done) {
    Map<RecordKey, List<Change>> changes = new LinkedHashMap<>();
    done.changes().forEach(
        change -> changes.computeIfAbsent(change.key(), key -> new ArrayList<>()).add(change));
    List<RecordKey> keys = List.copyOf(job.reads().keySet());
    List<CommitCommand.Read> reads = new ArrayList<>();
    Map<RecordKey, String> versions = new LinkedHashMap<>();
    job.reads().forEach(
        (key, record) -> {
          String version = key.kind().isCounted() ? CommitCommand.ANY : record.version();
          versions.put(key, version);
          reads.add(new CommitCommand.Read(RecordNames.of(key), version));
        });
    List<CommitCommand.Set> sets = new ArrayList<>();
    List<CommitCommand.Removal> removals = new ArrayList<>();
    List<CommitCommand.Count> counts = new ArrayList<>();
    for (Change change : done.changes()) {
      String field = FieldCodec.name(change.part(), change.name());
      Value value = change.value();
      if (change.key().kind().isCounted()) {
        counts.add(
            count(
                change, field, keys, job,
                done.most().getOrDefault(
                    new Counter(change.key(), change.name()), UNBOUNDED)));
      } else if (value == null) {
        removals.add(new CommitCommand.Removal(RecordNames.of(change.key()), field));
      } else {
        sets.add(
            new CommitCommand.Set(
                RecordNames.of(change.key()), field, FieldCodec.encode(value)));
      }
    }
    CommitCommand command =
        new CommitCommand(
            step.command().realm(), step.precondition(), asked(step, job), reads, sets, removals,
            counts, deadlines(job, done),
            done.effects().stream().map(CommitBuilder::effect).toList());
    return new CommitBuilder(
        command, keys, versions, changes, answerOf(done), earliest(done));
  }

  /**
   * The number by which the command is answered, if this step finishes the job; null for no answer.
   */
  private static @Nullable Long asked(Step step, GroupJob job) {
    return step.last() && job.task() instanceof GroupTask.Asked ? job.number() : null;
  }

  /**
   * A counter that concurrent commits may change without a conflict: its value does not matter as
   * long as it stays within the limit.
   */
  private static CommitCommand.Count count(
      Change change, String field, List<RecordKey> keys, GroupJob job, long most) {
    int read = keys.indexOf(change.key());
    if (read < 0) {
      throw new IllegalStateException("counted without being read: " + change.key());
    }
    StoredRecord before = job.reads().get(change.key());
    long by =
        count(change.value())
            - count(before == null ? null : before.value(change.part(), change.name()));
    return new CommitCommand.Count(read, field, by, most);
  }

  private static long count(@Nullable Value value) {
    return value instanceof Value.Count(long number) ? number : 0;
  }

  private static List<CommitCommand.Deadline> deadlines(
      GroupJob job, Evaluation.Done done) {
    List<CommitCommand.Deadline> deadlines = new ArrayList<>();
    for (DeadlineChange each : done.deadlines()) {
      String record = RecordNames.of(each.key());
      deadlines.add(
          switch (each) {
            case DeadlineChange.Set set -> new CommitCommand.Deadline.Put(
                record, Math.max(1, set.after().toMillis()), RoomDeadlines.what(set.due()));
            case DeadlineChange.Clear clear -> new CommitCommand.Deadline.Clear(record);
          });
    }
    if (job.task() instanceof GroupTask.DueDeadlines(RoomDue due)) {
      RecordKey room = new RecordKey(due.realm(), RecordKind.ROOM, due.room());
      deadlines.add(
          new CommitCommand.Deadline.Met(RecordNames.of(room), RoomDeadlines.what(due)));
    }
    return deadlines;
  }

  private static CommitCommand.Effect effect(Effect effect) {
    return switch (effect) {
      case Effect.Answer answer -> new CommitCommand.Effect.Answer();
      case Effect.Tell(List<String> users, GroupEvent event) -> new CommitCommand.Effect.Tell(
          users.stream().map(RecordNames::user).toList(), EventCodec.encode(event));
    };
  }

  private static @Nullable GroupAnswer answerOf(Evaluation.Done done) {
    for (Effect effect : done.effects()) {
      if (effect instanceof Effect.Answer(GroupAnswer answer)) {
        return answer;
      }
    }
    return null;
  }

  private static Optional<Duration> earliest(Evaluation.Done done) {
    return done.deadlines().stream()
        .filter(DeadlineChange.Set.class::isInstance)
        .map(each -> ((DeadlineChange.Set) each).after())
        .min(Duration::compareTo);
  }
}
