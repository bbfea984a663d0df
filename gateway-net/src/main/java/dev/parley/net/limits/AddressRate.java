package dev.parley.net.limits;

import dev.parley.config.Rate;
import dev.parley.net.proxy.IpNetwork;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Rate limit per address: a token bucket for each, in a table of fixed size, so that no number of
 * addresses takes more memory. Each address has one bucket in each of two rows, where secret hashes
 * put it, and is refused only if both are empty: an address suffers from others only if it shares
 * both of its buckets with ones that exceed the rate. With 1,000 such addresses that is one of a
 * thousand.
 *
 * <p>A bucket is stored as the time at which it is full again, as in {@link TokenBucket}.
 * Thread-safe.
 */
public final class AddressRate {

  private static final int ROWS = 2;
  private static final int BUCKETS = 1 << 15;
  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final AddressPrefix prefix;
  private final long nanosPerToken;
  private final long burstNanos;
  private final LongSupplier clock;
  private final long start;
  private final long secret = new SecureRandom().nextLong();
  /** Null if there is no limit. */
  private final @Nullable AtomicLongArray fullAt;

  /**
   * @param burst tokens of a full bucket
   * @param prefix which addresses share a bucket
   */
  public AddressRate(Rate rate, long burst, AddressPrefix prefix) {
    this(rate, burst, prefix, System::nanoTime);
  }

  AddressRate(Rate rate, long burst, AddressPrefix prefix, LongSupplier clock) {
    this.prefix = prefix;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.nanosPerToken = NANOS_PER_SECOND / rate.perSecond();
    this.burstNanos = nanosPerToken * burst;
    this.fullAt = rate.isOff() ? null : new AtomicLongArray(ROWS * BUCKETS);
  }

  /**
   * Takes a token of an address.
   *
   * @return zero if there was one; otherwise nothing is taken, and there will be one after that
   *     time
   */
  public Duration take(InetAddress address) {
    return fullAt == null ? Duration.ZERO : take(prefix.of(address));
  }

  /** As {@link #take(InetAddress)}, for an address as text, in whatever form. */
  public Duration take(String address) {
    return fullAt == null ? Duration.ZERO
        : take(IpNetwork.address(address).map(prefix::of)
            .orElseGet(() -> address.getBytes(StandardCharsets.UTF_8)));
  }

  private Duration take(byte[] key) {
    AtomicLongArray buckets = fullAt;
    if (buckets == null) {
      return Duration.ZERO;
    }
    long now = clock.getAsLong() - start;
    long hash = hash(key);
    int first = (int) (hash & (BUCKETS - 1));
    int second = BUCKETS + (int) ((hash >>> Integer.SIZE) & (BUCKETS - 1));
    long missing =
        Math.min(buckets.get(first), buckets.get(second)) + nanosPerToken - now - burstNanos;
    if (missing > 0) {
      return Duration.ofNanos(missing);
    }
    take(buckets, first, now);
    take(buckets, second, now);
    return Duration.ZERO;
  }

  /** Others may empty it in the same moment; that many more tokens than there are does no harm. */
  private void take(AtomicLongArray buckets, int bucket, long now) {
    var unused =
        buckets.accumulateAndGet(bucket, now,
            (full, time) -> Math.min(Math.max(full, time) + nanosPerToken,
                time + burstNanos + nanosPerToken));
  }

  /** Mixed with the secret at each step: addresses that share a bucket cannot be computed. */
  private long hash(byte[] key) {
    long hash = secret ^ key.length;
    for (byte each : key) {
      hash = (hash ^ (each & 0xFF)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> Integer.SIZE;
    }
    hash = (hash ^ Long.rotateLeft(secret, Integer.SIZE)) * 0xD6E8FEB86659FD93L;
    return hash ^ (hash >>> Integer.SIZE);
  }
}
