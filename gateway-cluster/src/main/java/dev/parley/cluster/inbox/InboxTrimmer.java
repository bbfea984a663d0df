package dev.parley.cluster.inbox;

import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.script.EntryId;
import dev.parley.cluster.script.TrimCommand;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Deletes entries that were read from the inbox of one epoch. Deletions are coalesced over a short
 * delay and piggybacked on the next call, so that at a low rate they cost no extra call for each
 * signal. If no call is made within the delay, it makes one. A large amount is deleted at once,
 * since it counts towards the bounds of the inbox. Confined to the hub's event loop.
 *
 * <p>If the node dies, entries that were read but not deleted yet are refused to their senders
 * although they were delivered, so the delay is short.
 */
public final class InboxTrimmer implements CommandPipeline.PiggybackSource {

  private static final long MAX_MILLIS = 10;
  private static final long MIN_NANOS = Duration.ofMillis(5).toNanos();
  private static final int MANY_ENTRIES = 128;
  private static final long MANY_BYTES = 256L << 10;

  private final LoopContext loop;
  private final CommandPipeline pipeline;
  private final int epoch;
  private final LongSupplier nanoTime;

  private @Nullable EntryId last;
  private int entries;
  private long bytes;
  private long since;
  private long timer = -1;

  /**
   * A trimmer for one epoch.
   *
   * @param epoch the epoch
   */
  public InboxTrimmer(CommandPipeline pipeline, int epoch) {
    this(pipeline, epoch, System::nanoTime);
  }

  InboxTrimmer(CommandPipeline pipeline, int epoch, LongSupplier nanoTime) {
    this.loop = pipeline.loop();
    this.pipeline = pipeline;
    this.epoch = epoch;
    this.nanoTime = nanoTime;
  }

  /** All entries up to {@code upTo} may be deleted; so many more entries and bytes. */
  public void read(EntryId upTo, int moreEntries, long moreBytes) {
    assert loop.isCurrent();
    last = upTo;
    entries += moreEntries;
    bytes += moreBytes;
    if (entries >= MANY_ENTRIES || bytes >= MANY_BYTES) {
      trim();
    } else if (timer < 0) {
      since = nanoTime.getAsLong();
      timer = loop.vertx().setTimer(MAX_MILLIS, id -> trim());
    }
  }

  @Override
  public @Nullable PendingCommand<?> piggyback() {
    assert loop.isCurrent();
    return last == null || nanoTime.getAsLong() - since < MIN_NANOS ? null : trimCommand();
  }

  /** Deletes all entries read, without delay. */
  public void trim() {
    assert loop.isCurrent();
    PendingCommand<?> trimCommand = trimCommand();
    if (trimCommand != null) {
      pipeline.submit(trimCommand, Bound.UNLIMITED);
    }
  }

  private @Nullable PendingCommand<?> trimCommand() {
    stop();
    EntryId upTo = last;
    if (upTo == null) {
      return null;
    }
    TrimCommand command = new TrimCommand(upTo, bytes);
    last = null;
    entries = 0;
    bytes = 0;
    return PendingCommand.silently(command, epoch);
  }

  /** The epoch is over: there is nothing left to delete. */
  public void stop() {
    assert loop.isCurrent();
    if (timer >= 0) {
      loop.vertx().cancelTimer(timer);
      timer = -1;
    }
  }
}
