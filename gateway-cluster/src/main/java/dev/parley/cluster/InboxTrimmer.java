package dev.parley.cluster;

import dev.parley.cluster.script.EntryId;
import dev.parley.cluster.script.TrimCommand;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has Redis drop what was read of the inbox of one seat: a little later, together with what is read
 * until then, and in a call that is made anyway, so that at a low rate there is not one more call
 * for each signal. If no call is made, there is one for this. If much was read, it goes at once, as
 * it counts for the bounds of the inbox. The hub's event loop only.
 *
 * <p>What was read and not dropped yet when a node dies is refused to its senders although it
 * arrived, so the delay is short.
 */
final class InboxTrimmer implements Lane.Rider {

  private static final long MOST_MILLIS = 10;
  private static final long LEAST_NANOS = Duration.ofMillis(5).toNanos();
  private static final int MANY_ENTRIES = 128;
  private static final long MANY_BYTES = 256L << 10;

  private final Vertx vertx;
  private final Lane lane;
  private final int generation;
  private final LongSupplier nanoTime;

  private @Nullable EntryId last;
  private int entries;
  private long bytes;
  private long since;
  private long timer = -1;

  /**
   * For one seat.
   *
   * @param generation which one
   */
  InboxTrimmer(Vertx vertx, Lane lane, int generation) {
    this(vertx, lane, generation, System::nanoTime);
  }

  InboxTrimmer(Vertx vertx, Lane lane, int generation, LongSupplier nanoTime) {
    this.vertx = vertx;
    this.lane = lane;
    this.generation = generation;
    this.nanoTime = nanoTime;
  }

  /** Everything up to {@code upTo} can go: so many more entries and bytes. */
  void read(EntryId upTo, int moreEntries, long moreBytes) {
    last = upTo;
    entries += moreEntries;
    bytes += moreBytes;
    if (entries >= MANY_ENTRIES || bytes >= MANY_BYTES) {
      trim();
    } else if (timer < 0) {
      since = nanoTime.getAsLong();
      timer = vertx.setTimer(MOST_MILLIS, id -> trim());
    }
  }

  @Override
  public @Nullable Order<?> board() {
    return last == null || nanoTime.getAsLong() - since < LEAST_NANOS ? null : order();
  }

  /** Has everything dropped that was read, without waiting for more. */
  void trim() {
    Order<?> order = order();
    if (order != null) {
      lane.insist(order);
    }
  }

  private @Nullable Order<?> order() {
    stop();
    EntryId upTo = last;
    if (upTo == null) {
      return null;
    }
    TrimCommand command = new TrimCommand(upTo, bytes);
    last = null;
    entries = 0;
    bytes = 0;
    return Order.silently(command, generation);
  }

  /** The seat is over: there is nothing to drop any more. */
  void stop() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
  }
}
