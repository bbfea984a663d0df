package dev.parley.net.websocket;

import java.util.ArrayDeque;

/** Runs tasks of one event loop in FIFO order, in slices. Confined to the event loop. */
final class TaskBacklog {

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final FlushCycle cycle;
  private final SlicedWork work;

  TaskBacklog(FlushCycle cycle) {
    this.cycle = cycle;
    this.work = new SlicedWork(cycle, () -> !tasks.isEmpty(), () -> tasks.remove().run());
  }

  /** Queues {@code task}; it must not throw. */
  void add(Runnable task) {
    assert cycle.isCurrent();
    tasks.add(task);
    work.begin();
  }

  boolean isEmpty() {
    assert cycle.isCurrent();
    return tasks.isEmpty();
  }

  /** Runs all queued tasks now. */
  void runAll() {
    assert cycle.isCurrent();
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
