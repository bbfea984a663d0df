package dev.parley.cluster.groups;

import dev.parley.cluster.pipeline.ClusterMetrics;
import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.pipeline.SetAside;
import dev.parley.cluster.record.RecordNames;
import dev.parley.cluster.record.StoredRecord;
import dev.parley.cluster.script.CommitCommand.Outcome;
import dev.parley.cluster.script.CommitCommand.Precondition;
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
 * Optimistic transactions on the records of groups. A command is evaluated with the records as this
 * node knows them, and committed atomically by Redis, which compares their versions. On a conflict
 * Redis replies with the current records, and the command is evaluated again. Missing records are
 * loaded. The listener is called exactly once for each outcome of a job; it then resumes the job or
 * finishes it. Confined to the hub's event loop.
 */
public final class GroupTransactions {

  private static final Logger LOG = LoggerFactory.getLogger(GroupTransactions.class);
  private static final int MAX_CONTRADICTIONS = 50;
  public static final long CACHE_BYTES = 32L << 20;

  private final CommandPipeline pipeline;
  private final RoomDeadlines deadlines;
  private final ClusterMetrics counts;
  private final SetAside setAside;
  private final TransactionListener listener;
  private final GroupRules rules;
  private final RecordLocks locks;
  private boolean reported;
  private final RecordCache cache = new RecordCache(CACHE_BYTES);

  /** Drives the jobs. */
  interface TransactionListener {

    /**
     * The records that the job needs are loaded, or the lock that blocked it is released: it may
     * resume.
     */
    void advance(GroupJob job);

    /**
     * The step was committed ({@code committed}), or not: its precondition did not hold, or Redis
     * is out of memory.
     */
    void concluded(GroupJob job, Step step, boolean committed);

    /** Whether the requester may create one more room now. */
    boolean mayMakeRoom(GroupJob job);

    /**
     * The realm is full. Whether empty rooms are being evicted, after which the job is resumed;
     * false if there are none, or earlier evictions made no room.
     */
    boolean evicts(GroupJob job);

    /** A version conflict: records of the job have changed, and nothing was committed. */
    void outdated(GroupJob job);

    /** The outcome of the job is unknown, or the job is impossible. */
    void failed(GroupJob job);
  }

  /**
   * One atomic commit of a job.
   *
   * @param precondition its precondition: who must own the user
   * @param last whether the job ends with it
   */
  record Step(GroupCommand command, Precondition precondition, boolean last) {}

  GroupTransactions(
      CommandPipeline pipeline, RoomDeadlines deadlines, GroupLimits limits,
      ClusterMetrics counts, SetAside setAside, TransactionListener listener) {
    this.pipeline = pipeline;
    this.deadlines = deadlines;
    this.counts = counts;
    this.setAside = setAside;
    this.listener = listener;
    this.rules = new GroupRules(limits);
    this.locks = new RecordLocks(listener::advance);
  }

  /** Clears the cache: its records belong to an epoch that is over. */
  void clear() {
    assert pipeline.loop().isCurrent();
    cache.clear();
  }

  /** A record from the cache or the job's read set. */
  @Nullable
  StoredRecord look(GroupJob job, RecordKey key) {
    assert pipeline.loop().isCurrent();
    job.beginReading();
    return job.read(key, cache);
  }

  // ---- load

  /** Loads the records that a job needs. */
  void load(GroupJob job, Collection<RecordKey> keys) {
    assert pipeline.loop().isCurrent();
    List<RecordKey> wanted = List.copyOf(keys);
    PendingCommand.Answer<List<RawRecord>> answer =
        new PendingCommand.Answer<>() {
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
              listener.advance(job);
            }
          }

