package dev.parley.bench.attack;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what an attack does and gets. Any thread. */
final class Tally {

  final LongAdder frames = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder left = new LongAdder();
  private final Map<String, LongAdder> did = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> got = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> harm = new ConcurrentSkipListMap<>();

  /** What the attackers brought about. */
  void did(String what, long count) {
    did.computeIfAbsent(what, absent -> new LongAdder()).add(count);
  }

  /** How much of something the attackers have brought about. */
  long done(String what) {
    LongAdder count = did.get(what);
    return count == null ? 0 : count.sum();
  }

  /** What the server did to the attackers. */
  void got(String what) {
    got.computeIfAbsent(what, absent -> new LongAdder()).increment();
  }

  /** What the attack cost an honest client that is not one of the innocent pairs. */
  void harm(String what) {
    harm.computeIfAbsent(what, absent -> new LongAdder()).increment();
  }

  AttackResult result(String attack, double seconds) {
    return new AttackResult(attack, seconds, frames.sum(), bytes.sum(), received.sum(), left.sum(),
        sums(did), sums(got), sums(harm));
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((what, count) -> sums.put(what, count.sum()));
    return sums;
  }
}
