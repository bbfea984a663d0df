package dev.parley.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates Jackson's exception for an invalid value into our one line. */
final class BindingErrors {
  private BindingErrors() {}

  /**
   * @param at the path of the bound value in the tree
   */
  static ConfigurationException explain(
      JsonProcessingException wrong, ConfigurationTree tree, List<String> at) {
    List<String> names = new ArrayList<>(at);
    if (wrong instanceof JsonMappingException mapping) {
      mapping.getPath().forEach(step -> names.add(name(step)));
    }
    var path = new KeyPath(names);
    ConfigurationException said = cause(wrong);
    if (said == null) {
      Schema schema = tree.schemaAt(names);
      String shown = ShownValue.of(schema, valueAt(tree.root(), names));
      said = new ConfigurationException("", shown, schema.expected());
    }
    ConfigurationException placed = said.within(path.toString());
    return placed.from(tree.sourceOf(placed.key()));
  }

  private static String name(JsonMappingException.Reference step) {
    return step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName();
  }

  private static JsonNode valueAt(JsonNode root, List<String> names) {
    JsonNode at = root;
    for (String name : names) {
      at = at.isArray() ? at.path(Integer.parseInt(name)) : at.path(name);
    }
    return at;
  }

  private static @Nullable ConfigurationException cause(Throwable wrong) {
    for (Throwable at = wrong; at != null; at = at.getCause()) {
      if (at instanceof ConfigurationException said) {
        return said;
      }
    }
    return null;
  }
}