          @Override
          public void failed() {
            listener.failed(job);
          }
        };
    pipeline.submit(
        new LoadCommand(wanted.stream().map(RecordNames::of).toList()), answer, Bound.UNLIMITED);
  }

  /** Caches a record; false if it is unreadable, which fails the job. */
  private boolean learn(GroupJob job, RecordKey key, RawRecord raw) {
    try {
      StoredRecord record = new StoredRecord(key, raw.version(), raw.owner(), raw.fields());
      job.learn(key, record);
      cache.put(key, record);
      return true;
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      setAside.add("group", "a record of kind " + key.kind() + "; what needs it is refused");
      listener.failed(job);
      return false;
    }
  }

  // ---- evaluate

  /** Evaluates a step and commits it. */
  void run(GroupJob job, Step step) {
    assert pipeline.loop().isCurrent();
    switch (evaluate(job, step.command())) {
      case null -> listener.failed(job);
      case Evaluation.Need need -> load(job, need.keys());
      case Evaluation.Done done when !done.exhausted().isEmpty() && job.mayLookAgain() ->
          load(job, done.exhausted());
      case Evaluation.Done done when done.asksForEviction() && listener.evicts(job) -> {}
      case Evaluation.Done done when done.makesRoom() && !listener.mayMakeRoom(job) ->
          answer(job, new GroupAnswer.Refused(Refusal.TOO_MANY_ROOMS));
      case Evaluation.Done done -> {
        job.setEvaluation(done);
        CommitBuilder commit = CommitBuilder.of(step, job, done);
        if (locks.take(job, commit.touched(), commit.changed())) {
          job.setAnswer(commit.answer());
          commit(job, step, commit);
        }
      }
    }
  }

  /** Only answers the command, behind all events committed before. */
  void answer(GroupJob job, GroupAnswer answer) {
    assert pipeline.loop().isCurrent();
    job.beginReading();
    job.setAnswer(answer);
    Step step = new Step(job.task().command(), new Precondition.Anybody(), true);
    commit(job, step, CommitBuilder.answerOnly(job));
  }

  /**
   * Evaluates a command. Records read at different times may contradict each other, which the rules
   * report as a defect; then all of them are read again at once. If their versions are unchanged,
   * the contradiction is permanent: another client of Redis has changed them.
   *
   * @return null if the records contradict each other
   */
  private @Nullable Evaluation evaluate(GroupJob job, GroupCommand command) {
    job.beginReading();
    try {
      return rules.evaluate(command, key -> job.read(key, cache));
    } catch (RuntimeException contradiction) {
      if (!job.readsDiffer() || job.readAgain() > MAX_CONTRADICTIONS) {
        report(contradiction);
        return null;
      }
      counts.retried();
      return new Evaluation.Need(new LinkedHashSet<>(job.reads().keySet()));
    }
  }

  private void report(RuntimeException contradiction) {
    setAside.add("group", "records that contradict each other; what needs them is refused");
    if (!reported) {
      reported = true;
      LOG.error(
          "records of groups contradict each other, or there is a defect: what needs them is"
              + " refused. Please report this unless something else writes to Redis",
          contradiction);
    }
  }

  // ---- commit

  private void commit(GroupJob job, Step step, CommitBuilder commit) {
    PendingCommand.Answer<Outcome> answer =
        new PendingCommand.Answer<>() {
          @Override
          public void done(Outcome outcome) {
            passingItsLocks(job, () -> accept(job, step, commit, outcome));
          }

          @Override
          public void failed() {
            passingItsLocks(job, () -> listener.failed(job));
          }
        };
    pipeline.submit(commit.command(), answer, Bound.UNLIMITED);
    commit.earliestDeadline().ifPresent(after -> deadlines.within(after.toMillis()));
  }

  /**
   * Always releases the record locks, even if {@code end} throws; otherwise waiting commits hang.
   */
  private void passingItsLocks(GroupJob job, Runnable end) {
    List<RecordKey> free = locks.drop(job);
    try {
      end.run();
    } finally {
      locks.pass(free);
    }
  }

  private void accept(GroupJob job, Step step, CommitBuilder commit, Outcome outcome) {
    switch (outcome) {
      case Outcome.Committed(String version) -> {
        counts.committed();
        takeOver(commit, version);
        conclude(job, step, true);
      }
      case Outcome.NoPrecondition none -> conclude(job, step, false);
      case Outcome.OutOfMemory none -> {
        counts.refusedForMemory("group");
        conclude(job, step, false);
      }
      case Outcome.Stale(Map<Integer, RawRecord> fresh, List<Integer> unread) -> {
        for (int each : unread) {
          job.forget(commit.reads().get(each));
          cache.forget(commit.reads().get(each));
        }
        again(job, commit, fresh);
      }
    }
  }

  private void takeOver(CommitBuilder commit, String version) {
    commit.changes().forEach(
        (key, changes) -> {
          if (key.kind().isCounted()) {
            // Incremented blindly: the total is unknown here.
            cache.counted(key, changes);
          } else {
            cache.changed(key, commit.versions().get(key), changes, version);
          }
        });
  }

  private void conclude(GroupJob job, Step step, boolean committed) {
    forgetOwner(job, step.precondition(), committed);
    listener.concluded(job, step, committed);
  }

  /**
   * The owner of a user is not among its fields. It is read again after a change, and when it
   * differs from the cached one.
   */
  private void forgetOwner(GroupJob job, Precondition precondition, boolean committed) {
    PeerAddress user = switch (precondition) {
      case Precondition.Arriving arriving -> arriving.address();
      case Precondition.Departing departing -> departing.address();
      case Precondition.Orphan orphan -> orphan.address();
      case Precondition.Owner stays -> committed ? null : stays.address();
      case Precondition.Anybody anybody -> null;
    };
    if (user != null) {
      RecordKey key = GroupTask.user(user);
      job.forget(key);
      cache.forget(key);
    }
  }

  private void again(GroupJob job, CommitBuilder commit, Map<Integer, RawRecord> fresh) {
    counts.retried();
    for (Map.Entry<Integer, RawRecord> each : fresh.entrySet()) {
      if (!learn(job, commit.reads().get(each.getKey()), each.getValue())) {
        return;
      }
    }
    listener.outdated(job);
  }
}
