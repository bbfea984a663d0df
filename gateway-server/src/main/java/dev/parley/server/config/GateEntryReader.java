package dev.parley.server.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.policy.PolicyProvider;
import java.io.IOException;
import java.util.Map;

/** Binds an entry of a gate to the options of the policy that it names. */
final class GateEntryReader extends JsonDeserializer<GateEntry> {
  private final Map<String, PolicyProvider<?>> policies;

  /**
   * @param policies by name; the schema lets no entry through that names another one
   */
  GateEntryReader(Map<String, PolicyProvider<?>> policies) {
    this.policies = policies;
  }

  @Override
  public GateEntry deserialize(JsonParser in, DeserializationContext context) throws IOException {
    JsonNode tree = in.readValueAsTree();
    Map.Entry<String, JsonNode> chosen = tree.properties().iterator().next();
    String name = chosen.getKey();
    PolicyProvider<?> provider = policies.get(name);
    if (provider == null) {
      throw JsonMappingException.from(in, "no policy is called " + name);
    }
    try {
      return new GateEntry(
          name, context.readTreeAsValue(chosen.getValue(), provider.optionsType()));
    } catch (JsonMappingException wrong) {
      wrong.prependPath(tree, name);
      throw wrong;
    }
  }
}
