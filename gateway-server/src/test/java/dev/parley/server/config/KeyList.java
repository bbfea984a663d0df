package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every key of a configuration and its default, as the documentation writes them. */
final class KeyList {
  private static final String NONE = "–";

  private final String element;
  private final @Nullable String entry;
  private final Map<String, String> defaults = new LinkedHashMap<>();

  /**
   * @param element placeholder of the index in a list
   * @param entry placeholder of a name in a map that is empty by default; null to leave out what
   *     such maps, and lists of alternatives, may have
   */
  static Map<String, String> of(
      ConfigurationLoader loader, String element, @Nullable String entry) {
    var list = new KeyList(element, entry);
    list.add(loader.schema(), loader.defaultTree(), KeyPath.ROOT);
    return list.defaults;
  }

  private KeyList(String element, @Nullable String entry) {
    this.element = element;
    this.entry = entry;
  }

  private void add(Schema at, JsonNode value, KeyPath here) {
    switch (at) {
      case Schema.Branch branch -> {
        if (branch.nullable()) {
          put(here, value);
        }
        branch
            .fields()
            .forEach((name, field) -> add(field, value.path(name), here.then(name)));
      }
      case Schema.Items(Schema.Branch branch, var nullable) ->
          add(branch, value.path(0), here.then(element));
      case Schema.Entries(Schema.Branch branch, var names, var start) when start != null -> {
        put(here, value);
        if (entry != null) {
          add(branch, start, here.then(entry));
        }
      }
      case Schema.Entries(Schema.Branch branch, var names, var start) when value.isEmpty() ->
          put(here, value);
      case Schema.Entries(Schema.Branch branch, var names, var start) ->
          value
              .properties()
              .forEach(each -> add(branch, each.getValue(), here.then(each.getKey())));
      case Schema.Items(Schema.Choice choice, var nullable) -> {
        put(here, value);
        if (entry != null && !nullable) {
          add(choice, value, here.then(element));
        }
      }
      case Schema.Choice choice -> choice.alternatives().forEach((name, alternative) -> {
        if (alternative.section().fields().isEmpty()) {
          put(here.then(name), alternative.defaults());
        }
        add(alternative.section(), alternative.defaults(), here.then(name));
      });
      case Schema.Items items -> put(here, value);
      case Schema.Entries entries -> put(here, value);
      case Schema.Leaf leaf -> put(here, value);
    }
  }

  private void put(KeyPath key, JsonNode value) {
    String shown =
        value.isMissingNode() ? NONE : value.isTextual() ? value.asText() : value.toString();
    defaults.put(key.toString(), shown);
  }
}
