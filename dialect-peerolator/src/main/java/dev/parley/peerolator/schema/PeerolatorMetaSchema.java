package dev.parley.peerolator.schema;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The schema of schemas, draft 2020-12, which the library contains. One thread. */
final class PeerolatorMetaSchema {

  /** Options of parsing: external references are not resolved. */
  static final JsonSchemaOptions OPTIONS =
      new JsonSchemaOptions().setBaseUri("urn:parley").setDraft(Draft.DRAFT202012);

  private static final String HOME = "json-schema.org/draft/2020-12/";
  private static final List<String> PARTS =
      List.of("schema", "meta/core", "meta/applicator", "meta/validation", "meta/meta-data",
          "meta/format-annotation", "meta/content", "meta/unevaluated");

  private final Validator validator;

  PeerolatorMetaSchema() {
    SchemaRepository repository = SchemaRepository.create(OPTIONS);
    PARTS.forEach(
        part -> repository.dereference("https://" + HOME + part, JsonSchema.of(load(part))));
    this.validator = repository.validator("https://" + HOME + "schema");
  }

  private static JsonObject load(String part) {
    try (InputStream file =
        JsonSchema.class.getClassLoader().getResourceAsStream(HOME + part)) {
      if (file == null) {
        throw new IllegalStateException("the library of schemas is without " + HOME + part);
      }
      return new JsonObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Whether {@code schema} is valid. */
  boolean allows(JsonObject schema) {
    return validator.validate(schema).getValid();
  }
}
