package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.config.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The configuration while it is put together: the defaults, and layer upon layer what was set,
 * each checked against the {@link Schema} when it comes, so that an error names its source.
 *
 * <p>Records and maps merge key by key, and a null takes an entry out of a map. A list is replaced
 * as a whole; its elements start from the first element of the default list, except that a map in
 * them starts empty.
 */
final class ConfigurationTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Schema.Branch schema;
  private final ObjectNode defaults;
  private final TextValues texts;

  /** Key path to the source that set it last; a key below a set one has the same source. */
  private final Map<String, String> sources = new TreeMap<>();

  private JsonNode root;

  ConfigurationTree(Schema.Branch schema, ObjectNode defaults, TextValues texts) {
    this.schema = schema;
    this.defaults = defaults.deepCopy();
    this.texts = texts;
    this.root = defaults.deepCopy();
  }

  /** What is set so far. */
  JsonNode root() {
    return root;
  }

  /**
   * Lays a layer of the tree's own shape on top.
   *
   * @throws ConfigurationException naming the source if something in it does not fit
   */
  void lay(JsonNode layer, String source) {
    try {
      root = new Merge(source, false).merge(schema, root, layer, KeyPath.ROOT);
    } catch (ConfigurationException wrong) {
      throw wrong.from(source);
    }
  }

  /**
   * Sets one key from text. A map or a list that is set so is replaced as a whole.
   *
   * @throws ConfigurationException naming the source if there is no such key or the text does not
   *     fit
   */
  void set(KeyPath key, String text, String source) {
    try {
      root = assign(schema, root, KeyPath.ROOT, key, text, source);
    } catch (ConfigurationException wrong) {
      throw wrong.from(source);
    }
  }

  /** Where the value at a key was set; "defaults" if nobody did. */
  String sourceOf(String key) {
    for (String at = key; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
      String source = sources.get(at);
      if (source != null) {
        return source;
      }
    }
    return "defaults";
  }

  private JsonNode assign(
      Schema at, JsonNode current, KeyPath here, KeyPath rest, String text, String source) {
    if (rest.isEmpty()) {
      JsonNode value = texts.read(at, text, here);
      return new Merge(source, true).merge(at, current, value, here);
    }
    String name = rest.first();
    return switch (at) {
      case Schema.Branch branch -> {
        Schema field = branch.fields().get(name);
        if (field == null) {
          throw unknown(here.then(name), name, branch);
        }
        ObjectNode target = asObject(branch, current);
        JsonNode old = target.path(name);
        target.set(name, assign(field, old, here.then(name), rest.rest(), text, source));
        yield target;
      }
      case Schema.Items items -> {
        ArrayNode list = (ArrayNode) current;
        int index = index(name, list.size(), here);
        JsonNode old = index < list.size() ? list.get(index) : newElement(here);
        JsonNode updated = assign(items.element(), old, here.then(name), rest.rest(), text, source);
        if (index < list.size()) {
          list.set(index, updated);
        } else {
          list.add(updated);
        }
        yield list;
      }
      case Schema.Entries entries -> {
        // A free key may itself hold dots; only a map of records has keys below its entries.
        KeyPath below = entries.value() instanceof Schema.Leaf ? KeyPath.ROOT : rest.rest();
        String entry = below.equals(KeyPath.ROOT) ? rest.toString() : name;
        refuseUnknownEntry(entries, entry, here);
        ObjectNode target = (ObjectNode) current;
        KeyPath there = here.then(entry);
        if (below.isEmpty() && isNull(text)) {
          target.remove(entry);
        } else {
          JsonNode old = target.path(entry);
          target.set(entry, assign(entries.value(), old, there, below, text, source));
        }
        yield target;
      }
      case Schema.Leaf leaf -> throw ConfigurationException.unknownKey(
          here.then(name).toString(), name, leaf.expected() + " at " + here);
    };
  }

  private static boolean isNull(String text) {
    return text.equals("null");
  }

  private static int index(String name, int size, KeyPath list) {
    String expected = size == 0 ? "the index 0" : "an index from 0 to " + size;
    if (!name.matches("\\d{1,4}") || Integer.parseInt(name) > size) {
      throw ConfigurationException.unknownKey(list.then(name).toString(), name, expected);
    }
    return Integer.parseInt(name);
  }

  private static ConfigurationException unknown(KeyPath key, String name, Schema.Branch branch) {
    String expected = branch.fields().isEmpty() ? "no keys here" : "one of " + branch.names();
    return ConfigurationException.unknownKey(key.toString(), name, expected);
  }

  private static void refuseUnknownEntry(Schema.Entries entries, String name, KeyPath here) {
    Set<String> names = entries.names();
    if (names != null && !names.contains(name)) {
      throw ConfigurationException.unknownKey(
          here.then(name).toString(), name, "one of " + String.join(", ", names));
    }
  }

  private static ObjectNode asObject(Schema.Branch branch, JsonNode current) {
    if (current instanceof ObjectNode object) {
      return object;
    }
    ObjectNode object = NODES.objectNode();
    if (branch.shorthand() != null && current.isTextual()) {
      object.set(branch.shorthand(), current);
    }
    return object;
  }

  /** What a new element of a list starts from: the first one of the default list, if any. */
  private JsonNode newElement(KeyPath list) {
    JsonNode at = defaults;
    for (String name : list.names()) {
      at = at.path(name);
    }
    return at.path(0).deepCopy();
  }

  /** Lays one value over another, remembering the source of what it sets. */
  private final class Merge {
    private final String source;

    /** Whether maps start empty, because what they belong to is new. */
    private final boolean fresh;

    Merge(String source, boolean fresh) {
      this.source = source;
      this.fresh = fresh;
    }

    JsonNode merge(Schema at, JsonNode current, JsonNode layer, KeyPath here) {
      if (layer.isNull() && at.nullable()) {
        return remember(here, NullNode.instance);
      }
      return switch (at) {
        case Schema.Branch branch -> mergeBranch(branch, current, layer, here);
        case Schema.Items items -> replaceItems(items, layer, here);
        case Schema.Entries entries -> mergeEntries(entries, current, layer, here);
        case Schema.Leaf leaf -> {
          if (!LeafKinds.fits(leaf.kind(), layer)) {
            throw misfit(leaf, layer, here);
          }
          yield remember(here, layer);
        }
      };
    }

    private JsonNode mergeBranch(
        Schema.Branch branch, JsonNode current, JsonNode layer, KeyPath here) {
      if (layer.isTextual() && branch.shorthand() != null) {
        ObjectNode written = NODES.objectNode().set(branch.shorthand(), layer);
        return mergeBranch(branch, current, written, here);
      }
      if (!(layer instanceof ObjectNode)) {
        throw misfit(branch, layer, here);
      }
      ObjectNode target = asObject(branch, current);
      layer
          .properties()
          .forEach(
              entry -> {
                Schema field = branch.fields().get(entry.getKey());
                KeyPath there = here.then(entry.getKey());
                if (field == null) {
                  throw unknown(there, entry.getKey(), branch);
                }
                JsonNode old = target.path(entry.getKey());
                target.set(entry.getKey(), merge(field, old, entry.getValue(), there));
              });
      return target;
    }

    private JsonNode replaceItems(Schema.Items items, JsonNode layer, KeyPath here) {
      if (!(layer instanceof ArrayNode elements)) {
        throw misfit(items, layer, here);
      }
      ArrayNode list = NODES.arrayNode();
      var inNewElement = new Merge(source, true);
      for (JsonNode element : elements) {
        KeyPath there = here.then(Integer.toString(list.size()));
        JsonNode start = newElement(here);
        list.add(inNewElement.merge(items.element(), start, element, there));
      }
      return remember(here, list);
    }

    private JsonNode mergeEntries(
        Schema.Entries entries, JsonNode current, JsonNode layer, KeyPath here) {
      if (!(layer instanceof ObjectNode)) {
        throw misfit(entries, layer, here);
      }
      ObjectNode target =
          !fresh && current instanceof ObjectNode object ? object : NODES.objectNode();
      layer
          .properties()
          .forEach(
              entry -> {
                String name = entry.getKey();
                refuseUnknownEntry(entries, name, here);
                if (entry.getValue().isNull() && !entries.value().nullable()) {
                  target.remove(name);
                } else {
                  // Also in a map that starts empty: an entry that says half gets the usual rest.
                  JsonNode old = current.path(name);
                  target.set(name, merge(entries.value(), old, entry.getValue(), here.then(name)));
                }
              });
      return remember(here, target);
    }

    private JsonNode remember(KeyPath key, JsonNode value) {
      sources.put(key.toString(), source);
      return value;
    }

    private ConfigurationException misfit(Schema at, JsonNode value, KeyPath here) {
      return new ConfigurationException(here.toString(), ShownValue.of(at, value), at.expected());
    }
  }

  /**
   * Whether everything that must be there is.
   *
   * @throws ConfigurationException naming the source of the surroundings of what is missing
   */
  void requireComplete() {
    requireComplete(schema, root, KeyPath.ROOT);
  }

  private void requireComplete(Schema at, JsonNode value, KeyPath here) {
    if (value.isNull() || value.isMissingNode()) {
      if (!at.nullable()) {
        throw new ConfigurationException(here.toString(), "null", at.expected())
            .from(sourceOf(here.toString()));
      }
      return;
    }
    switch (at) {
      case Schema.Branch branch ->
          branch
              .fields()
              .forEach((name, field) -> requireComplete(field, value.path(name), here.then(name)));
      case Schema.Items items -> {
        for (int i = 0; i < value.size(); i++) {
          requireComplete(items.element(), value.get(i), here.then(Integer.toString(i)));
        }
      }
      case Schema.Entries entries ->
          value
              .properties()
              .forEach(
                  entry -> requireComplete(
                      entries.value(), entry.getValue(), here.then(entry.getKey())));
      case Schema.Leaf leaf -> {}
    }
  }

  /** The schema at a key, for messages about a value there. */
  Schema schemaAt(List<String> names) {
    Schema at = schema;
    for (String name : names) {
      at =
          switch (at) {
            case Schema.Branch branch -> branch.fields().getOrDefault(name, branch);
            case Schema.Items items -> items.element();
            case Schema.Entries entries -> entries.value();
            case Schema.Leaf leaf -> leaf;
          };
    }
    return at;
  }
}
