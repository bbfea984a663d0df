package dev.parley.peerolator.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.config.ConfigurationException;
import dev.parley.signal.Bytes;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerolatorMessageSchemasTest {

  private static final String PERSON = """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
          "name": {"type": "string", "pattern": "^[A-Z]"},
          "age": {"type": "integer", "minimum": 0},
          "friends": {"type": "array", "items": {"$ref": "#"}},
          "pet": {"$ref": "#/$defs/pet"}
        },
        "required": ["name"],
        "additionalProperties": {"type": "boolean"},
        "$defs": {"pet": {"enum": ["cat", "dog"]}}
      }
      """;

  private static PeerolatorMessageSchemas schemas(String type, String schema)
      throws JsonProcessingException {
    Map<String, JsonNode> configured = Map.of(type, new JsonMapper().readTree(schema));
    PeerolatorMessageSchemas.require(configured);
    return PeerolatorMessageSchemas.of(configured);
  }

  private static boolean allow(PeerolatorMessageSchemas schemas, String type, String message) {
    return schemas.allow(type, Bytes.utf8(message));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{\"name\":\"Anna\"}                                           | true",
    "{\"name\":\"Anna\",\"age\":5,\"pet\":\"cat\",\"tall\":true}   | true",
    "{\"name\":\"Anna\",\"friends\":[{\"name\":\"Bert\"}]}           | true",
    "{\"name\":\"Anna\",\"age\":5.0}                                 | true",
    "{\"name\":\"anna\"}                                           | false",
    "{\"age\":5}                                                   | false",
    "{\"name\":\"Anna\",\"age\":5.5}                                 | false",
    "{\"name\":\"Anna\",\"age\":-1}                                  | false",
    "{\"name\":\"Anna\",\"friends\":[{\"name\":\"bert\"}]}           | false",
    "{\"name\":\"Anna\",\"pet\":\"bat\"}                             | false",
    "{\"name\":\"Anna\",\"tall\":\"very\"}                           | false",
    "[]                                                            | false",
    "null                                                          | false",
  })
  void givenASchema_whenMessagesAreChecked_thenThoseThatFitAreAllowed(
      String message, boolean allowed) throws JsonProcessingException {
    assertThat(allow(schemas("person", PERSON), "person", message)).isEqualTo(allowed);
  }

  @Test
  void givenATypeWithoutASchema_whenMessagesAreChecked_thenAllAreAllowed()
      throws JsonProcessingException {
    assertThat(allow(schemas("person", PERSON), "Person", "5")).isTrue();
    assertThat(allow(PeerolatorMessageSchemas.NONE, "person", "5")).isTrue();
  }

  @Test
  void givenMoreDigitsThanCanBeChecked_whenAMessageIsChecked_thenItIsNotAllowed()
      throws JsonProcessingException {
    assertThat(allow(schemas("n", "{\"type\":\"number\"}"), "n", "1".repeat(5_000))).isFalse();
  }

  @Test
  void givenSeveralThreads_whenTheyCheckAtOnce_thenEachIsRight() throws JsonProcessingException {
    PeerolatorMessageSchemas schemas = schemas("person", PERSON);

    List<Boolean> allowed =
        IntStream.range(0, 2_000).parallel()
            .mapToObj(i -> allow(schemas, "person",
                "{\"name\":\"Anna\",\"tall\":" + (i % 2 == 0 ? "true" : "0") + "}"))
            .toList();

    assertThat(IntStream.range(0, 2_000)).allMatch(i -> allowed.get(i) == (i % 2 == 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "5", "true", "[]", "\"string\"", "{\"type\":\"text\"}", "{\"minLength\":-1}",
    "{\"pattern\":\"(\"}", "{\"properties\":{\"a\":{\"required\":\"b\"}}}",
    "{\"items\":{\"type\":[\"string\",\"text\"]}}",
    "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
    "{\"$ref\":\"#/$defs/nowhere\"}", "{\"$ref\":\"https://example.org/schema\"}",
    "{\"properties\":{\"a\":{\"$ref\":\"other.json\"}}}"})
  void givenWhatIsNoSchema_whenRead_thenItIsRefused(String schema) {
    assertThatThrownBy(() -> schemas("chat", schema))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("chat: ")
        .hasMessageContaining("JSON schema");
  }
}
