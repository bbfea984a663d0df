package dev.parley.server;

import java.util.List;
import java.util.Map;

/** Environment variables of calling-signaling, which have no effect here. */
final class ForeignVariables {
  private static final Map<String, String> KEYS =
      Map.of(
          "CALLING_ROOM_TIMEOUT", "dialects.calling.room_timeout",
          "CALLING_DISABLE", "dialects.calling.disable");

  private ForeignVariables() {}

  /** A sentence for each that is set, sorted. */
  static List<String> in(Map<String, String> environment) {
    return KEYS.keySet().stream()
        .filter(environment::containsKey)
        .sorted()
        .map(
            name -> "the variable " + name + " is calling-signaling's and has no effect: set "
                + KEYS.get(name))
        .toList();
  }
}
