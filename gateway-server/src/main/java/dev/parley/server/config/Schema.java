package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.config.ConfigurationException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The schema of one place of the configuration, derived from the options records. */
public sealed interface Schema {
  /** Whether null is allowed here. */
  boolean nullable();

  /**
   * Completes the sentence "expected …" with a description of valid values.
   *
   * @return a phrase without a full stop
   */
  String expected();

  /**
   * An options record: fixed keys.
   *
   * @param fields schema of each key, in the order of the record
   * @param shorthand the field that a bare text stands for, or null if a text is wrong here
   */
  record Branch(Map<String, Schema> fields, @Nullable String shorthand, boolean nullable)
      implements Schema {
    @Override
    public String expected() {
      String keys = "a mapping with the keys " + names();
      return orNull(shorthand == null ? keys : "its " + shorthand + " or " + keys, nullable);
    }

    String names() {
      return String.join(", ", fields.keySet());
    }

    /**
     * The schema of a field.
     *
     * @param here where this branch is
     * @throws ConfigurationException if there is no such field
     */
    Schema field(String name, KeyPath here) {
      Schema field = fields.get(name);
      if (field == null) {
        String expected = fields.isEmpty() ? "no keys here" : "one of " + names();
        throw ConfigurationException.unknownKey(here.then(name).toString(), name, expected);
      }
      return field;
    }
  }

  /**
   * A map with free keys, or with keys of a set.
   *
   * @param names the allowed keys, or null for any
   * @param start what the value of a new entry starts from; null for nothing
   */
  record Entries(Schema value, @Nullable Set<String> names, @Nullable JsonNode start)
      implements Schema {
    /** The same without anything that new entries start from. */
    Entries(Schema value, @Nullable Set<String> names) {
      this(value, names, null);
    }

    /** What stands at a name: a value, the start of a new one, or a missing node. */
    JsonNode valueAt(JsonNode current, String name) {
      JsonNode there = current.path(name);
      return there.isMissingNode() && start != null ? start.deepCopy() : there;
    }

    @Override
    public boolean nullable() {
      return false;
    }

    @Override
    public String expected() {
      return "a mapping";
    }

    /**
     * Checks the name of an entry.
     *
     * @param here where this map is
     * @throws ConfigurationException if the name is not allowed
     */
    void requireKnown(String name, KeyPath here) {
      if (names != null && !names.contains(name)) {
        throw ConfigurationException.unknownKey(
            here.then(name).toString(), name, "one of " + String.join(", ", names));
      }
    }
  }

  /** A list. */
  record Items(Schema element, boolean nullable) implements Schema {
    @Override
    public String expected() {
      return orNull("a list", nullable);
    }
  }

  /**
   * One of several sections: a mapping with one key, which says which. A bare text is a key with
   * nothing else.
   *
   * @param alternatives by their keys
   */
  record Choice(Map<String, Alternative> alternatives) implements Schema {

    /**
     * One of them.
     *
     * @param section its schema
     * @param defaults what its value starts from
     */
    record Alternative(Branch section, ObjectNode defaults) {}

    @Override
    public boolean nullable() {
      return false;
    }

    @Override
    public String expected() {
      return "a mapping with one key, one of " + names();
    }

    private String names() {
      return String.join(", ", alternatives.keySet());
    }

    /**
     * The alternative that a key means.
     *
     * @param here where the choice is
     * @throws ConfigurationException if there is no such alternative
     */
    Alternative named(String name, KeyPath here) {
      Alternative alternative = alternatives.get(name);
      if (alternative == null) {
        String near =
            Nearest.to(name, alternatives.keySet().stream())
                .map(meant -> ", perhaps " + meant)
                .orElse("");
        throw ConfigurationException.unknownKey(
            here.then(name).toString(), name, "one of " + names() + near);
      }
      return alternative;
    }

    /** The value of an alternative: the present one, or its defaults. */
    JsonNode valueAt(JsonNode current, String name, Alternative alternative) {
      JsonNode there = current.path(name);
      return there.isMissingNode() ? alternative.defaults.deepCopy() : there;
    }
  }

  /**
   * A single value.
   *
   * @param kind what the value is written as
   * @param expected how the value's type is described to people
   * @param secret whether the value must not be shown
   */
  record Leaf(Kind kind, String expected, boolean nullable, boolean secret) implements Schema {
    @Override
    public String expected() {
      return orNull(expected, nullable);
    }
  }

  /** How a single value is written. */
  enum Kind {
    /** A text and nothing else. */
    TEXT,
    /** A whole number. */
    WHOLE,
    /** Any number. */
    NUMBER,
    /** true or false. */
    SWITCH,
    /** A text or number that its own type parses: sizes, rates, durations, choices. */
    FORM,
    /** Anything, trees included. */
    ANY
  }

  private static String orNull(String phrase, boolean nullable) {
    return nullable ? phrase + ", or null" : phrase;
  }
}
