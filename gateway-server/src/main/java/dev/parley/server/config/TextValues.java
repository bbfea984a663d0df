package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.parley.config.ConfigurationException;
import java.math.BigInteger;

/**
 * Parses the text of a variable or an argument by the schema of its key, so that {@code 9000} is a
 * number for a port and a text for a name. Lists are written {@code a,b}; anything may be written
 * as inline YAML, {@code [a, b]} or {@code {k: v}}, where a list, a map or a record is wanted.
 */
final class TextValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectMapper yaml;

  TextValues(ObjectMapper yaml) {
    this.yaml = yaml;
  }

  /**
   * Parses a text. An invalid text is returned unchanged, and the check against the schema refuses
   * it.
   *
   * @throws ConfigurationException if it is inline YAML and broken
   */
  JsonNode read(Schema at, String text, KeyPath key) {
    if (at.nullable() && text.equals("null")) {
      return NullNode.instance;
    }
    return switch (at) {
      case Schema.Branch branch -> text.startsWith("{") ? inline(at, text, key) : textNode(text);
      case Schema.Choice choice -> text.startsWith("{") ? inline(at, text, key) : textNode(text);
      case Schema.Entries entries -> text.startsWith("{") ? inline(at, text, key) : textNode(text);
      case Schema.Items items -> text.startsWith("[") ? inline(at, text, key) : list(items, text);
      case Schema.Leaf leaf -> leaf(leaf, text, key);
    };
  }

  private JsonNode leaf(Schema.Leaf leaf, String text, KeyPath key) {
    return switch (leaf.kind()) {
      case TEXT, FORM -> textNode(text);
      case WHOLE ->
          text.matches("-?\\d+") ? NODES.numberNode(new BigInteger(text)) : textNode(text);
      case NUMBER -> number(text);
      case SWITCH -> switch (text) {
        case "true" -> BooleanNode.TRUE;
        case "false" -> BooleanNode.FALSE;
        default -> textNode(text);
      };
      case ANY -> inline(leaf, text, key);
    };
  }

  private static JsonNode number(String text) {
    try {
      return NODES.numberNode(Double.parseDouble(text));
    } catch (NumberFormatException noNumber) {
      return textNode(text);
    }
  }

  private ArrayNode list(Schema.Items items, String text) {
    ArrayNode list = NODES.arrayNode();
    if (!text.isBlank()) {
      for (String part : text.split(",", -1)) {
        list.add(read(items.element(), part.strip(), KeyPath.ROOT));
      }
    }
    return list;
  }

  private JsonNode inline(Schema at, String text, KeyPath key) {
    try {
      return new YamlText(yaml).read(text);
    } catch (YamlText.Broken broken) {
      // Not the text itself: it may contain a secret anywhere.
      throw new ConfigurationException(
          key.toString(), start(text),
          at.expected() + " as inline YAML (" + broken.getMessage() + ")");
    }
  }

  private static String start(String text) {
    return text.isEmpty() ? "" : text.charAt(0) + "…";
  }

  private static TextNode textNode(String text) {
    return NODES.textNode(text);
  }
}
