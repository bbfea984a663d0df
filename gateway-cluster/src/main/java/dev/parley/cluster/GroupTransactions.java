package dev.parley.cluster;

import dev.parley.cluster.record.RecordNames;
import dev.parley.cluster.record.StoredRecord;
import dev.parley.cluster.roster.Roster;
import dev.parley.cluster.script.CommitCommand.Outcome;
import dev.parley.cluster.script.CommitCommand.Standing;
import dev.parley.cluster.script.LoadCommand;
import dev.parley.cluster.script.RawRecord;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupLimits;
import dev.parley.group.Refusal;
import dev.parley.group.rules.Evaluation;
import dev.parley.group.rules.GroupRules;
import dev.parley.group.rules.RecordKey;
import dev.parley.signal.PeerAddress;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Optimistic transactions on the records of groups: a command is thought through with the records
 * as this node knows them, and committed in one step by Redis, which checks that they are still so.
 * If not, it says what they are now. What is missing is loaded. Whatever comes of a job, its owner
 * is told, once, and then has it go on or lets go of it. The hub's event loop only.
 */
final class GroupTransactions {

  private static final Logger LOG = LoggerFactory.getLogger(GroupTransactions.class);
  private static final int MOST_CONTRADICTIONS = 50;
  static final long CACHE_BYTES = 32L << 20;

  private final Lane lane;
  private final Roster roster;
  private final RoomDeadlines deadlines;
  private final ClusterMetrics counts;
  private final SetAside setAside;
  private final Owner owner;
  private final GroupRules rules;
  private final Pens pens;
  private boolean said;
  private final RecordCache cache = new RecordCache(CACHE_BYTES);

  /** Whose jobs they are. */
  interface Owner {

    /** What the job needed to know is there, or what was in its way is done: it may go on. */
    void advance(GroupJob job);

    /** Redis has dealt with the step: carried it out, unless whoever asked had no standing. */
    void concluded(GroupJob job, Step step, boolean carriedOut);

    /** Whether the user that asks may make one more room now. */
    boolean mayMakeRoom(GroupJob job);

    /**
     * The realm has no room for what the job asks for. Whether empty rooms are being removed, after
     * which it may go on; false if there are none, or that has not helped before.
     */
    boolean evicts(GroupJob job);

    /** Records of the job are different by now, and nothing was done. */
    void outdated(GroupJob job);

    /** What became of the job is not known, or it cannot be done. */
    void failed(GroupJob job);
  }

  /**
   * What is committed at once for a job.
   *
   * @param standing who may do it
   * @param last whether the job is done with it
   */
  record Step(GroupCommand command, Standing standing, boolean last) {}

  GroupTransactions(
      Lane lane, Roster roster, RoomDeadlines deadlines, GroupLimits limits,
      ClusterMetrics counts, SetAside setAside, Owner owner) {
    this.lane = lane;
    this.roster = roster;
    this.deadlines = deadlines;
    this.counts = counts;
    this.setAside = setAside;
    this.owner = owner;
    this.rules = new GroupRules(limits);
    this.pens = new Pens(owner::advance);
  }

  /** Forgets all records: they are those of a seat that is over. */
  void clear() {
    cache.clear();
  }

  /** A record, as far as it is known. */
  @Nullable
  StoredRecord look(GroupJob job, RecordKey key) {
    job.beginReading();
    return job.read(key, cache);
  }

  // ---- load

  /** Loads records that a job needs. */
  void load(GroupJob job, Collection<RecordKey> keys) {
    List<RecordKey> wanted = List.copyOf(keys);
    Order.Answer<List<RawRecord>> answer =
        new Order.Answer<>() {
          @Override
          public void done(List<RawRecord> records) {
            for (int i = 0; i < records.size(); i++) {
              if (!learn(job, wanted.get(i), records.get(i))) {
                return;
              }
            }
            if (records.size() < wanted.size()) {
              load(job, wanted.subList(records.size(), wanted.size()));
            } else {
              owner.advance(job);
            }
          }

          @Override
          public void failed() {
            owner.failed(job);
          }
        };
    lane.insist(
        new Order<>(
            new LoadCommand(wanted.stream().map(RecordNames::of).toList()),
            roster.generation(), answer));
  }

  /** Takes note of a record; false if it cannot be read, and the job has failed. */
  private boolean learn(GroupJob job, RecordKey key, RawRecord raw) {
    try {
      StoredRecord record = new StoredRecord(key, raw.version(), raw.owner(), raw.fields());
      job.learn(key, record);
      cache.put(key, record);
      return true;
    } catch (IllegalArgumentException | DateTimeException strange) {
      setAside.add("group", "a record of kind " + key.kind() + "; what needs it is refused");
      owner.failed(job);
      return false;
    }
  }

  // ---- think

