package dev.parley.dialect;

import dev.parley.signal.Bytes;

/**
 * The text of one frame while it is written, straight into the buffer that the socket will send.
 */
public interface TextSink {

  /** Text that has only ASCII characters, as it is. */
  TextSink ascii(String text);

  /** Any text as a JSON string, in quotes and escaped. */
  TextSink quoted(String text);

  /**
   * UTF-8 as it is: a payload, or a part prepared before. The one place where a payload is copied.
   */
  TextSink utf8(Bytes bytes);
}
