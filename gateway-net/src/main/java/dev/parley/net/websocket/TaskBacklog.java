package dev.parley.net.websocket;

import java.util.ArrayDeque;

/** Runs tasks of one event loop in FIFO order, in slices. Confined to the event loop. */
final class TaskBacklog {

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final SlicedWork work;

  TaskBacklog(FlushCycle cycle) {
    this.work = new SlicedWork(cycle, () -> !tasks.isEmpty(), () -> tasks.remove().run());
  }

  /** Queues {@code task}; it must not throw. */
  void add(Runnable task) {
    tasks.add(task);
    work.begin();
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** Runs all queued tasks now. */
  void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
