package dev.parley.switchboard;

import dev.parley.dialect.Interpreter;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Signal;
import java.util.Map;
import java.util.Optional;

/**
 * The interpreters of a node, by dialect. A signal of a dialect that this node does not have, which
 * another node may send it, cannot be read.
 */
public record Interpreters(Map<String, Interpreter> all) {

  public Interpreters {
    all = Map.copyOf(all);
  }

  Optional<ForeignSignal> read(Signal signal) {
    return all.getOrDefault(signal.dialect(), Interpreter.NONE).read(signal);
  }
}
