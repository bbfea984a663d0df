package dev.parley.cluster;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of the signals that one peer has received from another. Any thread.
 *
 * <p>Order is guaranteed within one connection of the sender. Signals on the next one may overtake
 * those, which is counted, too.
 */
final class Received {

  private final BitSet numbers = new BitSet();
  private final Map<Integer, Integer> last = new HashMap<>();
  private int highest = -1;
  private int duplicated;
  private int outOfOrder;
  private int overtaken;

  /** The next one, from a sender that has one connection. */
  void got(int number) {
    got(number, 0);
  }

  /**
   * The next one.
   *
   * @param connection of the sender; on each the numbers go on from those of the one before
   */
  synchronized void got(int number, int connection) {
    if (numbers.get(number)) {
      duplicated++;
    } else if (number < last.getOrDefault(connection, -1)) {
      outOfOrder++;
    } else if (number < highest) {
      overtaken++;
    }
    numbers.set(number);
    last.merge(connection, number, Math::max);
    highest = Math.max(highest, number);
  }

  synchronized BitSet numbers() {
    return (BitSet) numbers.clone();
  }

  synchronized int duplicated() {
    return duplicated;
  }

  synchronized int outOfOrder() {
    return outOfOrder;
  }

  synchronized int overtaken() {
    return overtaken;
  }
}
