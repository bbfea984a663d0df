package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.config.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configuration during loading: the defaults, and the layers merged so far. Each layer is
 * checked against the {@link Schema} when it is merged, so that an error names its source.
 */
final class ConfigurationTree {
  private static final String DEFAULTS = "defaults";

  private final Schema.Branch schema;
  private final ObjectNode defaults;
  private final TextValues texts;

  /** Key path to the last source that has set it; a key below it has the same source. */
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
   * Merges a layer of the tree's own shape on top, see {@link LayerMerge}.
   *
   * @throws ConfigurationException naming the source if it violates the schema
   */
  void lay(JsonNode layer, String source) {
    try {
      root = merge(source, false).merge(schema, root, layer, KeyPath.ROOT);
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
      root = new Assignment(text, merge(source, true)).assign(schema, root, KeyPath.ROOT, key);
    } catch (ConfigurationException wrong) {
      throw wrong.from(source);
    }
  }

  private LayerMerge merge(String source, boolean fresh) {
    return new LayerMerge(defaults, key -> sources.put(key.toString(), source), fresh);
  }

  /** All sources that have set a key, sorted. */
  List<String> sources() {
    return sources.values().stream().distinct().sorted().toList();
  }

  /**
   * The source of the value at a key, or of something in it; "defaults" if no source has set any of
   * it.
   */
  String sourceOf(String key) {
    for (String at = key; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
      String source = sources.get(at);
      if (source != null) {
        return source;
      }
    }
    return sourceIn(key).orElse(DEFAULTS);
  }

  private Optional<String> sourceIn(String section) {
    return sources.entrySet().stream()
        .filter(set -> set.getKey().startsWith(section + "."))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The source of a key, or else of something in the section that lacks it. */
  String sourceAround(String missing) {
    String source = sourceOf(missing);
    int dot = missing.lastIndexOf('.');
    return source.equals(DEFAULTS) && dot > 0
        ? sourceIn(missing.substring(0, dot)).orElse(DEFAULTS)
        : source;
  }

  /**
   * Checks that all mandatory keys are present. A list or a map that a new section does not mention
   * is empty.
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
            .from(sourceAround(here.toString()));
      }
      return;
    }
    switch (at) {
      case Schema.Branch branch -> {
        fillIn(branch, (ObjectNode) value);
        branch.fields()
            .forEach((name, field) -> requireComplete(field, value.path(name), here.then(name)));
      }
      case Schema.Items items -> {
        for (int i = 0; i < value.size(); i++) {
          requireComplete(items.element(), value.get(i), here.then(Integer.toString(i)));
        }
      }
      case Schema.Entries entries -> value.properties()
          .forEach(entry -> requireComplete(entries.value(), entry.getValue(),
              here.then(entry.getKey())));
      case Schema.Choice choice -> value.properties()
          .forEach(entry -> requireComplete(choice.named(entry.getKey(), here).section(),
              entry.getValue(), here.then(entry.getKey())));
      case Schema.Leaf leaf -> {
      }
    }
  }

  private static void fillIn(Schema.Branch branch, ObjectNode section) {
    branch.fields().forEach((name, field) -> {
      if (section.path(name).isMissingNode() && !field.nullable()) {
        if (field instanceof Schema.Items) {
          section.putArray(name);
        } else if (field instanceof Schema.Entries) {
          section.putObject(name);
        }
      }
    });
  }

  /** The schema at a key, for messages about a value there. */
  Schema schemaAt(List<String> names) {
    Schema at = schema;
    for (String name : names) {
      at = switch (at) {
        case Schema.Branch branch -> branch.fields().getOrDefault(name, branch);
        case Schema.Items items -> items.element();
        case Schema.Entries entries -> entries.value();
        case Schema.Choice choice -> {
          Schema.Choice.Alternative chosen = choice.alternatives().get(name);
          yield chosen == null ? choice : chosen.section();
        }
        case Schema.Leaf leaf -> leaf;
      };
    }
    return at;
  }

  /** Walks down to one key and sets it. */
  private final class Assignment {
    private final String text;
    private final LayerMerge merge;

    Assignment(String text, LayerMerge merge) {
      this.text = text;
      this.merge = merge;
    }

    /** The value that stands at {@code here} afterwards. */
    JsonNode assign(Schema at, JsonNode current, KeyPath here, KeyPath rest) {
      if (rest.isEmpty()) {
        return merge.merge(at, current, texts.read(at, text, here), here);
      }
      return switch (at) {
        case Schema.Branch branch -> inBranch(branch, current, here, rest);
        case Schema.Items items -> inItems(items, current, here, rest);
        case Schema.Entries entries -> inEntries(entries, (ObjectNode) current, here, rest);
        case Schema.Choice choice -> inChoice(choice, current, here, rest);
        case Schema.Leaf leaf -> throw ConfigurationException.unknownKey(
            here.then(rest.first()).toString(), rest.first(), leaf.expected() + " at " + here);
      };
    }

    private JsonNode inBranch(Schema.Branch branch, JsonNode current, KeyPath here, KeyPath rest) {
      String name = rest.first();
      Schema field = branch.field(name, here);
      ObjectNode target = LayerMerge.asObject(current);
      target.set(name, assign(field, target.path(name), here.then(name), rest.rest()));
      return target;
    }

    private JsonNode inItems(Schema.Items items, JsonNode current, KeyPath here, KeyPath rest) {
      ArrayNode list =
          current instanceof ArrayNode there ? there : JsonNodeFactory.instance.arrayNode();
      String name = rest.first();
      int index = index(name, list.size(), here);
      if (index == list.size()) {
        list.add(merge.newElement(here));
      }
      list.set(index, assign(items.element(), list.get(index), here.then(name), rest.rest()));
      return list;
    }

    private JsonNode inEntries(Schema.Entries entries, ObjectNode target, KeyPath here,
        KeyPath rest) {
      // A free key may itself hold dots; only a map of records has keys below its entries.
      boolean single = entries.value() instanceof Schema.Leaf;
      String name = single ? rest.toString() : rest.first();
      KeyPath below = single ? KeyPath.ROOT : rest.rest();
      entries.requireKnown(name, here);
      if (below.isEmpty() && text.equals("null")) {
        target.remove(name);
      } else {
        target.set(name,
            assign(entries.value(), entries.valueAt(target, name), here.then(name), below));
      }
      return target;
    }

    private JsonNode inChoice(Schema.Choice choice, JsonNode current, KeyPath here,
        KeyPath rest) {
      String name = rest.first();
      Schema.Choice.Alternative chosen = choice.named(name, here);
      current.fieldNames().forEachRemaining(other -> {
        if (!other.equals(name)) {
          throw ConfigurationException.unknownKey(
              here.then(name).toString(), name,
              other + ", which this entry has; another one is an entry of its own");
        }
      });
      JsonNode value =
          assign(chosen.section(), choice.valueAt(current, name, chosen), here.then(name),
              rest.rest());
      return JsonNodeFactory.instance.objectNode().set(name, value);
    }

    private static int index(String name, int size, KeyPath list) {
      if (!name.matches("\\d{1,4}") || Integer.parseInt(name) > size) {
        String expected = size == 0 ? "the index 0" : "an index from 0 to " + size;
        throw ConfigurationException.unknownKey(list.then(name).toString(), name, expected);
      }
      return Integer.parseInt(name);
    }
  }
}
