package dev.parley.cluster;

import dev.parley.cluster.record.StoredRecord;
import dev.parley.cluster.roster.Registration;
import dev.parley.group.GroupAnswer;
import dev.parley.group.rules.Evaluation;
import dev.parley.group.rules.RecordKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task of groups on its way. Compared by identity. The hub's event loop only. */
final class GroupJob {

  private final GroupTask task;
  private final long number;
  /** What it knows, so that it comes to an end however small the cache is. */
  private final Map<RecordKey, StoredRecord> known = new LinkedHashMap<>();
  private final Map<RecordKey, StoredRecord> reads = new LinkedHashMap<>();
  private @Nullable GroupAnswer answer;
  private @Nullable Registration registration;
  private List<RecordKey> pens = List.of();
  private int tries;
  private int contradictions;
  private List<String> contradicting = List.of();
  private boolean lookedAgain;
  private int evictions;
  private boolean makesRoom;
  private Evaluation.@Nullable Done evaluation;

  /**
   * @param number by which Redis gives the task back
   */
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

  RecordKey line() {
    return task.line();
  }

  /** The records that it is about to change; see {@link Pens}. */
  List<RecordKey> pens() {
    return pens;
  }

  void setPens(List<RecordKey> value) {
    pens = value;
  }

  /** What will be answered if it is committed as it was evaluated last. */
  @Nullable
  GroupAnswer answer() {
    return answer;
  }

  void setAnswer(@Nullable GroupAnswer value) {
    answer = value;
  }

  /** By which registration its user arrives. */
  @Nullable
  Registration registration() {
    return registration;
  }

  void setRegistration(Registration value) {
    registration = value;
  }

  /** How often its records were different when it was to be committed, this time included. */
  int tryAgain() {
    return ++tries;
  }

  /** How often its records contradicted each other, this time included. */
  int readAgain() {
    return ++contradictions;
  }

  /** Whether what it has read is of other versions than when this was asked last. */
  boolean readsDiffer() {
    List<String> versions =
        reads.entrySet().stream().map(each -> each.getKey() + " " + each.getValue().version())
            .sorted().toList();
    boolean differ = !versions.equals(contradicting);
    contradicting = versions;
    return differ;
  }

  /**
   * Whether what is counted should be read before the job is held back because of it; once, until
   * something has been removed for it.
   */
  boolean mayLookAgain() {
    boolean may = !lookedAgain;
    lookedAgain = true;
    return may;
  }

  /** Whether rooms may be removed for it once more; what is counted changes by that. */
  boolean mayEvict(int most) {
    if (evictions >= most) {
      return false;
    }
    evictions++;
    lookedAgain = false;
    return true;
  }

  /** There is nothing more that could be removed. */
  void endEvictions() {
    evictions = Integer.MAX_VALUE;
  }

  /** Whether it has been let make a room before. */
  boolean makesRoom() {
    return makesRoom;
  }

  void setMakesRoom() {
    makesRoom = true;
  }

  /** What is done if it is committed as it was evaluated last. */
  Evaluation.@Nullable Done evaluation() {
    return evaluation;
  }

  void setEvaluation(Evaluation.Done value) {
    evaluation = value;
  }

  /** Begins to think it through anew. */
  void beginReading() {
    reads.clear();
  }

  /** A record, if it is known; then it has been read. */
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

  /** What has been read since {@link #beginReading}. */
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
