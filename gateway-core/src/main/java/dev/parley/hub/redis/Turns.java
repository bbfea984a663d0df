package dev.parley.hub.redis;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets jobs that have to do with the same things go one after the other, in the order in which they
 * came, and all others side by side. One thread.
 *
 * @param <J> a job, compared by identity
 * @param <T> a thing
 */
final class Turns<J, T> {

  private final Function<J, Set<T>> thingsOf;
  private final Consumer<J> begin;
  private final Map<T, Queue<J>> queues = new HashMap<>();
  private final Queue<J> ready = new ArrayDeque<>();
  private boolean beginning;
  private int jobs;

  /**
   * @param thingsOf what a job has to do with, always the same
   * @param begin is called when it is a job's turn
   */
  Turns(Function<J, Set<T>> thingsOf, Consumer<J> begin) {
    this.thingsOf = thingsOf;
    this.begin = begin;
  }

  /** A job has come. */
  void add(J job) {
    jobs++;
    for (T thing : thingsOf.apply(job)) {
      queues.computeIfAbsent(thing, unknown -> new ArrayDeque<>(2)).add(job);
    }
    offer(job);
    beginAll();
  }

  /** A job that has begun is done. */
  void done(J job) {
    jobs--;
    for (T thing : thingsOf.apply(job)) {
      Queue<J> queue = queues.get(thing);
      if (queue == null || queue.poll() != job) {
        throw new IllegalStateException("not this job's turn: " + job);
      }
      if (queue.isEmpty()) {
        queues.remove(thing);
      } else {
        offer(queue.element());
      }
    }
    beginAll();
  }

  /** How many jobs are not done. */
  int size() {
    return jobs;
  }

  private void offer(J job) {
    for (T thing : thingsOf.apply(job)) {
      Queue<J> queue = queues.get(thing);
      if (queue == null || queue.peek() != job) {
        return;
      }
    }
    ready.add(job);
  }

  /** In a loop, as a job may be done as soon as it has begun, and so on. */
  private void beginAll() {
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
