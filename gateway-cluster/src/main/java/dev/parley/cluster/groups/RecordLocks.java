package dev.parley.cluster.groups;

import dev.parley.group.rules.RecordKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Per-record write locks for optimistic commits of this node. A commit that touches a record which
 * another commit is changing waits for its result, in FIFO order, so concurrent retries cannot
 * livelock: otherwise, of many users who leave a room at once, all commits but one would conflict,
 * again and again. Not thread-safe.
 */
final class RecordLocks {

  private final Consumer<GroupJob> goOn;
  private final Map<RecordKey, GroupJob> holders = new HashMap<>();
  private final Map<RecordKey, Queue<GroupJob>> waiting = new HashMap<>();

  /** @param goOn called when a waiting job may try again */
  RecordLocks(Consumer<GroupJob> goOn) {
    this.goOn = goOn;
  }

  /**
   * Locks the records that a job changes. If one that it touches is locked by another job, it waits
   * instead.
   *
   * @return whether the locks were acquired
   */
  boolean take(GroupJob job, Collection<RecordKey> touched, Collection<RecordKey> changed) {
    for (RecordKey key : touched) {
      if (holders.containsKey(key)) {
        waiting.computeIfAbsent(key, unknown -> new ArrayDeque<>()).add(job);
        return false;
      }
    }
    changed.forEach(key -> holders.put(key, job));
    job.setLocks(List.copyOf(changed));
    return true;
  }

  /** Releases the locks of a job. No waiting job resumes before {@link #pass}. */
  List<RecordKey> drop(GroupJob job) {
    List<RecordKey> locks = job.locks();
    locks.forEach(holders::remove);
    job.setLocks(List.of());
    return locks;
  }

  /** Resumes the jobs that wait for free locks. */
  void pass(List<RecordKey> locks) {
    for (RecordKey key : locks) {
      for (Queue<GroupJob> line = waiting.get(key); line != null
          && !holders.containsKey(key); line = waiting.get(key)) {
        GroupJob next = line.remove();
        if (line.isEmpty()) {
          waiting.remove(key);
        }
        goOn.accept(next);
      }
    }
  }
}
