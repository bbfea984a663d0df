package dev.parley.bench.wire;

import io.netty.buffer.ByteBuf;

/**
 * Writes the frames with which one client sends its signals. They differ in their marks alone, so
 * each is a copy of a masked frame that was made once, with the marks put in. One thread.
 */
final class SignalWriter {

  private final MaskedFrame frame;
  private final int marksAt;
  private final SignalMarks marks = new SignalMarks();
  private final byte[] digits = new byte[SignalMarks.LENGTH];

  /**
   * A writer.
   *
   * @param text what is sent
   * @param seed what the frames' mask is made of
   */
  SignalWriter(SignalText text, int seed) {
    this.frame = MaskedFrame.text(text.bytes(), seed);
    this.marksAt = text.marksAt();
  }

  /** See {@link WireEnd#write}. */
  void write(long number, long nanos, ByteBuf to) {
    marks.write(number, nanos, digits, 0);
    frame.put(marksAt, digits);
    frame.writeTo(to);
  }
}
