package dev.parley.peerolator.schema;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.config.ConfigurationException;
import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON schemas of messages by type: draft 2020-12, without external references. A type without
 * a schema is not checked. Any thread.
 */
public final class PeerolatorMessageSchemas {

  /** Allows every message. */
  public static final PeerolatorMessageSchemas NONE = new PeerolatorMessageSchemas(Map.of());

  /** The depth of messages has been checked before. */
  private static final JsonSource JSON = new JsonSource(Integer.MAX_VALUE);

  /** The cost of parsing a number grows faster than its length. */
  private static final int MAX_DIGITS = 1000;

  private static final String EXPECTED = "a JSON schema of draft 2020-12, whole in itself";

  private final Map<String, String> schemas;

  /** A validator modifies its schema during validation, so each thread needs its own. */
  private final ThreadLocal<Map<String, Validator>> validators =
      ThreadLocal.withInitial(HashMap::new);

  private PeerolatorMessageSchemas(Map<String, String> schemas) {
    this.schemas = Map.copyOf(schemas);
  }

  /** The configured schemas, which {@link #require} has checked. */
  public static PeerolatorMessageSchemas of(Map<String, JsonNode> byType) {
    Map<String, String> texts = new HashMap<>();
    byType.forEach((type, schema) -> texts.put(type, schema.toString()));
    return texts.isEmpty() ? NONE : new PeerolatorMessageSchemas(texts);
  }

  /**
   * Checks the configured schemas.
   *
   * @param byType type to schema
   * @throws ConfigurationException if one is invalid; its key is the type
   */
  public static void require(Map<String, JsonNode> byType) {
    if (!byType.isEmpty()) {
      PeerolatorMetaSchema meta = new PeerolatorMetaSchema();
      byType.forEach((type, schema) -> require(type, schema, meta));
    }
  }

  private static void require(String type, JsonNode schema, PeerolatorMetaSchema meta) {
    if (!isOfOurDraft(schema) || !meta.allows(new JsonObject(schema.toString()))) {
      throw new ConfigurationException(type, shortened(schema.toString()), EXPECTED);
    }
    Optional<String> stray = strayReference(schema);
    if (stray.isPresent()) {
      throw new ConfigurationException(type, "$ref: " + shortened(stray.get()), EXPECTED);
    }
  }

  private static boolean isOfOurDraft(JsonNode schema) {
    String draft = PeerolatorMetaSchema.OPTIONS.getDraft().getIdentifier();
    return schema.isObject() && schema.path("$schema").asText(draft).equals(draft);
  }

  /** A reference without a target, or out of the schema. */
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
    try (JsonParser parser = JSON.open(message)) {
      parser.nextToken();
      return validators.get().computeIfAbsent(type, any -> validator(schema))
          .validate(value(parser))
          .getValid();
    } catch (IOException beyondWhatCanBeChecked) {
      return false;
    }
  }

  /** Parsed here: the library would intern the names of members, which clients choose. */
  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        JsonArray elements = new JsonArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield elements;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    JsonObject members = new JsonObject();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static Number number(JsonParser parser) throws IOException {
    if (parser.getTextLength() > MAX_DIGITS) {
      throw new JsonParseException(parser, "a number with too many digits");
    }
    return parser.getNumberValue();
  }

  private static Validator validator(String schema) {
    return Validator.create(JsonSchema.of(new JsonObject(schema)), PeerolatorMetaSchema.OPTIONS);
  }
}
