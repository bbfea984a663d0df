package dev.parley.cluster.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Replay window: callbacks of recently executed commands whose results a fail-over or a restart of
 * Redis may lose. Keeps the callbacks only, not the commands. Bounded in time and bytes, since such
 * a Redis lags behind only a little. Not thread-safe.
 */
final class ReplayWindow {

  private final long nanos;
  private final long mostBytes;
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private long bytes;

  private record Batch(long number, long at, long bytes, List<PendingCommand.Answer<?>> answers) {}

  ReplayWindow(Duration length, long mostBytes) {
    this.nanos = length.toNanos();
    this.mostBytes = mostBytes;
  }

  /** A batch was executed; these callbacks must be notified if its results are lost. */
  void add(long number, long now, List<PendingCommand.Answer<?>> answers) {
    if (!answers.isEmpty()) {
      long size = answers.stream().mapToLong(PendingCommand.Answer::keptBytes).sum();
      batches.add(new Batch(number, now, size, answers));
      bytes += size;
    }
    while (!batches.isEmpty()
        && (bytes > mostBytes || now - batches.getFirst().at > nanos)) {
      bytes -= batches.removeFirst().bytes;
    }
  }

  /** Removes and returns the callbacks of batches after this one. */
  List<PendingCommand.Answer<?>> takeAfter(long number) {
    List<PendingCommand.Answer<?>> lost = new ArrayList<>();
    batches.stream().filter(batch -> batch.number > number)
        .forEach(batch -> lost.addAll(batch.answers));
    clear();
    return lost;
  }

  /** About its size in bytes. */
  long bytes() {
    return bytes;
  }

  void clear() {
    batches.clear();
    bytes = 0;
  }
}
