package dev.parley.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The messages that each client of a scene received, in order; the order between clients is not
 * recorded.
 *
 * @param seen by the client's name
 */
public record Transcript(Map<String, List<String>> seen) {

  public Transcript {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    seen.forEach((name, lines) -> copy.put(name, List.copyOf(lines)));
    seen = java.util.Collections.unmodifiableMap(copy);
  }

  /** The same with every line changed. */
  public Transcript map(UnaryOperator<String> change) {
    Map<String, List<String>> changed = new LinkedHashMap<>();
    seen.forEach((name, lines) -> changed.put(name, lines.stream().map(change).toList()));
    return new Transcript(changed);
  }

  /** Whether both are equal; JSON is compared by value. */
  public boolean sameAs(Transcript other) {
    return seen.keySet().equals(other.seen.keySet())
        && seen.entrySet().stream()
            .allMatch(
                one -> same(one.getValue(), other.seen.getOrDefault(one.getKey(), List.of())));
  }

  private static boolean same(List<String> one, List<String> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!JsonValues.same(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Both, line by line; a line that differs is marked. */
  public String sideBySide(Transcript other) {
    StringBuilder text = new StringBuilder();
    List<String> names = new ArrayList<>(seen.keySet());
    other.seen.keySet().stream().filter(name -> !seen.containsKey(name)).forEach(names::add);
    for (String name : names) {
      text.append(name).append('\n');
      List<String> left = seen.getOrDefault(name, List.of());
      List<String> right = other.seen.getOrDefault(name, List.of());
      for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
        String one = i < left.size() ? left.get(i) : "(nothing)";
        String two = i < right.size() ? right.get(i) : "(nothing)";
        text.append(JsonValues.same(one, two) ? "    " : "  ! ")
            .append(String.format("%-70s | %s%n", one, two));
      }
    }
    return text.toString();
  }
}
