package dev.parley.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.parley.dialect.TextSink;
import dev.parley.signal.Bytes;

/** A text sink in memory: for a message within a message, and for tests of encoders. */
public final class TextBuffer implements TextSink {

  private final StringBuilder text = new StringBuilder();

  @Override
  public TextSink ascii(String part) {
    text.append(part);
    return this;
  }

  @Override
  public TextSink quoted(String part) {
    text.append('"');
    JsonStringEncoder.getInstance().quoteAsString(part, text);
    text.append('"');
    return this;
  }

  @Override
  public TextSink utf8(Bytes bytes) {
    text.append(bytes.text());
    return this;
  }

  /** The whole text. */
  @Override
  public String toString() {
    return text.toString();
  }
}
