package dev.parley.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.parley.dialect.TextSink;
import dev.parley.signal.Bytes;

/** Text that is kept for now: for a message within a message, and for tests of encoders. */
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

  /** All that was written. */
  @Override
  public String toString() {
    return text.toString();
  }
}
