package dev.parley.cluster;

import dev.parley.group.rules.RecordKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Keeps commits of this node out of each other's way: while one that changes a record is on its
 * way, others that have to do with the record wait for what comes of it, in the order in which they
 * came. Without that, of many who leave a room at once all but one would be in vain, again and
 * again. One thread.
 */
final class Pens {

  private final Consumer<GroupJob> goOn;
  private final Map<RecordKey, GroupJob> holders = new HashMap<>();
  private final Map<RecordKey, Queue<GroupJob>> waiting = new HashMap<>();

  /**
   * @param goOn is called when a job that had to wait may try again
   */
  Pens(Consumer<GroupJob> goOn) {
    this.goOn = goOn;
  }

  /**
   * Takes the pens of the records that a job changes, unless one of those that it has to do with is
   * being written by another; then it waits.
   *
   * @return whether it may go on now
   */
  boolean take(GroupJob job, Collection<RecordKey> touched, Collection<RecordKey> changed) {
    for (RecordKey key : touched) {
      if (holders.containsKey(key)) {
        waiting.computeIfAbsent(key, unknown -> new ArrayDeque<>()).add(job);
        return false;
      }
    }
    changed.forEach(key -> holders.put(key, job));
    job.setPens(List.copyOf(changed));
    return true;
  }

  /** Lets go of a job's pens. Nobody goes on before {@link #pass}. */
  List<RecordKey> drop(GroupJob job) {
    List<RecordKey> pens = job.pens();
    pens.forEach(holders::remove);
    job.setPens(List.of());
    return pens;
  }

  /** Lets those go on who wait for pens that nobody has. */
  void pass(List<RecordKey> pens) {
    for (RecordKey key : pens) {
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
