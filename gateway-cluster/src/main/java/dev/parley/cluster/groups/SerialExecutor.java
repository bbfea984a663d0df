package dev.parley.cluster.groups;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keyed serial executor: jobs with the same key run one after another in FIFO order, all others
 * concurrently. Not thread-safe.
 *
 * @param <J> a job, compared by identity
 * @param <L> a key; comparable, as clients choose its names
 */
final class SerialExecutor<J, L extends Comparable<L>> {

  private final Function<J, L> keyOf;
  private final Consumer<J> begin;
  private final Map<L, Queue<J>> queues = new HashMap<>();
  private final Queue<J> ready = new ArrayDeque<>();
  private boolean beginning;
  private int jobs;

  /**
   * @param keyOf the key of a job, always the same
   * @param begin starts a job
   */
  SerialExecutor(Function<J, L> keyOf, Consumer<J> begin) {
    this.keyOf = keyOf;
    this.begin = begin;
  }

  /** Submits a job. */
  void add(J job) {
    jobs++;
    Queue<J> queue = queues.computeIfAbsent(keyOf.apply(job), unknown -> new ArrayDeque<>(2));
    queue.add(job);
    if (queue.size() == 1) {
      begin(job);
    }
  }

  /** A started job is done; starts the next one with its key. */
  void done(J job) {
    L key = keyOf.apply(job);
    Queue<J> queue = queues.get(key);
    if (queue == null || queue.poll() != job) {
      throw new IllegalStateException("not this job's turn: " + job);
    }
    jobs--;
    if (queue.isEmpty()) {
      queues.remove(key);
    } else {
      begin(queue.element());
    }
  }

  /** The number of jobs that are not done. */
  int size() {
    return jobs;
  }

  /** A loop instead of recursion, since a job may be done as soon as it has begun. */
  private void begin(J first) {
    ready.add(first);
    if (beginning) {
      return;
    }
    beginning = true;
    try {
      for (J next = ready.poll(); next != null; next = ready.poll()) {
        begin.accept(next);
      }
    } finally {
      beginning = false;
    }
  }
}
