package dev.parley.cluster.inbox;

/**
 * Adapts the number of inbox entries per read: as many as possible, but fewer if they are big.
 * Redis limits a read by entries, not bytes, and a whole read is held in memory. Not
 * thread-safe.
 */
public final class ReadSize {

  static final int MAX_ENTRIES = 256;
  public static final long MAX_BYTES = 1L << 20;

  private int entries = MAX_ENTRIES;

  /** The number of entries to read next. */
  int entries() {
    return entries;
  }

  /** A read returned so many entries and bytes. */
  void read(int count, long bytes) {
    if (bytes > MAX_BYTES) {
      entries = Math.clamp(count * MAX_BYTES / bytes, 1, MAX_ENTRIES);
    } else if (bytes < MAX_BYTES / 2) {
      entries = Math.min(2 * entries, MAX_ENTRIES);
    }
  }
}
