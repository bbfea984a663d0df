package dev.parley.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.parley.signal.Bytes;
import java.io.IOException;

/**
 * Opens messages for reading, with a limit on nesting; their size has been limited before.
 * Thread-safe; a parser is confined to the thread that opened it.
 *
 * <p>Parsers of one factory share a symbol table of member names for the lifetime of the factory,
 * which spares decoding the names that come with every message. But clients choose names. So a
 * table is replaced when it has more names than any dialect, and a message long enough for long
 * names gets one of its own.
 */
public final class JsonSource {

  /** Messages up to this length share the table. */
  static final int MAX_KEPT_FROM = 16 * 1024;

  /** The most names in a table, plus those of one message. */
  static final int MAX_KEPT = 256;

  private final int depth;
  private volatile Factory json;

  /** @param depth the deepest nesting allowed */
  public JsonSource(int depth) {
    this.depth = depth;
    this.json = new Factory(depth);
  }

  /** A factory that exposes the size of its table. */
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

  /** A scanner of {@code message}: for signals, which it reads faster than a parser. */
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

  /** The number of names in the table. */
  int names() {
    return json.names();
  }

  /**
   * The raw bytes of the value that {@code parser}, which reads {@code message}, has just begun;
   * the parser advances to its end.
   */
  public static Bytes value(JsonParser parser, Bytes message) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    return message.slice(from, (int) parser.currentLocation().getByteOffset());
  }

  /**
   * The raw bytes, with the quotes, of the string that {@code parser}, which reads {@code message},
   * has just begun. The string is not decoded, and the parser skips it with the next token.
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
   * Reads from the end of a value to the end of the message.
   *
   * @throws JsonParseException if something follows
   */
  public static void expectEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "one value expected");
    }
  }
}
