package dev.parley.switchboard;

import dev.parley.dialect.Interpreter;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Signal;
import java.util.Map;
import java.util.Optional;

/**
 * The interpreters of a node, by dialect. A signal of a dialect that this node does not have, which
 * another node may send it, cannot be read; nor can one with a key for its conversation that is
 * longer than any client makes it, as sessions remember keys for as long as they last.
 */
public record Interpreters(Map<String, Interpreter> all) {

  private static final int LONGEST_KEY = 256;

  public Interpreters {
    all = Map.copyOf(all);
  }

  Optional<ForeignSignal> read(Signal signal) {
    return all.getOrDefault(signal.dialect(), Interpreter.NONE)
        .read(signal)
        .filter(Interpreters::canBeKept);
  }

  private static boolean canBeKept(ForeignSignal foreign) {
    String key = foreign.conversation();
    return key == null || key.length() <= LONGEST_KEY;
  }
}
