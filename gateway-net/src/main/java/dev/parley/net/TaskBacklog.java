package dev.parley.net;

import java.util.ArrayDeque;

/** Tasks of one event loop that are run in their order, in slices. Event loop only. */
final class TaskBacklog {

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final SlicedWork work;

  TaskBacklog(LoopTurn turn) {
    this.work = new SlicedWork(turn, () -> !tasks.isEmpty(), () -> tasks.remove().run());
  }

  /** Runs {@code task} when it is its turn; must not fail. */
  void add(Runnable task) {
    tasks.add(task);
    work.begin();
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** Runs all that wait, now. */
  void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
