package dev.parley.server.config;

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
   */
  record Entries(Schema value, @Nullable Set<String> names) implements Schema {
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
  record Items(Schema element) implements Schema {
    @Override
    public boolean nullable() {
      return false;
    }

    @Override
    public String expected() {
      return "a list";
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
