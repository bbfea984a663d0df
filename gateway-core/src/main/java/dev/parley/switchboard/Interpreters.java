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
 * The interpreters of a node, by dialect. A signal is unreadable if this node lacks its dialect,
 * which another node may have; if its conversation key is longer than any real one, since sessions
 * keep keys; or if its interpreter throws.
 */
public record Interpreters(Map<String, Interpreter> all) {

  private static final Logger LOG = LoggerFactory.getLogger(Interpreters.class);
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();
  private static final int MAX_KEY = 256;

  public Interpreters {
    all = Map.copyOf(all);
  }

  Optional<ForeignSignal> read(Signal signal) {
    try {
      return all.getOrDefault(signal.dialect(), Interpreter.NONE)
          .read(signal)
          .filter(Interpreters::canBeKept);
    } catch (RuntimeException defect) {
      // Input of a sender must not end the recipient's session.
      log(signal.dialect(), defect);
      return Optional.empty();
    }
  }

  /** Logged in full only once: a client may repeat the cause as often as it likes. */
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
    return key == null || key.length() <= MAX_KEY;
  }
}
