package dev.parley.policies.support;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Parses JSON objects of strangers: UTF-8 alone, no name twice, nothing behind it, and no deeper
 * than {@link #MAX_DEPTH}. Callers bound the length. Thread-safe.
 */
public final class StrictJson {

  /** The deepest nesting. */
  public static final int MAX_DEPTH = 16;

  private static final int MAX_NUMBER = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_DEPTH)
                      .maxNumberLength(MAX_NUMBER)
                      .build())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** The object; empty if the bytes are anything else. */
  public static Optional<ObjectNode> object(byte[] utf8) {
    try {
      // As text: Jackson would guess the encoding of bytes.
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      JsonNode read = MAPPER.readTree(text);
      return read instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (CharacterCodingException | JsonProcessingException malformed) {
      return Optional.empty();
    }
  }
}
