package dev.parley.server.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.parley.config.DurationText;
import dev.parley.config.Secret;
import dev.parley.config.ServiceUrl;
import java.io.IOException;

/** The mappers that read and write options. All are strict. */
final class ConfigurationMappers {
  private ConfigurationMappers() {}

  /**
   * Between options and trees. Secrets are in clear: such a tree is bound again, never shown.
   *
   * @param gates reads the entries of gates
   */
  static ObjectMapper tree(GateEntryReader gates) {
    return strict(JsonMapper.builder())
        .addModule(secretsInClear())
        .addModule(new SimpleModule("gates").addDeserializer(GateEntry.class, gates))
        .build();
  }

  /** For files and inline YAML. */
  static ObjectMapper yaml() {
    return strict(YAMLMapper.builder()).build();
  }

  /** For people: block style, secrets masked. */
  static String print(ParleyOptions options) {
    var printer =
        strict(YAMLMapper.builder())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();
    try {
      return printer.writeValueAsString(options);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("options that cannot be printed", impossible);
    }
  }

  private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B strict(B builder) {
    return builder
        .addModule(DurationText.module())
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
  }

  private static Module secretsInClear() {
    return new SimpleModule("secrets-in-clear")
        .addSerializer(
            Secret.class,
            new JsonSerializer<>() {
              @Override
              public void serialize(Secret value, JsonGenerator out, SerializerProvider context)
                  throws IOException {
                out.writeString(value.value());
              }
            })
        .addSerializer(
            ServiceUrl.class,
            new JsonSerializer<>() {
              @Override
              public void serialize(ServiceUrl value, JsonGenerator out, SerializerProvider context)
                  throws IOException {
                out.writeString(value.uri().toString());
              }
            });
  }
}
