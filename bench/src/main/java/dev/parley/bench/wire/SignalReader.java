package dev.parley.bench.wire;

import java.util.Arrays;

/** Recognises the signals of one sender: every byte must be as expected, or they were altered. */
final class SignalReader {

  private final SignalText expected;
  private final SignalMarks marks = new SignalMarks();

  SignalReader(SignalText expected) {
    this.expected = expected;
  }

  /** Whether a message is a signal; if so, {@link #marks} are its. */
  boolean reads(byte[] bytes, int from, int to) {
    if (to - from != expected.length()) {
      return false;
    }
    byte[] whole = expected.bytes();
    int marksAt = from + expected.marksAt();
    int marksEnd = from + expected.marksEnd();
    return Arrays.equals(bytes, from, marksAt, whole, 0, expected.marksAt())
        && Arrays.equals(bytes, marksEnd, to, whole, expected.marksEnd(), whole.length)
        && marks.read(bytes, marksAt);
  }

  /** The marks of the last signal; the same object each time. */
  SignalMarks marks() {
    return marks;
  }
}
