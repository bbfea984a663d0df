package dev.parley.net.limits;

/**
 * Rate limit of one client: a token bucket for frames and one for bytes, each with a burst and a
 * refill rate. A client that overdraws a bucket is not closed; reading resumes once the bucket is
 * refilled. Work that a client causes beyond its own bytes is taken from the byte bucket.
 *
 * <p>A bucket is stored as the time at which it is full again. So it takes one number and no timer,
 * and a withdrawal is one addition. Times are {@link System#nanoTime()}.
 */
public final class TokenBucket {

  private final Speed speed;
  private long framesFullAt;
  private long bytesFullAt;

  /**
   * The rates and bursts for all clients of a node.
   *
   * @param nanosPerFrame refill time of a frame; 0 if frames are unlimited
   * @param frameNanos refill time of the burst of frames
   * @param nanosPerByte refill time of a byte; 0 if bytes are unlimited
   * @param byteNanos refill time of the burst of bytes
   */
  public record Speed(double nanosPerFrame, long frameNanos, double nanosPerByte, long byteNanos) {

    private static final double NANOS_PER_SECOND = 1e9;

    /** A cap on refill times, which leaves room for additions; such a burst is never used up. */
    private static final long MAX_NANOS = Long.MAX_VALUE / 4;

    public static Speed of(Limits limits) {
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

  public TokenBucket(Speed speed, long now) {
    this.speed = speed;
    this.framesFullAt = now;
    this.bytesFullAt = now;
  }

  /**
   * Takes a frame, weighted by {@code weight}; returns the nanoseconds to pause reading, 0 for
   * none.
   */
  public long takeFrame(int weight, long now) {
    framesFullAt = later(framesFullAt, now) + Speed.nanos(weight, speed.nanosPerFrame);
    return Math.max(0, framesFullAt - now - speed.frameNanos);
  }

  /** Takes bytes; returns the nanoseconds to pause reading, 0 for none. */
  public long takeBytes(long bytes, long now) {
    bytesFullAt = later(bytesFullAt, now) + Speed.nanos(bytes, speed.nanosPerByte);
    return Math.max(0, bytesFullAt - now - speed.byteNanos);
  }

  /** The nanoseconds to pause reading, 0 for none. */
  public long pause(long now) {
    return Math.max(0,
        Math.max(framesFullAt - now - speed.frameNanos, bytesFullAt - now - speed.byteNanos));
  }

  /** Such times may be negative and overflow: only their difference can be compared. */
  private static long later(long fullAt, long now) {
    return fullAt - now > 0 ? fullAt : now;
  }
}
