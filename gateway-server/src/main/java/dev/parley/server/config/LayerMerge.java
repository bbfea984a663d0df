package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Merges one value over another. Records and maps merge key by key, and a null takes an entry out
 * of a map. A list is replaced as a whole; its elements start from the first element of the default
 * list, except that a map in them starts empty.
 */
final class LayerMerge {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode defaults;
  private final Consumer<KeyPath> changed;

  /** Whether maps start empty, because their parent is new. */
  private final boolean fresh;

  /**
   * @param defaults what the elements of a list start from
   * @param changed receives every key that is set
   * @param fresh whether maps are replaced instead of merged
   */
  LayerMerge(ObjectNode defaults, Consumer<KeyPath> changed, boolean fresh) {
    this.defaults = defaults;
    this.changed = changed;
    this.fresh = fresh;
  }

  /**
   * The value that stands at {@code here} afterwards; {@code current} may become part of it.
   *
   * @throws ConfigurationException if the layer does not fit
   */
  JsonNode merge(Schema at, JsonNode current, JsonNode layer, KeyPath here) {
    if (layer.isNull() && at.nullable()) {
      return set(here, NullNode.instance);
    }
    return switch (at) {
      case Schema.Branch branch -> mergeBranch(branch, current, layer, here);
      case Schema.Items items -> replaceItems(items, layer, here);
      case Schema.Entries entries -> mergeEntries(entries, current, layer, here);
      case Schema.Choice choice -> choose(choice, current, layer, here);
      case Schema.Leaf leaf -> {
        if (!LeafKinds.fits(leaf.kind(), layer)) {
          throw misfit(leaf, layer, here);
        }
        yield set(here, layer);
      }
    };
  }

  private JsonNode mergeBranch(Schema.Branch branch, JsonNode current, JsonNode layer,
      KeyPath here) {
    if (layer.isTextual() && branch.shorthand() != null) {
      ObjectNode written = NODES.objectNode().set(branch.shorthand(), layer);
      return mergeBranch(branch, current, written, here);
    }
    if (!(layer instanceof ObjectNode)) {
      throw misfit(branch, layer, here);
    }
    ObjectNode target = asObject(current);
    layer.properties().forEach(entry -> {
      String name = entry.getKey();
      Schema field = branch.field(name, here);
      target.set(name, merge(field, target.path(name), entry.getValue(), here.then(name)));
    });
    return set(here, target);
  }

  private JsonNode replaceItems(Schema.Items items, JsonNode layer, KeyPath here) {
    if (!(layer instanceof ArrayNode)) {
      throw misfit(items, layer, here);
    }
    ArrayNode list = NODES.arrayNode();
    var inNewElement = new LayerMerge(defaults, changed, true);
    for (JsonNode element : layer) {
      KeyPath there = here.then(Integer.toString(list.size()));
      if (element.isNull() && isText(items.element())) {
        throw new ConfigurationException(
            there.toString(), "null", "text; the word null has to be in quotes");
      }
      list.add(inNewElement.merge(items.element(), newElement(here), element, there));
    }
    return set(here, list);
  }

  private static boolean isText(Schema schema) {
    return schema instanceof Schema.Leaf leaf && leaf.kind() == Schema.Kind.TEXT
        && !leaf.nullable();
  }

  private JsonNode mergeEntries(Schema.Entries entries, JsonNode current, JsonNode layer,
      KeyPath here) {
    if (!(layer instanceof ObjectNode)) {
      throw misfit(entries, layer, here);
    }
    ObjectNode target = fresh ? NODES.objectNode() : asObject(current);
    layer.properties().forEach(entry -> {
      String name = entry.getKey();
      entries.requireKnown(name, here);
      if (entry.getValue().isNull() && !entries.value().nullable()) {
        target.remove(name);
      } else {
        // From the current one also in a map that starts empty: a partial entry gets the default
        // rest.
        target.set(name,
            merge(entries.value(), entries.valueAt(current, name), entry.getValue(),
                here.then(name)));
      }
    });
    return set(here, target);
  }

  private JsonNode choose(Schema.Choice choice, JsonNode current, JsonNode layer, KeyPath here) {
    if (layer.isTextual()) {
      ObjectNode written = NODES.objectNode().set(layer.textValue(), NODES.objectNode());
      return choose(choice, current, written, here);
    }
    if (!(layer instanceof ObjectNode)) {
      throw misfit(choice, layer, here);
    }
    List<String> names = new ArrayList<>();
    layer.fieldNames().forEachRemaining(names::add);
    names.forEach(name -> choice.named(name, here));
    if (names.size() != 1) {
      throw new ConfigurationException(
          here.toString(), names.isEmpty() ? "{}" : String.join(", ", names),
          choice.expected() + "; each is an entry of its own");
    }
    String name = names.getFirst();
    Schema.Choice.Alternative chosen = choice.named(name, here);
    JsonNode written = layer.path(name).isNull() ? NODES.objectNode() : layer.path(name);
    JsonNode value =
        merge(chosen.section(), choice.valueAt(current, name, chosen), written, here.then(name));
    return set(here, NODES.objectNode().set(name, value));
  }

  /** What a new element of a list starts from: the first one of the default list, if any. */
  JsonNode newElement(KeyPath list) {
    JsonNode at = defaults;
    for (String name : list.names()) {
      at = at.path(name);
    }
    return at.path(0).deepCopy();
  }

  /** The present mapping, or a new one. */
  static ObjectNode asObject(JsonNode current) {
    return current instanceof ObjectNode object ? object : NODES.objectNode();
  }

  private JsonNode set(KeyPath key, JsonNode value) {
    changed.accept(key);
    return value;
  }

  private static ConfigurationException misfit(Schema at, JsonNode value, KeyPath here) {
    return new ConfigurationException(here.toString(), ShownValue.of(at, value), at.expected());
  }
}
