package dev.parley.cluster.script;

import java.util.Map;
import java.util.TreeMap;

/**
 * Observations of a call besides its results; see report() in common.lua.
 *
 * @param outOfMemory whether Redis is at its maxmemory: operations that need more were refused
 * @param setAside how many unreadable keys were set aside, by the kind of key
 */
public record CallReport(boolean outOfMemory, Map<String, Integer> setAside) {

  /** An empty report. */
  public static final CallReport NOTHING = new CallReport(false, Map.of());

  /**
   * Parses a report.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static CallReport parse(String text) {
    if (text.isEmpty()) {
      return NOTHING;
    }
    boolean outOfMemory = false;
    Map<String, Integer> setAside = new TreeMap<>();
    for (String word : text.strip().split(" ")) {
      int equals = word.indexOf('=');
      if (word.equals("oom")) {
        outOfMemory = true;
      } else if (equals > 0) {
        setAside.put(
            word.substring(0, equals), Integer.parseInt(word, equals + 1, word.length(), 10));
      } else {
        throw new IllegalArgumentException(text);
      }
    }
    return new CallReport(outOfMemory, setAside);
  }
}
