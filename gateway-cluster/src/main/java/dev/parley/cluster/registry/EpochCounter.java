package dev.parley.cluster.registry;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the epochs of this node since its start. A command belongs to the epoch in which it was
 * submitted; between two epochs, to the next one. Thread-safe.
 */
public final class EpochCounter {

  private final AtomicInteger epoch = new AtomicInteger(1);

  /** The current epoch, or the next one if the node is between two. */
  public int current() {
    return epoch.get();
  }

  /** The epoch is over: new commands belong to the next one. */
  public void next() {
    epoch.incrementAndGet();
  }
}
