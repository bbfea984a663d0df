package dev.parley.hub.redis;

import dev.parley.hub.redis.script.EntryId;
import dev.parley.hub.redis.script.TrimCommand;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * Has Redis drop what was read of the inbox of one seat: a little later, together with what is read
 * until then, so that at a low rate there is not one more call for each signal. If much was read,
 * it goes at once, as it counts for the bounds of the inbox. The hub's event loop only.
 *
 * <p>What was read and not dropped yet when a node dies is refused to its senders although it
 * arrived, so the delay is short.
 */
final class InboxTrimmer {

  private static final long DELAY_MILLIS = 10;
  private static final int MANY_ENTRIES = 128;
  private static final long MANY_BYTES = 256L << 10;

  private final Vertx vertx;
  private final Errands errands;

  private @Nullable EntryId last;
  private int entries;
  private long bytes;
  private long timer = -1;

  InboxTrimmer(Vertx vertx, Errands errands) {
    this.vertx = vertx;
    this.errands = errands;
  }

  /** Everything up to {@code upTo} can go: so many more entries and bytes. */
  void read(EntryId upTo, int moreEntries, long moreBytes) {
    last = upTo;
    entries += moreEntries;
    bytes += moreBytes;
    if (entries >= MANY_ENTRIES || bytes >= MANY_BYTES) {
      trim();
    } else if (timer < 0) {
      timer = vertx.setTimer(DELAY_MILLIS, id -> trim());
    }
  }

  /** Has everything dropped that was read, without waiting for more. */
  void trim() {
    stop();
    if (last != null) {
      errands.run(new TrimCommand(last, bytes));
      last = null;
      entries = 0;
      bytes = 0;
    }
  }

  /** The seat is over: there is nothing to drop any more. */
  void stop() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
  }
}
