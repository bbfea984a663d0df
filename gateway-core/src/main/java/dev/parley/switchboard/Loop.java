package dev.parley.switchboard;

import dev.parley.signal.Delivery;

/** The event loop that a participant lives on, as far as routing needs to know it. */
public interface Loop {

  /**
   * Has {@link Participant#handle} called on this loop, after whatever runs now. Any thread; what
   * one thread hands over is handled in that order.
   */
  void enqueue(Participant participant, Delivery delivery);

  /**
   * Runs {@code task} on this loop, after what runs now and those that were given before. Tasks that
   * take long together are run in slices, and others are served in between. On this loop only; the
   * task must not fail.
   */
  void perform(Runnable task);

  /** Whether the caller is on this loop. */
  boolean isCurrent();
}
