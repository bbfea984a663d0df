package dev.parley.cluster;

/**
 * How many entries of an inbox are read at once: as many as possible, but fewer where they are big,
 * since Redis counts entries and not bytes, and what was read is in memory as a whole. The hub's
 * event loop only.
 */
final class ReadSize {

  static final int MAX_ENTRIES = 256;
  static final long MAX_BYTES = 1L << 20;

  private int entries = MAX_ENTRIES;

  /** How many to read now. */
  int entries() {
    return entries;
  }

  /** So many were read, of so many bytes. */
  void read(int count, long bytes) {
    if (bytes > MAX_BYTES) {
      entries = Math.clamp(count * MAX_BYTES / bytes, 1, MAX_ENTRIES);
    } else if (bytes < MAX_BYTES / 2) {
      entries = Math.min(2 * entries, MAX_ENTRIES);
    }
  }
}