  /** Thinks a step through, and has it committed. */
  void run(GroupJob job, Step step) {
    switch (evaluate(job, step.command())) {
      case null -> owner.failed(job);
      case Evaluation.Need need -> load(job, need.keys());
      case Evaluation.Done done when !done.exhausted().isEmpty() && job.mayLookAgain() ->
          load(job, done.exhausted());
      case Evaluation.Done done when done.asksForEviction() && owner.evicts(job) -> {}
      case Evaluation.Done done when done.makesRoom() && !owner.mayMakeRoom(job) ->
          answer(job, new GroupAnswer.Refused(Refusal.TOO_MANY_ROOMS));
      case Evaluation.Done done -> {
        job.setEvaluation(done);
        Draft draft = Draft.of(step, job, done);
        if (pens.take(job, draft.touched(), draft.changed())) {
          job.setAnswer(draft.answer());
          commit(job, step, draft);
        }
      }
    }
  }

  /** Has nothing done but the command answered, behind all that it was to be told before. */
  void answer(GroupJob job, GroupAnswer answer) {
    job.beginReading();
    job.setAnswer(answer);
    Step step = new Step(job.task().command(), new Standing.Anybody(), true);
    commit(job, step, Draft.answerOnly(job));
  }

  /**
   * Records that were read at different times may contradict each other, which the rules take for a
   * defect. Then all of them are read again, at once. Those that are as before contradict each
   * other for good, as other hands have changed them.
   *
   * @return null if that is so
   */
  private @Nullable Evaluation evaluate(GroupJob job, GroupCommand command) {
    job.beginReading();
    try {
      return rules.evaluate(command, key -> job.read(key, cache));
    } catch (RuntimeException contradiction) {
      if (!job.readsDiffer() || job.readAgain() > MOST_CONTRADICTIONS) {
        report(contradiction);
        return null;
      }
      counts.retried();
      return new Evaluation.Need(new LinkedHashSet<>(job.reads().keySet()));
    }
  }

  private void report(RuntimeException contradiction) {
    setAside.add("group", "records that contradict each other; what needs them is refused");
    if (!said) {
      said = true;
      LOG.error(
          "records of groups contradict each other, or there is a defect: what needs them is"
              + " refused. Please report this unless something else writes to Redis",
          contradiction);
    }
  }

  // ---- commit

  private void commit(GroupJob job, Step step, Draft draft) {
    Order.Answer<Outcome> answer =
        new Order.Answer<>() {
          @Override
          public void done(Outcome outcome) {
            passingItsPens(job, () -> accept(job, step, draft, outcome));
          }

          @Override
          public void failed() {
            passingItsPens(job, () -> owner.failed(job));
          }
        };
    lane.insist(new Order<>(draft.command(), roster.generation(), answer));
    draft.earliestDeadline().ifPresent(after -> deadlines.within(after.toMillis()));
  }

  /** Whatever comes of it: others wait for the pens, and would wait for ever. */
  private void passingItsPens(GroupJob job, Runnable end) {
    List<RecordKey> free = pens.drop(job);
    try {
      end.run();
    } finally {
      pens.pass(free);
    }
  }

  private void accept(GroupJob job, Step step, Draft draft, Outcome outcome) {
    switch (outcome) {
      case Outcome.Committed(String version) -> {
        counts.committed();
        takeOver(draft, version);
        conclude(job, step, true);
      }
      case Outcome.NoStanding none -> conclude(job, step, false);
      case Outcome.OutOfMemory none -> {
        counts.refusedForMemory("group");
        conclude(job, step, false);
      }
      case Outcome.Stale(Map<Integer, RawRecord> fresh, List<Integer> unread) -> {
        for (int each : unread) {
          job.forget(draft.reads().get(each));
          cache.forget(draft.reads().get(each));
        }
        again(job, draft, fresh);
      }
    }
  }

  private void takeOver(Draft draft, String version) {
    draft.changes().forEach(
        (key, changes) -> {
          if (key.kind().isCounted()) {
            // Counted without looking: how many there are is not known, and need not be.
            cache.counted(key, changes);
          } else {
            cache.changed(key, draft.versions().get(key), changes, version);
          }
        });
  }

  private void conclude(GroupJob job, Step step, boolean carriedOut) {
    forgetOwner(job, step.standing(), carriedOut);
    owner.concluded(job, step, carriedOut);
  }

  /**
   * Whose a user is, is not among its fields; so it has to be read again when that has changed, or
   * is not as it was known here.
   */
  private void forgetOwner(GroupJob job, Standing standing, boolean carriedOut) {
    PeerAddress user = switch (standing) {
      case Standing.Arriving arriving -> arriving.address();
      case Standing.Departing departing -> departing.address();
      case Standing.Orphan orphan -> orphan.address();
      case Standing.Owner stays -> carriedOut ? null : stays.address();
      case Standing.Anybody anybody -> null;
    };
    if (user != null) {
      RecordKey key = GroupTask.user(user);
      job.forget(key);
      cache.forget(key);
    }
  }

  private void again(GroupJob job, Draft draft, Map<Integer, RawRecord> fresh) {
    counts.retried();
    for (Map.Entry<Integer, RawRecord> each : fresh.entrySet()) {
      if (!learn(job, draft.reads().get(each.getKey()), each.getValue())) {
        return;
      }
    }
    owner.outdated(job);
  }
}
