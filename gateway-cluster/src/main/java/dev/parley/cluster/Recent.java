package dev.parley.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What was carried out lately and would be missed: a Redis that fails over, or is started again,
 * may forget the last of it. Kept are the answers alone, not what was sent. Bounded in time and in
 * bytes, as such a Redis is not far behind. The hub's event loop only.
 */
final class Recent {

  private final long nanos;
  private final long mostBytes;
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private long bytes;

  private record Batch(long number, long at, long bytes, List<Order.Answer<?>> answers) {}

  Recent(Duration length, long mostBytes) {
    this.nanos = length.toNanos();
    this.mostBytes = mostBytes;
  }

  /** A batch has been carried out; these of its results would be missed. */
  void add(long number, long now, List<Order.Answer<?>> answers) {
    if (!answers.isEmpty()) {
      long size = answers.stream().mapToLong(Order.Answer::keptBytes).sum();
      batches.add(new Batch(number, now, size, answers));
      bytes += size;
    }
    while (!batches.isEmpty()
        && (bytes > mostBytes || now - batches.getFirst().at > nanos)) {
      bytes -= batches.removeFirst().bytes;
    }
  }

  /** Takes out what was in batches after this one. */
  List<Order.Answer<?>> takeAfter(long number) {
    List<Order.Answer<?>> lost = new ArrayList<>();
    batches.stream().filter(batch -> batch.number > number)
        .forEach(batch -> lost.addAll(batch.answers));
    clear();
    return lost;
  }

  /** How many bytes it takes, about. */
  long bytes() {
    return bytes;
  }

  void clear() {
    batches.clear();
    bytes = 0;
  }
}
