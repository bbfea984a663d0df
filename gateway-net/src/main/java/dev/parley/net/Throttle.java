package dev.parley.net;

/** Why a client is read more slowly. */
enum Throttle {
  /** It has sent more frames than {@code limits.rate} and {@code limits.burst} allow. */
  FRAMES,
  /** It has sent more bytes than {@code limits.byteRate} and {@code limits.byteBurst} allow. */
  BYTES,
  /** What it has sent caused more work than the same two allow. */
  WORK
}
