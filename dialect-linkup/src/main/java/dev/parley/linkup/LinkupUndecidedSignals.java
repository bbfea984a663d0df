package dev.parley.linkup;

import dev.parley.dialect.Reception;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Signals for an id that the session has here, while it is not decided whether the client may have
 * it. They wait, in order and within a bound, and follow the answer to the registration. Event loop
 * of the session only.
 */
final class LinkupUndecidedSignals {

  private static final int MAX_SIGNALS = 128;
  private static final int MAX_BYTES = 256 * 1024;

  private final Switchboard switchboard;
  private final Consumer<Signal> natively;
  private final Function<ForeignSignal, Reception> translated;
  private final List<Waiting> waiting = new ArrayList<>(0);
  private int bytes;

  private record Waiting(Signal signal, Runnable handle) {}

  /**
   * @param natively handles a signal of this dialect
   * @param translated handles one of another dialect
   */
  LinkupUndecidedSignals(Switchboard switchboard, Consumer<Signal> natively,
      Function<ForeignSignal, Reception> translated) {
    this.switchboard = switchboard;
    this.natively = natively;
    this.translated = translated;
  }

  /** Keeps a signal of this dialect. */
  void keep(Signal signal) {
    Signal kept = signal.detached();
    if (!keep(new Waiting(kept, () -> natively.accept(kept)), kept.weight())) {
      switchboard.refuse(signal, Cause.FULL);
    }
  }

  /** Keeps a signal of another dialect. */
  Reception keep(ForeignSignal foreign) {
    ForeignSignal detached = foreign.detached();
    Waiting kept = new Waiting(detached.signal(), () -> handle(detached));
    return keep(kept, foreign.signal().weight()) ? Reception.HELD : Reception.REJECTED;
  }

  private boolean keep(Waiting more, int weight) {
    if (waiting.size() >= MAX_SIGNALS || weight > MAX_BYTES - bytes
        || !switchboard.reserve().take(weight)) {
      return false;
    }
    bytes += weight;
    return waiting.add(more);
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

  /** The client has this id, and gets what has waited for it. */
  void decided(PeerAddress self) {
    take().forEach(each -> {
      if (each.signal().to().equals(self)) {
        each.handle().run();
      } else {
        switchboard.refuse(each.signal(), Cause.GONE);
      }
    });
  }

  /** The client does not have the id: what has waited goes back. */
  void abandoned() {
    take().forEach(each -> switchboard.refuse(each.signal(), Cause.GONE));
  }

  private List<Waiting> take() {
    List<Waiting> taken = List.copyOf(waiting);
    waiting.clear();
    switchboard.reserve().giveBack(bytes);
    bytes = 0;
    return taken;
  }
}
