package dev.parley.switchboard;

import dev.parley.signal.Delivery;

/** A session host's event loop, as seen by routing. */
public interface Loop {

  /**
   * Calls {@link SessionHost#handle} on this loop, after the current task. Thread-safe; deliveries
   * of one thread for one session host keep their order.
   */
  void enqueue(SessionHost host, Delivery delivery);

  /**
   * Runs {@code task} on this loop, after the current task and those submitted before. Long
   * sequences of tasks run in slices, and other work is served in between. Only on this loop; the
   * task must not throw.
   */
  void perform(Runnable task);

  /** Whether the calling thread is this loop's. */
  boolean isCurrent();
}
