package dev.parley.net;

/**
 * What a client may still send: a token bucket for frames and one for bytes. Each holds a burst and
 * is filled at a steady rate. A client that overdraws one is not closed; it is read again when it
 * has earned what it took. Work that a client has caused beyond its own bytes is taken from the
 * bucket for bytes.
 *
 * <p>A bucket is the time at which it is full again. So it costs one number and no timer, and what
 * was taken is one addition. Times are {@link System#nanoTime()}.
 */
final class Allowance {

  private final Speed speed;
  private long framesFullAt;
  private long bytesFullAt;

  /**
   * What all clients of a node may send.
   *
   * @param nanosPerFrame how long it takes to earn a frame; 0 if frames are not bounded
   * @param frameNanos how long it takes to earn the burst of frames
   * @param nanosPerByte how long it takes to earn a byte; 0 if bytes are not bounded
   * @param byteNanos how long it takes to earn the burst of bytes
   */
  record Speed(double nanosPerFrame, long frameNanos, double nanosPerByte, long byteNanos) {

    private static final double NANOS_PER_SECOND = 1e9;

    /** A burst that takes longer to earn is never missed; leaves room to add to. */
    private static final long MAX_NANOS = Long.MAX_VALUE / 4;

    static Speed of(Limits limits) {
      double frame =
          limits.rate().isOff() ? 0 : NANOS_PER_SECOND / limits.rate().perSecond();
      double octet =
          limits.byteRate().isOff()
              ? 0
              : NANOS_PER_SECOND / limits.byteRate().perSecond().bytes();
      return new Speed(frame, nanos(limits.burst(), frame), octet,
          nanos(limits.byteBurst().bytes(), octet));
    }

    private static long nanos(long count, double each) {
      return (long) Math.min((double) MAX_NANOS, count * each);
    }
  }

  Allowance(Speed speed, long now) {
    this.speed = speed;
    this.framesFullAt = now;
    this.bytesFullAt = now;
  }

  /**
   * Takes one frame off, or what counts as {@code weight} of them; the nanoseconds to wait before
   * reading on, 0 if none.
   */
  long takeFrame(int weight, long now) {
    framesFullAt = later(framesFullAt, now) + Speed.nanos(weight, speed.nanosPerFrame);
    return Math.max(0, framesFullAt - now - speed.frameNanos);
  }

  /** Takes bytes off; the nanoseconds to wait before reading on, 0 if none. */
  long takeBytes(long bytes, long now) {
    bytesFullAt = later(bytesFullAt, now) + Speed.nanos(bytes, speed.nanosPerByte);
    return Math.max(0, bytesFullAt - now - speed.byteNanos);
  }

  /** The nanoseconds to wait before reading on, 0 if none. */
  long pause(long now) {
    return Math.max(0,
        Math.max(framesFullAt - now - speed.frameNanos, bytesFullAt - now - speed.byteNanos));
  }

  /** Such times may be negative and overflow: only their difference says which is later. */
  private static long later(long fullAt, long now) {
    return fullAt - now > 0 ? fullAt : now;
  }
}
