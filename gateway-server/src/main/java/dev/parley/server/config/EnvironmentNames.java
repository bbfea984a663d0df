package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.config.ConfigurationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the key that an environment variable means. {@code _} stands between the names of a key and
 * may also be part of a name or be added in it, and case does not matter: {@code
 * PARLEY_DIALECTS_PEERJS_EXPIRE_TIMEOUT}, {@code PARLEY_LIMITS_CONNECTIONSPERADDRESS} and {@code
 * PARLEY_LIMITS_CONNECTIONS_PER_ADDRESS} all name one key. A new key of a map is the rest of the
 * name in lower case.
 */
final class EnvironmentNames {
  /** What every variable of the configuration starts with. */
  static final String PREFIX = "PARLEY_";

  private static final String EXPECTED =
      "the name of a key, such as PARLEY_LISTENERS_0_PORT for listeners.0.port";

  private final Schema.Branch schema;

  EnvironmentNames(Schema.Branch schema) {
    this.schema = schema;
  }

  /**
   * The key of a variable.
   *
   * @param tree the configuration so far, for its lists' and maps' present entries
   * @throws ConfigurationException if it names no key, or more than one
   */
  KeyPath resolve(String variable, JsonNode tree) {
    List<String> words =
        Arrays.asList(variable.substring(PREFIX.length()).split("_", -1));
    Set<KeyPath> found = new LinkedHashSet<>();
    search(schema, tree, words, KeyPath.ROOT, found);
    if (found.size() == 1) {
      return found.iterator().next();
    }
    String expected =
        found.isEmpty()
            ? nearest(variable, tree)
            : "a name that means one of these only: " + found;
    throw ConfigurationException.unknownKey("", variable, expected);
  }

  private String nearest(String variable, JsonNode tree) {
    List<String> names = new ArrayList<>();
    collect(schema, tree, PREFIX, names);
    return Nearest.to(variable.toUpperCase(Locale.ROOT), names.stream())
        .map(name -> name + ", or another name of a key")
        .orElse(EXPECTED);
  }

  /** The variables of all keys that are there. */
  private static void collect(Schema at, JsonNode value, String start, List<String> names) {
    switch (at) {
      case Schema.Branch branch ->
          branch.fields()
              .forEach(
                  (name, field) -> collect(field, value.path(name), below(start, name), names));
      case Schema.Items items -> {
        names.add(start);
        for (int i = 0; i < value.size(); i++) {
          collect(items.element(), value.get(i), below(start, Integer.toString(i)), names);
        }
      }
      case Schema.Entries entries -> {
        names.add(start);
        value.properties().forEach(
            entry -> collect(
                entries.value(), entry.getValue(), below(start, entry.getKey()), names));
      }
      case Schema.Choice choice ->
          choice.alternatives()
              .forEach(
                  (name, chosen) -> collect(
                      chosen.section(), value.path(name), below(start, name), names));
      case Schema.Leaf leaf -> names.add(start);
    }
  }

  private static String below(String start, String name) {
    return start + (start.equals(PREFIX) ? "" : "_") + name.toUpperCase(Locale.ROOT);
  }

  private void search(
      Schema at, JsonNode value, List<String> words, KeyPath here, Set<KeyPath> found) {
    if (words.isEmpty()) {
      found.add(here);
      return;
    }
    switch (at) {
      case Schema.Branch branch ->
          branch
              .fields()
              .forEach((name, field) -> descend(name, field, value, words, here, found));
      case Schema.Items items -> {
        if (words.getFirst().matches("\\d{1,4}")) {
          String index = words.getFirst();
          JsonNode element = value.path(Integer.parseInt(index));
          search(items.element(), element, rest(words, 1), here.then(index), found);
        }
      }
      case Schema.Entries entries -> searchEntries(entries, value, words, here, found);
      case Schema.Choice choice ->
          choice.alternatives()
              .forEach(
                  (name, chosen) -> descend(name, chosen.section(), value, words, here, found));
      case Schema.Leaf leaf -> {}
    }
  }

  private void searchEntries(
      Schema.Entries entries, JsonNode value, List<String> words, KeyPath here,
      Set<KeyPath> found) {
    Set<String> known = new LinkedHashSet<>();
    value.fieldNames().forEachRemaining(known::add);
    if (entries.names() != null) {
      known.addAll(entries.names());
    }
    int before = found.size();
    known.forEach(name -> descend(name, entries.value(), value, words, here, found));
    boolean mayBeNew = entries.names() == null && found.size() == before;
    if (mayBeNew && entries.value() instanceof Schema.Leaf) {
      found.add(here.then(String.join("_", words).toLowerCase(Locale.ROOT)));
    } else if (mayBeNew) {
      String name = words.getFirst().toLowerCase(Locale.ROOT);
      search(entries.value(), value.path(name), rest(words, 1), here.then(name), found);
    }
  }

  /** Follows a name that consists of the next one or more words. */
  private void descend(
      String name,
      Schema schemaThere,
      JsonNode value,
      List<String> words,
      KeyPath here,
      Set<KeyPath> found) {
    var spelled = new StringBuilder();
    for (int used = 1; used <= words.size(); used++) {
      String word = words.get(used - 1);
      spelled.append(word);
      if (!word.isEmpty() && spelled.toString().equalsIgnoreCase(plain(name))) {
        search(schemaThere, value.path(name), rest(words, used), here.then(name), found);
      }
    }
  }

  /** A name without the characters that a variable's name cannot or need not contain. */
  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "");
  }

  private static List<String> rest(List<String> words, int used) {
    return words.subList(used, words.size());
  }
}
