package dev.parley.bench.load;

import java.time.Duration;

/** A snapshot of the generator's counters. */
record Moment(long nanos, long arrived, Duration cpu) {

  static Moment now(LoadLoops loops) {
    long arrived = loops.sum(LoadLoop::arrived);
    Duration cpu = ProcessHandle.current().info().totalCpuDuration()
        .orElseThrow(() -> new LoadException("this system does not say how much CPU was used"));
    return new Moment(System.nanoTime(), arrived, cpu);
  }

  double secondsSince(Moment earlier) {
    return (nanos - earlier.nanos) / 1e9;
  }

  /** The share of {@code cores} that was used since then: 1 is all of them. */
  double loadSince(Moment earlier, int cores) {
    return cpu.minus(earlier.cpu).toNanos() / (1e9 * secondsSince(earlier) * cores);
  }
}
