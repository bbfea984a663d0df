package dev.parley.hub.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What was carried out lately and would be missed: a Redis that fails over, or is started again,
 * may forget the last of it. Bounded in time and in bytes, as such a Redis is not far behind. The
 * hub's event loop only.
 */
final class Recent {

  private final long nanos;
  private final long mostBytes;
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private long bytes;

  private record Batch(long number, long at, long bytes, List<Order<?>> orders) {}

  Recent(Duration length, long mostBytes) {
    this.nanos = length.toNanos();
    this.mostBytes = mostBytes;
  }

  /** A batch has been carried out; these of its orders would be missed. */
  void add(long number, long now, List<Order<?>> orders) {
    if (!orders.isEmpty()) {
      long size = orders.stream().mapToLong(Order::size).sum();
      batches.add(new Batch(number, now, size, orders));
      bytes += size;
    }
    while (!batches.isEmpty()
        && (bytes > mostBytes || now - batches.getFirst().at > nanos)) {
      bytes -= batches.removeFirst().bytes;
    }
  }

  /** Takes out what was in batches after this one. */
  List<Order<?>> takeAfter(long number) {
    List<Order<?>> lost = new ArrayList<>();
    batches.stream().filter(batch -> batch.number > number)
        .forEach(batch -> lost.addAll(batch.orders));
    clear();
    return lost;
  }

  void clear() {
    batches.clear();
    bytes = 0;
  }
}
