package dev.parley.peerolator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.config.ConfigurationException;
import dev.parley.signal.Bytes;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.Validator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What messages have to look like, by their types: JSON schemas, draft 2020-12, each whole in
 * itself. A type without a schema is free. Any thread.
 */
public final class MessageSchemas {

  /** Every message is fine. */
  public static final MessageSchemas NONE = new MessageSchemas(Map.of());

  private static final String EXPECTED = "a JSON schema of draft 2020-12, whole in itself";

  private final Map<String, String> schemas;

  /** A validator writes into its schema while it works, so that each thread needs its own. */
  private final ThreadLocal<Map<String, Validator>> validators =
      ThreadLocal.withInitial(HashMap::new);

  private MessageSchemas(Map<String, String> schemas) {
    this.schemas = Map.copyOf(schemas);
  }

  /** The schemas that are configured, which {@link #require} has found to be some. */
  public static MessageSchemas of(Map<String, JsonNode> byType) {
    Map<String, String> texts = new HashMap<>();
    byType.forEach((type, schema) -> texts.put(type, schema.toString()));
    return texts.isEmpty() ? NONE : new MessageSchemas(texts);
  }

  /**
   * Checks what is configured.
   *
   * @param byType type to schema
   * @throws ConfigurationException if one of them is none; its key is the type
   */
  public static void require(Map<String, JsonNode> byType) {
    if (!byType.isEmpty()) {
      MetaSchema meta = new MetaSchema();
      byType.forEach((type, schema) -> require(type, schema, meta));
    }
  }

  private static void require(String type, JsonNode schema, MetaSchema meta) {
    if (!isOfOurDraft(schema) || !meta.allows(new JsonObject(schema.toString()))) {
      throw new ConfigurationException(type, shortened(schema.toString()), EXPECTED);
    }
    Optional<String> stray = strayReference(schema);
    if (stray.isPresent()) {
      throw new ConfigurationException(type, "$ref: " + shortened(stray.get()), EXPECTED);
    }
  }

  private static boolean isOfOurDraft(JsonNode schema) {
    String draft = MetaSchema.OPTIONS.getDraft().getIdentifier();
    return schema.isObject() && schema.path("$schema").asText(draft).equals(draft);
  }

  /** A reference that leads nowhere, or out of the schema. */
  private static Optional<String> strayReference(JsonNode schema) {
    return schema.findValues("$ref").stream()
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(reference -> !leadsSomewhere(schema, reference))
        .findFirst();
  }

  private static boolean leadsSomewhere(JsonNode schema, String reference) {
    return reference.equals("#")
        || (reference.startsWith("#/") && !schema.at(reference.substring(1)).isMissingNode());
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  /** Whether {@code message}, which is JSON, fits the schema of {@code type}, if there is one. */
  public boolean allow(String type, Bytes message) {
    @Nullable String schema = schemas.get(type);
    if (schema == null) {
      return true;
    }
    try {
      return validators.get().computeIfAbsent(type, any -> validator(schema))
          .validate(Json.decodeValue(message.text()))
          .getValid();
    } catch (DecodeException beyondWhatCanBeChecked) {
      // Numbers with very many digits, for example.
      return false;
    }
  }

  private static Validator validator(String schema) {
    return Validator.create(JsonSchema.of(new JsonObject(schema)), MetaSchema.OPTIONS);
  }
}
