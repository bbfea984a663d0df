package dev.parley.dialect.support;

import dev.parley.dialect.Reserve;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries that have to wait, in FIFO order, within a limit of their number, a limit of their bytes,
 * and the node's memory for such entries. Event loop of the session only.
 *
 * @param <T> what waits; detached from the message that it came in
 */
public final class BoundedBuffer<T> {

  private final int maxEntries;
  private final int maxBytes;
  private final Reserve reserve;
  private final List<T> entries = new ArrayList<>(0);
  private int bytes;

  /**
   * @param reserve memory that is shared with other buffers, see {@link #sharedBy}
   */
  public BoundedBuffer(int maxEntries, int maxBytes, Reserve reserve) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
    this.reserve = reserve;
  }

  /** A further limit of the bytes in all buffers that share the result. */
  public static Reserve sharedBy(int maxBytes, Reserve reserve) {
    return new Reserve() {
      private int taken;

      @Override
      public boolean take(int weight) {
        if (weight > maxBytes - taken || !reserve.take(weight)) {
          return false;
        }
        taken += weight;
        return true;
      }

      @Override
      public void giveBack(int weight) {
        taken -= weight;
        reserve.giveBack(weight);
      }
    };
  }

  /**
   * Appends an entry.
   *
   * @param weight how many bytes it counts for
   * @return false if a limit is reached: then nothing has changed
   */
  public boolean add(T entry, int weight) {
    if (entries.size() >= maxEntries || weight > maxBytes - bytes || !reserve.take(weight)) {
      return false;
    }
    bytes += weight;
    return entries.add(entry);
  }

  /** Takes all entries out, and gives their memory back. */
  public List<T> take() {
    List<T> taken = List.copyOf(entries);
    entries.clear();
    reserve.giveBack(bytes);
    bytes = 0;
    return taken;
  }
}
