package dev.parley.bench.attack;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts effects of an attack. Any thread. */
final class Tally {

  final LongAdder frames = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder left = new LongAdder();
  private final Map<String, LongAdder> did = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> got = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> harm = new ConcurrentSkipListMap<>();

  /** Counts an effect of the attackers. */
  void did(String what, long count) {
    did.computeIfAbsent(what, absent -> new LongAdder()).add(count);
  }

  /** The count of an effect of the attackers. */
  long done(String what) {
    LongAdder count = did.get(what);
    return count == null ? 0 : count.sum();
  }

  /** Counts a reaction of the server. */
  void got(String what) {
    got.computeIfAbsent(what, absent -> new LongAdder()).increment();
  }

  /** Records harm to an honest client that is not one of the innocent pairs. */
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
