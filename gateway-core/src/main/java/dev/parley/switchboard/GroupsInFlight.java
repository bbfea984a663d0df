package dev.parley.switchboard;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * How many deliveries to a session host are in flight in the queue of group deliveries of its event
 * loop. What comes for the session host meanwhile has to use the same queue, or it would overtake
 * them. Any thread.
 */
public abstract class GroupsInFlight {

  private static final AtomicIntegerFieldUpdater<GroupsInFlight> COUNT =
      AtomicIntegerFieldUpdater.newUpdater(GroupsInFlight.class, "count");

  private volatile int count;

  /** A delivery is about to be added to the queue. */
  public final void queued() {
    COUNT.incrementAndGet(this);
  }

  /** A delivery was taken from the queue, and is handled before all that comes from now on. */
  public final void taken() {
    COUNT.decrementAndGet(this);
  }

  /** Whether there are deliveries in the queue. */
  public final boolean areQueued() {
    return count != 0;
  }
}
