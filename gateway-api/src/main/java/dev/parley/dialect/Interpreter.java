package dev.parley.dialect;

import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Signal;
import java.util.Optional;

/**
 * Reads signals of its dialect for sessions of others. It knows the signal alone, no session; what
 * sessions have to remember is kept by the one that reads. Any thread.
 */
@FunctionalInterface
public interface Interpreter {

  /** For a dialect that nobody else understands. */
  Interpreter NONE = signal -> Optional.empty();

  /**
   * What {@code signal}, which is of this dialect, says; empty if that cannot be told, and then its
   * sender is told that it is untranslatable. Never throws.
   */
  Optional<ForeignSignal> read(Signal signal);
}
