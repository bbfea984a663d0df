package dev.parley.bench.wire;

import java.util.zip.CRC32C;

/**
 * Identifies a signal: its number, the time at which it was due, and a checksum of both, as
 * hexadecimal digits. Written and read in place; one thread.
 */
public final class SignalMarks {

  private static final int NUMBER = 16;
  private static final int NANOS = 16;
  private static final int CHECKSUM = 8;

  /** How many digits they are. */
  static final int LENGTH = NUMBER + NANOS + CHECKSUM;

  private final CRC32C checksum = new CRC32C();
  private long number;
  private long nanos;

  /** The signal's number. */
  public long number() {
    return number;
  }

  /** When it was to be sent, by {@link System#nanoTime} of its sender. */
  public long nanos() {
    return nanos;
  }

  /** Writes marks at a place. */
  void write(long newNumber, long newNanos, byte[] to, int at) {
    Hex.write(to, at, NUMBER, newNumber);
    Hex.write(to, at + NUMBER, NANOS, newNanos);
    Hex.write(to, at + NUMBER + NANOS, CHECKSUM, checksum(to, at));
  }

  /** Reads the marks at a place; false if they were altered. */
  boolean read(byte[] from, int at) {
    if (!Hex.areDigits(from, at, LENGTH)
        || Hex.read(from, at + NUMBER + NANOS, CHECKSUM) != checksum(from, at)) {
      return false;
    }
    number = Hex.read(from, at, NUMBER);
    nanos = Hex.read(from, at + NUMBER, NANOS);
    return true;
  }

  private long checksum(byte[] bytes, int at) {
    checksum.reset();
    checksum.update(bytes, at, NUMBER + NANOS);
    return checksum.getValue();
  }
}
