package dev.parley.hub;

import dev.parley.signal.Delivery;

/**
 * A session as the hub sees it: somewhere to put deliveries. Compared by identity: one recipient,
 * one session.
 */
public interface Recipient {

  /** What the session speaks, for {@link Hub#list}. */
  String dialect();

  /**
   * Hands one delivery over and returns at once. May be called on any thread, also while the hub
   * holds a lock: the session handles it later, on its own event loop. What one thread hands over
   * is handled in that order.
   */
  void deliver(Delivery delivery);

  /**
   * Says what the session's last command has cost others beyond what is free: bytes that are
   * written because of it, times the sessions that they are written to. May be called on any
   * thread; the client is read more slowly because of it.
   */
  default void charge(long bytes) {}
}
