package dev.parley.net.limits;

/** Why reading from a client is throttled. */
public enum Throttle {
  /** It has sent more frames than {@code limits.rate} and {@code limits.burst} allow. */
  FRAMES,
  /** It has sent more bytes than {@code limits.byteRate} and {@code limits.byteBurst} allow. */
  BYTES,
  /** It has caused more work than the same two allow. */
  WORK
}
