package dev.parley.net.limits;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Heap usage after the last garbage collection: usage between two collections is mostly garbage,
 * and means nothing.
 *
 * <p>A sample is valid for some seconds only. A node that refuses new work allocates little, so the
 * collection that would show free memory may be long in coming. If memory is still short, the work
 * that is let in causes the next collection soon. Not thread-safe.
 */
public final class HeapUse {

  private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int ALL = 100;

  private final LongSupplier usedAfterCollection;
  private final long max;
  private long last;
  private long changedAt;

  /**
   * @param usedAfterCollection bytes that the last collection left
   * @param max the largest heap, in bytes
   */
  public HeapUse(LongSupplier usedAfterCollection, long max, long now) {
    this.usedAfterCollection = usedAfterCollection;
    this.max = max;
    this.last = usedAfterCollection.getAsLong();
    this.changedAt = now - FRESH_NANOS;
  }

  /** The heap of this JVM. */
  public static HeapUse ofThisProcess() {
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .filter(pool -> pool.getCollectionUsage() != null)
            .toList();
    return new HeapUse(
        () -> pools.stream().mapToLong(HeapUse::usedIn).sum(),
        Runtime.getRuntime().maxMemory(), System.nanoTime());
  }

  private static long usedIn(MemoryPoolMXBean pool) {
    MemoryUsage usage = pool.getCollectionUsage();
    return usage == null ? 0 : usage.getUsed();
  }

  /** Whether a recent collection left more than {@code percent} of the heap in use. */
  public boolean exceeds(int percent, long now) {
    long used = usedAfterCollection.getAsLong();
    if (used != last) {
      last = used;
      changedAt = now;
    }
    return now - changedAt < FRESH_NANOS && used > max / ALL * percent;
  }
}
