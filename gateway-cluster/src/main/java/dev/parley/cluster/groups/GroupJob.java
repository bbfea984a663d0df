package dev.parley.cluster.groups;

import dev.parley.cluster.record.StoredRecord;
import dev.parley.cluster.registry.Registration;
import dev.parley.group.GroupAnswer;
import dev.parley.group.rules.Evaluation;
import dev.parley.group.rules.RecordKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task of groups in progress. Compared by identity. Not thread-safe. */
final class GroupJob {

  private final GroupTask task;
  private final long number;
  /**
   * Records read by this job. They guarantee progress even if the cache is too small to keep them.
   */
  private final Map<RecordKey, StoredRecord> known = new LinkedHashMap<>();
  private final Map<RecordKey, StoredRecord> reads = new LinkedHashMap<>();
  private @Nullable GroupAnswer answer;
  private @Nullable Registration registration;
  private List<RecordKey> locks = List.of();
  private int tries;
  private int contradictions;
  private List<String> contradicting = List.of();
  private boolean lookedAgain;
  private int evictions;
  private boolean makesRoom;
  private Evaluation.@Nullable Done evaluation;

  /** @param number correlates the answer from Redis with the job */
  GroupJob(GroupTask task, long number) {
    this.task = task;
    this.number = number;
  }

  GroupTask task() {
    return task;
  }

  long number() {
    return number;
  }

  RecordKey key() {
    return task.key();
  }

  /** The records that the job is about to change; see {@link RecordLocks}. */
  List<RecordKey> locks() {
    return locks;
  }

  void setLocks(List<RecordKey> value) {
    locks = value;
  }

  /** The answer if the job is committed as last evaluated. */
  @Nullable
  GroupAnswer answer() {
    return answer;
  }

  void setAnswer(@Nullable GroupAnswer value) {
    answer = value;
  }

  /** The registration that owns its user. */
  @Nullable
  Registration registration() {
    return registration;
  }

  void setRegistration(Registration value) {
    registration = value;
  }

  /** The number of commits that failed on changed records, this one included. */
  int tryAgain() {
    return ++tries;
  }

  /** The number of evaluations that failed on contradictory records, this one included. */
  int readAgain() {
    return ++contradictions;
  }

  /** Whether the versions read differ from those at the last call. */
  boolean readsDiffer() {
    List<String> versions =
        reads.entrySet().stream().map(each -> each.getKey() + " " + each.getValue().version())
            .sorted().toList();
    boolean differ = !versions.equals(contradicting);
    contradicting = versions;
    return differ;
  }

  /**
   * Whether to read the counters before the job waits for evictions; true once, until a room has
   * been evicted for it.
   */
  boolean mayLookAgain() {
    boolean may = !lookedAgain;
    lookedAgain = true;
    return may;
  }

  /** Whether another room may be evicted for it; an eviction changes the counters. */
  boolean mayEvict(int most) {
    if (evictions >= most) {
      return false;
    }
    evictions++;
    lookedAgain = false;
    return true;
  }

  /** No more rooms can be evicted. */
  void endEvictions() {
    evictions = Integer.MAX_VALUE;
  }

  /** Whether the job was permitted to create a room before. */
  boolean makesRoom() {
    return makesRoom;
  }

  void setMakesRoom() {
    makesRoom = true;
  }

  /** The effects if the job is committed as last evaluated. */
  Evaluation.@Nullable Done evaluation() {
    return evaluation;
  }

  void setEvaluation(Evaluation.Done value) {
    evaluation = value;
  }

  /** Begins a new evaluation with an empty read set. */
  void beginReading() {
    reads.clear();
  }

  /** Reads a record from what is known, and adds it to the read set. */
  @Nullable
  StoredRecord read(RecordKey key, RecordCache cache) {
    StoredRecord record = cache.get(key);
    if (record == null) {
      record = known.get(key);
    }
    if (record != null) {
      reads.put(key, record);
    }
    return record;
  }

  /** The records read since {@link #beginReading}. */
  Map<RecordKey, StoredRecord> reads() {
    return reads;
  }

  void learn(RecordKey key, StoredRecord record) {
    known.put(key, record);
  }

  void forget(RecordKey key) {
    known.remove(key);
  }
}
