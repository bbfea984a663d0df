package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the keys whose values differ between two trees. */
final class TreeDifferences {
  private final Set<String> found = new TreeSet<>();

  private TreeDifferences() {}

  /**
   * The deepest keys that differ, sorted; for a value that only one tree has, the key of that
   * value.
   */
  static List<String> between(JsonNode one, JsonNode other) {
    var differences = new TreeDifferences();
    differences.compare(one, other, KeyPath.ROOT);
    return List.copyOf(differences.found);
  }

  private void compare(JsonNode one, JsonNode other, KeyPath here) {
    if (one.equals(other)) {
      return;
    }
    if (one.isObject() && other.isObject()) {
      Set<String> names = new TreeSet<>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> compare(one.path(name), other.path(name), here.then(name)));
    } else if (isOfSections(one) && isOfSections(other)) {
      for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
        compare(one.path(i), other.path(i), here.then(Integer.toString(i)));
      }
    } else {
      found.add(here.toString());
    }
  }

  /** A list of sections, and not of single values. */
  private static boolean isOfSections(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.path(0).isObject();
  }
}
