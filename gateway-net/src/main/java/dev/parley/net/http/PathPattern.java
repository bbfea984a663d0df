package dev.parley.net.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path pattern of a WebSocket: segments that match exactly, and placeholders in braces that
 * match any one segment.
 *
 * @param segments the parts between the slashes
 */
public record PathPattern(List<String> segments) {

  public static PathPattern parse(String path) {
    return new PathPattern(segmentsOf(path));
  }

  /** The values of the placeholders, if {@code path} (not decoded, without query) matches. */
  public Optional<Map<String, String>> match(String path) {
    List<String> given = segmentsOf(path);
    if (given.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < given.size(); i++) {
      String wanted = segments.get(i);
      String actual = given.get(i);
      if (wanted.startsWith("{") && !actual.isEmpty()) {
        values.put(wanted.substring(1, wanted.length() - 1), PercentEncoding.decode(actual));
      } else if (!wanted.equals(actual)) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** Whether some path matches both. */
  public boolean meets(PathPattern other) {
    return segments.size() == other.segments.size() && meetsAtStart(other);
  }

  /** Whether {@code path} overlaps with this pattern or with something below it. */
  public boolean isAtOrAbove(PathPattern path) {
    return segments.size() <= path.segments.size() && meetsAtStart(path);
  }

  /** Whether it is the root, which every other path is below. */
  public boolean isRoot() {
    return segments.stream().allMatch(String::isEmpty);
  }

  private boolean meetsAtStart(PathPattern other) {
    for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
      if (!meet(segments.get(i), other.segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean meet(String one, String other) {
    return one.equals(other)
        || (one.startsWith("{") && !other.isEmpty())
        || (other.startsWith("{") && !one.isEmpty());
  }

  @Override
  public String toString() {
    return String.join("/", segments);
  }

  private static List<String> segmentsOf(String path) {
    return List.of(path.split("/", -1));
  }
}
