package dev.parley.calling;

import dev.parley.dialect.Reserve;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * Signals of one conversation that have to wait, in order, within a bound. Event loop of the
 * session only.
 */
final class CallingHeldSignals {

  private static final int MAX_SIGNALS = 128;
  private static final int MAX_BYTES = 256 * 1024;

  /** So much may wait in all conversations of a session together. */
  private static final int MAX_BYTES_IN_ALL = 4 * 1024 * 1024;

  private final Budget budget;
  private final List<Held> held = new ArrayList<>(0);
  private int bytes;

  /**
   * Something that has to wait.
   *
   * @param signal it
   * @param content what it says
   * @param weight how many bytes it counts for
   */
  record Held(Signal signal, Content content, int weight) {

    /** A signal of a peer: its content is what will be said, and is kept alone. */
    static Held of(ForeignSignal signal) {
      ForeignSignal kept = signal.detached();
      return new Held(kept.signal(), kept.content(), signal.signal().weight());
    }

    /** A signal of the user, which goes out as it is. */
    static Held of(Signal signal, Content content) {
      return new Held(
          signal.detached(), content.detached(), signal.weight() + signal.payload().length());
    }
  }

  /** How much waits in all conversations of a session. */
  static final class Budget {
    private final Reserve reserve;
    private int bytes;

    Budget(Reserve reserve) {
      this.reserve = reserve;
    }

    private boolean take(int weight) {
      if (weight > MAX_BYTES_IN_ALL - bytes || !reserve.take(weight)) {
        return false;
      }
      bytes += weight;
      return true;
    }

    private void giveBack(int weight) {
      bytes -= weight;
      reserve.giveBack(weight);
    }
  }

  CallingHeldSignals(Budget budget) {
    this.budget = budget;
  }

  /** Keeps something; false if there is no more room. */
  boolean add(Held more) {
    int weight = more.weight();
    if (held.size() >= MAX_SIGNALS || weight > MAX_BYTES - bytes || !budget.take(weight)) {
      return false;
    }
    bytes += weight;
    return held.add(more);
  }

  /** Takes all that waits. */
  List<Held> take() {
    List<Held> taken = List.copyOf(held);
    held.clear();
    budget.giveBack(bytes);
    bytes = 0;
    return taken;
  }
}
