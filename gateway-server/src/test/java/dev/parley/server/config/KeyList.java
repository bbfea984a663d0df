package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every key of a configuration and its default, as the documentation writes them. */
final class KeyList {
  private static final String NONE = "–";

  private final String element;
  private final Map<String, String> defaults = new LinkedHashMap<>();

  /**
   * @param element placeholder of the index in a list
   */
  static Map<String, String> of(ConfigurationLoader loader, String element) {
    var list = new KeyList(element);
    list.add(loader.schema(), loader.defaultTree(), KeyPath.ROOT);
    return list.defaults;
  }

  private KeyList(String element) {
    this.element = element;
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
      case Schema.Items(Schema.Branch branch) -> add(branch, value.path(0), here.then(element));
      case Schema.Entries(Schema.Branch branch, var names) ->
          value
              .properties()
              .forEach(entry -> add(branch, entry.getValue(), here.then(entry.getKey())));
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
