package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Outcomes of the signals of many pairs. One thread. */
final class Count {

  private long sent;
  private long delivered;
  private long refused;
  private long both;
  private long lost;
  private long duplicated;
  private long outOfOrder;
  private long overtaken;
  private long toTheDead;
  private long adrift;

  /**
   * Waits until the count is stable, and prints it.
   *
   * @param what the label of the printed numbers
   * @param quiet how long the count must be stable; a tenth of it if nothing is missing
   * @param patience how long to wait at most
   * @param count makes a fresh count
   */
  static Count settled(
      String what, Duration quiet, Duration patience, Supplier<Count> count) {
    long deadline = System.nanoTime() + patience.toNanos();
    long quietSince = System.nanoTime();
    Count last = count.get();
    while (System.nanoTime() < deadline && System.nanoTime() - quietSince < last.doubt(quiet)) {
      LockSupport.parkNanos(5_000_000);
      Count now = count.get();
      if (!now.toString().equals(last.toString())) {
        quietSince = System.nanoTime();
      }
      last = now;
    }
    System.out.println(what + ": " + last);
    return last;
  }

  private long doubt(Duration quiet) {
    boolean complete = lost == 0 && toTheDead == 0 && adrift == 0;
    return complete ? quiet.toNanos() / 10 : quiet.toNanos();
  }

  /**
   * Adds the outcomes of the signals from one peer to another.
   *
   * @param allSent their numbers
   * @param allRefused the numbers that were refused to the sender
   * @return the numbers without an outcome, for {@link #lost} or another of its kind
   */
  BitSet add(BitSet allSent, BitSet allRefused, Received received) {
    sent += allSent.cardinality();
    BitSet got = received.numbers();
    delivered += got.cardinality();
    refused += allRefused.cardinality();
    BitSet twice = (BitSet) got.clone();
    twice.and(allRefused);
    both += twice.cardinality();
    duplicated += received.duplicated();
    outOfOrder += received.outOfOrder();
    overtaken += received.overtaken();
    BitSet silent = (BitSet) allSent.clone();
    silent.andNot(got);
    silent.andNot(allRefused);
    return silent;
  }

  /** These were lost without a refusal. */
  void lost(BitSet numbers) {
    lost += numbers.cardinality();
  }

  /** These were lost without a refusal, and their recipients had died. */
  void toTheDead(BitSet numbers) {
    toTheDead += numbers.cardinality();
  }

  /** The refusals of these reach no client, as sender and recipient were disconnected at once. */
  void adrift(BitSet numbers) {
    adrift += numbers.cardinality();
  }

  long sent() {
    return sent;
  }

  long delivered() {
    return delivered;
  }

  long refused() {
    return refused;
  }

  long lost() {
    return lost;
  }

  long duplicated() {
    return duplicated;
  }

  long outOfOrder() {
    return outOfOrder;
  }

  long toTheDead() {
    return toTheDead;
  }

  long adrift() {
    return adrift;
  }

  void isFaultless() {
    assertThat(lost + toTheDead).as("lost in silence").isZero();
    assertThat(duplicated).as("duplicated").isZero();
    assertThat(outOfOrder).as("out of order").isZero();
    assertThat(delivered).as("delivered").isPositive();
  }

  @Override
  public String toString() {
    return "sent " + sent + ", delivered " + delivered + ", refused " + refused
        + " (of which delivered all the same " + both + "), lost in silence " + lost
        + ", duplicated " + duplicated + ", out of order " + outOfOrder
        + (toTheDead == 0 ? "" : ", lost in silence on the way to the dead " + toTheDead)
        + (adrift == 0 ? "" : ", from one to another who were both sent away " + adrift)
        + (overtaken == 0 ? "" : ", overtaken by signals of the next connection " + overtaken);
  }
}
