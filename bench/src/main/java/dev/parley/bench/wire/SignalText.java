package dev.parley.bench.wire;

import java.nio.charset.StandardCharsets;

/**
 * A text message with a signal in it, for one sender and one recipient: always the same but for its
 * marks.
 */
final class SignalText {

  private final byte[] bytes;
  private final int marksAt;

  private SignalText(byte[] bytes, int marksAt) {
    this.bytes = bytes;
    this.marksAt = marksAt;
  }

  /**
   * The signal of a message.
   *
   * @param message ASCII with {@link SessionDescription#JSON_TEXT} in it once
   */
  static SignalText of(String message) {
    int label = message.indexOf(SessionDescription.LABEL);
    if (label < 0 || label != message.lastIndexOf(SessionDescription.LABEL)) {
      throw new IllegalArgumentException("not one session description in: " + message);
    }
    return new SignalText(
        message.getBytes(StandardCharsets.US_ASCII), label + SessionDescription.LABEL.length());
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  /** Where the marks begin. */
  int marksAt() {
    return marksAt;
  }

  /** Where the marks end. */
  int marksEnd() {
    return marksAt + SignalMarks.LENGTH;
  }
}
