package dev.parley.switchboard;

import dev.parley.dialect.Interpreter;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Signal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The interpreters of a node, by dialect. A signal of a dialect that this node does not have, which
 * another node may send it, cannot be read; nor can one with a key for its conversation that is
 * longer than any client makes it, as sessions remember keys for as long as they last; nor can one
 * that its interpreter fails with.
 */
public record Interpreters(Map<String, Interpreter> all) {

  private static final Logger LOG = LoggerFactory.getLogger(Interpreters.class);
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();
  private static final int LONGEST_KEY = 256;

  public Interpreters {
    all = Map.copyOf(all);
  }

  Optional<ForeignSignal> read(Signal signal) {
    try {
      return all.getOrDefault(signal.dialect(), Interpreter.NONE)
          .read(signal)
          .filter(Interpreters::canBeKept);
    } catch (RuntimeException defect) {
      // What a sender has written is no reason to end the recipient.
      log(signal.dialect(), defect);
      return Optional.empty();
    }
  }

  /** The first time at length: a client may be able to repeat it as often as it likes. */
  private static void log(String dialect, RuntimeException defect) {
    if (REPORTED.add(dialect)) {
      LOG.error("signals cannot be interpreted, and are refused: dialect={}; please report this",
          dialect, defect);
    } else {
      LOG.debug("signal cannot be interpreted: dialect={}", dialect, defect);
    }
  }

  private static boolean canBeKept(ForeignSignal foreign) {
    String key = foreign.conversation();
    return key == null || key.length() <= LONGEST_KEY;
  }
}
