package dev.parley.cluster;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets jobs that stand in the same line go one after the other, in the order in which they came,
 * and all others side by side. One thread.
 *
 * @param <J> a job, compared by identity
 * @param <L> a line; ordered, as clients choose what lines are named by
 */
final class Turns<J, L extends Comparable<L>> {

  private final Function<J, L> lineOf;
  private final Consumer<J> begin;
  private final Map<L, Queue<J>> lines = new HashMap<>();
  private final Queue<J> ready = new ArrayDeque<>();
  private boolean beginning;
  private int jobs;

  /**
   * @param lineOf where a job stands, always the same
   * @param begin is called when it is a job's turn
   */
  Turns(Function<J, L> lineOf, Consumer<J> begin) {
    this.lineOf = lineOf;
    this.begin = begin;
  }

  /** A job has come. */
  void add(J job) {
    jobs++;
    Queue<J> line = lines.computeIfAbsent(lineOf.apply(job), unknown -> new ArrayDeque<>(2));
    line.add(job);
    if (line.size() == 1) {
      begin(job);
    }
  }

  /** A job that has begun is done. */
  void done(J job) {
    L name = lineOf.apply(job);
    Queue<J> line = lines.get(name);
    if (line == null || line.poll() != job) {
      throw new IllegalStateException("not this job's turn: " + job);
    }
    jobs--;
    if (line.isEmpty()) {
      lines.remove(name);
    } else {
      begin(line.element());
    }
  }

  /** How many jobs are not done. */
  int size() {
    return jobs;
  }

  /** In a loop, as a job may be done as soon as it has begun, and so on. */
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
