package dev.parley.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.parley.signal.Bytes;
import java.io.IOException;

/**
 * Opens messages for reading. Their size is limited before they come here; how deeply they may be
 * nested is limited here. Any thread; a parser belongs to the thread that opened it.
 */
public final class JsonSource {

  private final JsonFactory json;
  private final int depth;

  /**
   * @param depth how deeply a message may be nested
   */
  public JsonSource(int depth) {
    this.depth = depth;
    this.json =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(depth)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();
  }

  /** A scanner before {@code message}: for signals, which it reads faster than a parser does. */
  public JsonScanner scan(Bytes message) {
    return new JsonScanner(message, depth);
  }

  /** A parser before the first token of {@code message}, to be closed. */
  public JsonParser open(Bytes message) throws IOException {
    return json.createParser(message.array(), message.offset(), message.length());
  }

  /**
   * The bytes of the value that {@code parser}, which reads {@code message}, has just begun; the
   * parser goes on to its end.
   */
  public static Bytes value(JsonParser parser, Bytes message) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    return message.slice(from, (int) parser.currentLocation().getByteOffset());
  }

  /**
   * The bytes, with the quotes, of the string that {@code parser}, which reads {@code message}, has
   * just begun; the string is not decoded, and the parser passes over it with the next token.
   */
  public static Bytes string(JsonParser parser, Bytes message) {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    int end = from + 1;
    while (end < message.length() && message.at(end) != '"') {
      end += message.at(end) == '\\' ? 2 : 1;
    }
    return message.slice(from, Math.min(end + 1, message.length()));
  }

  /**
   * Reads on from the end of a value to the end of the message.
   *
   * @throws JsonParseException if something follows
   */
  public static void expectEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "one value expected");
    }
  }
}
