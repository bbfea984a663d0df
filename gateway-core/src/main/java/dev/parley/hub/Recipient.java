package dev.parley.hub;

import dev.parley.signal.Delivery;

/**
 * A session as the hub sees it: a receiver of deliveries. Compared by identity: one recipient per
 * session.
 */
public interface Recipient {

  /** The dialect of the session, for {@link Hub#list}. */
  String dialect();

  /**
   * Queues a delivery and returns at once. Thread-safe, and safe under a lock of the hub: the
   * session handles it later, on its own event loop. Deliveries of one thread keep their order.
   */
  void deliver(Delivery delivery);

  /**
   * Charges the client for what its last command has cost others beyond the free share: bytes
   * written because of it, times the receiving sessions. Thread-safe; the client is read more
   * slowly.
   */
  default void charge(long bytes) {}
}
