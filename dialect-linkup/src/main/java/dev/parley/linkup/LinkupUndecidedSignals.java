package dev.parley.linkup;

import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Switchboard;
import dev.parley.dialect.support.BoundedBuffer;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered.Cause;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Signals to an id that the session owns while an external peer may have it. They wait in order, in
 * a bounded buffer, and follow the reply to the registration. Event loop of the session only.
 */
final class LinkupUndecidedSignals {

  private static final int MAX_SIGNALS = 128;
  private static final int MAX_BYTES = 256 * 1024;

  private final Switchboard switchboard;
  private final Consumer<Signal> natively;
  private final Function<ForeignSignal, ForeignOutcome> translated;
  private final BoundedBuffer<Undecided> waiting;

  private record Undecided(Signal signal, Runnable handle) {}

  /**
   * @param natively handles a signal of this dialect
   * @param translated handles one of another dialect
   */
  LinkupUndecidedSignals(Switchboard switchboard, Consumer<Signal> natively,
      Function<ForeignSignal, ForeignOutcome> translated) {
    this.switchboard = switchboard;
    this.natively = natively;
    this.translated = translated;
    this.waiting = new BoundedBuffer<>(MAX_SIGNALS, MAX_BYTES, switchboard.reserve());
  }

  /** Keeps a signal of this dialect. */
  void keep(Signal signal) {
    Signal kept = signal.detached();
    if (!waiting.add(new Undecided(kept, () -> natively.accept(kept)), kept.weight())) {
      switchboard.refuse(signal, Cause.FULL);
    }
  }

  /** Keeps a signal of another dialect. */
  ForeignOutcome keep(ForeignSignal foreign) {
    ForeignSignal detached = foreign.detached();
    Undecided kept = new Undecided(detached.signal(), () -> handle(detached));
    return waiting.add(kept, foreign.signal().weight()) ? ForeignOutcome.HELD
        : ForeignOutcome.REJECTED;
  }

  private void handle(ForeignSignal foreign) {
    switch (translated.apply(foreign)) {
      case TAKEN -> switchboard.delivered(foreign.signal());
      case HELD -> {}
      case DROPPED -> switchboard.drop(foreign.signal(), LinkupDialect.NAME);
      case UNTRANSLATABLE -> switchboard.refuse(foreign.signal(), Cause.UNTRANSLATABLE);
      case REJECTED -> switchboard.refuse(foreign.signal(), Cause.REJECTED);
    }
  }

  /** Hands the signals to this id, which is now the client's, over, and refuses the others. */
  void release(PeerAddress self) {
    waiting.take().forEach(each -> {
      if (each.signal().to().equals(self)) {
        each.handle().run();
      } else {
        switchboard.refuse(each.signal(), Cause.GONE);
      }
    });
  }

  /** Refuses all signals: the id is not the client's. */
  void abandon() {
    waiting.take().forEach(each -> switchboard.refuse(each.signal(), Cause.GONE));
  }
}
