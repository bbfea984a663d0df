package dev.parley.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Placeholders for ids in the steps of a scene. {@code <anna>} is an id that no other scene has, so
 * that scenes can share a server. A string that is exactly {@code <?handle>} matches any value and
 * gives it that name; {@code <handle>} is that value from then on.
 */
final class Names {

  private static final Pattern NAME = Pattern.compile("<([A-Za-z][A-Za-z0-9_]*)>");
  private static final Pattern NEW_NAME = Pattern.compile("<\\?([A-Za-z][A-Za-z0-9_]*)>");

  private final String prefix;
  private final Map<String, String> learnt = new ConcurrentHashMap<>();

  Names(String prefix) {
    this.prefix = prefix;
  }

  /** The text with every name replaced by its value. */
  String resolve(String text) {
    return NAME.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
  }

  String value(String name) {
    return learnt.getOrDefault(name, prefix + "-" + name);
  }

  /**
   * Whether {@code expected} is a new name, or one for exactly this value; a new name is bound to
   * it.
   */
  boolean learn(String expected, JsonNode actual) {
    Matcher name = NEW_NAME.matcher(expected);
    if (!name.matches() || actual.isContainerNode()) {
      return false;
    }
    return actual.asText().equals(learnt.computeIfAbsent(name.group(1), any -> actual.asText()));
  }

  /** Binds a name to a value; a name that is bound already must have exactly this value. */
  void give(String name, String value) {
    String known = learnt.putIfAbsent(name, value);
    if (known != null && !known.equals(value)) {
      throw new IllegalStateException(name + " is " + known + ", not " + value);
    }
  }

  /** The text with every bound value replaced by its name, so that two runs can be compared. */
  String conceal(String text) {
    String concealed = text;
    for (Map.Entry<String, String> value : learnt.entrySet()) {
      concealed = concealed.replace(value.getValue(), "<" + value.getKey() + ">");
    }
    return concealed;
  }
}
