package dev.parley.dialect;

import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Signal;
import java.util.Optional;

/**
 * Translates signals of its dialect into canonical content for sessions of other ones. Stateless:
 * it sees the signal alone, and the receiving session keeps the state of conversations.
 * Thread-safe.
 */
@FunctionalInterface
public interface Interpreter {

  /** For a dialect that no other one understands. */
  Interpreter NONE = signal -> Optional.empty();

  /**
   * The content of {@code signal}, which is of this dialect; empty if it has none, and then it is
   * refused to its sender as untranslatable. Never throws.
   */
  Optional<ForeignSignal> read(Signal signal);
}
