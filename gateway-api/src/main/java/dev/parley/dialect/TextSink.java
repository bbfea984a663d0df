package dev.parley.dialect;

import dev.parley.signal.Bytes;

/** The text of one frame, written straight into the buffer of the socket. */
public interface TextSink {

  /** ASCII text, verbatim. */
  TextSink ascii(String text);

  /** Any text as a JSON string, quoted and escaped. */
  TextSink quoted(String text);

  /** UTF-8, verbatim: a payload, or a prepared part. The only place where a payload is copied. */
  TextSink utf8(Bytes bytes);
}
