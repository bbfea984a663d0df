package dev.parley.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.parley.signal.Bytes;
import java.io.IOException;

/**
 * Opens messages for reading. Their size is limited before they come here; how deeply they may be
 * nested is limited here. Any thread; a parser belongs to the thread that opened it.
 *
 * <p>Parsers of one factory share a table of the names of members that they have met, for as long
 * as the factory lives. It spares the names that come with every message from being made into
 * strings again. But clients choose names, so that a table is given up when it has more than a
 * dialect has, and a message that is long enough for long names has one of its own.
 */
public final class JsonSource {

  /** What a message may be long whose names are kept. */
  static final int MAX_KEPT_FROM = 16 * 1024;

  /** How many names are kept, a message's more or less. */
  static final int MAX_KEPT = 256;

  private final int depth;
  private volatile Factory json;

  /**
   * @param depth how deeply a message may be nested
   */
  public JsonSource(int depth) {
    this.depth = depth;
    this.json = new Factory(depth);
  }

  /** A factory that says how many names it keeps. */
  private static final class Factory extends JsonFactory {

    private static final long serialVersionUID = 1;

    Factory(int depth) {
      super(
          new JsonFactoryBuilder()
              .disable(JsonFactory.Feature.CHARSET_DETECTION)
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(depth)
                      .maxNumberLength(Integer.MAX_VALUE)
                      .maxStringLength(Integer.MAX_VALUE)
                      .maxNameLength(Integer.MAX_VALUE)
                      .build()));
    }

    int names() {
      return _byteSymbolCanonicalizer.size();
    }
  }

  /** A scanner before {@code message}: for signals, which it reads faster than a parser does. */
  public JsonScanner scan(Bytes message) {
    return new JsonScanner(message, depth);
  }

  /** A parser before the first token of {@code message}, to be closed. */
  public JsonParser open(Bytes message) throws IOException {
    return factoryFor(message)
        .createParser(message.array(), message.offset(), message.length());
  }

  private Factory factoryFor(Bytes message) {
    if (message.length() > MAX_KEPT_FROM) {
      return new Factory(depth);
    }
    Factory shared = json;
    if (shared.names() > MAX_KEPT) {
      shared = new Factory(depth);
      json = shared;
    }
    return shared;
  }

  /** How many names are kept now. */
  int names() {
    return json.names();
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
