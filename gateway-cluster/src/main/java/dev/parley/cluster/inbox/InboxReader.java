package dev.parley.cluster.inbox;

import dev.parley.cluster.pipeline.RedisAccess;
import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.redis.MasterLocator;
import dev.parley.cluster.redis.RedisLink;
import dev.parley.cluster.redis.RedisTrouble;
import dev.parley.cluster.redis.RetryPolicy;
import dev.parley.cluster.script.EntryId;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the inbox of one epoch on a connection of its own: in order, each entry exactly once. It
 * survives loss of the connection, since it resumes behind the last entry seen. The listener
 * deletes from Redis what was read. Confined to the hub's event loop.
 */
public final class InboxReader {

  private static final Logger LOG = LoggerFactory.getLogger(InboxReader.class);
  private final LoopContext loop;
  private final RedisAccess access;
  private final RetryPolicy pace;
  private final String key;
  private final EntryListener listener;
  private final ReadabilityListener readability;

  private final ReadSize size = new ReadSize();

  private EntryId last;
  private @Nullable RedisLink link;
  private Duration pause;
  /** Consecutive failures; a single one is what a fail-over looks like. */
  private int failures;
  private long timer = -1;
  private boolean over;

  /** Receives the entries. */
  public interface EntryListener {

    /** The next entry. */
    void entry(String t, byte @Nullable [] b);

    /** An entry in an unknown form. */
    void unreadable();

    /** All entries up to {@code last} have been dispatched; so many more entries and bytes. */
    void read(EntryId last, int entries, long bytes);
  }

  /** Observes whether the inbox can be read. */
  public interface ReadabilityListener {

    /** Reading failed. */
    void unreadable(RedisTrouble wrong);

    /** Reading succeeded, possibly without an entry. */
    void readable();
  }

  /**
   * A reader that has not started.
   *
   * @param key the inbox
   * @param after the entry to resume behind
   */
  public InboxReader(
      LoopContext loop, RedisAccess access, String key, EntryId after, EntryListener listener,
      ReadabilityListener readability) {
    this.loop = loop;
    this.access = access;
    this.pace = access.pace();
    this.key = key;
    this.last = after;
    this.listener = listener;
    this.readability = readability;
    this.pause = pace.firstPause();
  }

  /** Reads until {@link #stop}. */
  public void start() {
    assert loop.isCurrent();
    var unused =
        access.master()
            .open()
            .map(MasterLocator.Found::link)
            .compose(opened -> checked(opened).onFailure(wrong -> opened.close()))
            .onSuccess(
                opened -> {
                  if (over) {
                    opened.close();
                  } else {
                    link = opened;
                    read(opened);
                  }
                })
            .onFailure(this::lost);
  }

  /** Where the inbox is not, nothing would ever come: another Redis is the right one. */
  private Future<RedisLink> checked(RedisLink opened) {
    return opened.send(Request.cmd(Command.EXISTS).arg(key))
        .compose(
            there -> there != null && there.toString().equals("1")
                ? Future.succeededFuture(opened)
                : Future.failedFuture(new IllegalStateException("the inbox is not there")));
  }

  public void stop() {
    assert loop.isCurrent();
    over = true;
    loop.vertx().cancelTimer(timer);
    if (link != null) {
      link.close();
      link = null;
    }
  }

  private void read(RedisLink from) {
    Request next =
        Request.cmd(Command.XREAD).arg("COUNT").arg(size.entries())
            .arg("BLOCK").arg(pace.patience().toMillis() / 2)
            .arg("STREAMS").arg(key).arg(last.toString());
    var unused =
        from.send(next)
            .onComplete(
                answer -> {
                  if (over || link != from) {
                    return;
                  }
                  if (answer.failed()) {
                    link = null;
                    from.close();
                    lost(answer.cause());
                  } else {
                    pause = pace.firstPause();
                    failures = 0;
                    readability.readable();
                    take(answer.result());
                    if (!over) {
                      read(from);
                    }
                  }
                });
  }

  private void take(@Nullable Response streams) {
    assert loop.isCurrent();
    if (streams == null) {
      return;
    }
    Response entries = streams.get(0).get(1);
    long bytes = 0;
    for (Response entry : entries) {
      if (over) {
        return;
      }
      last = EntryId.parse(entry.get(0).toString());
      bytes += handOver(entry.get(1));
    }
    size.read(entries.size(), bytes);
    listener.read(last, entries.size(), bytes);
  }

  /** Dispatches an entry, readable or not; returns its size in bytes. */
  private int handOver(Response fields) {
    int size = 0;
    if (fields.size() < 2) {
      listener.unreadable();
      return size;
    }
    try {
      String t = fields.get(1).toString();
      byte[] b = fields.size() < 4 ? null : fields.get(3).toBytes();
      size = t.length() + (b == null ? 0 : b.length);
      listener.entry(t, b);
    } catch (RuntimeException | Error defect) {
      LOG.error("entry {} of the inbox could not be dealt with; please report this", last, defect);
    }
    return size;
  }

  private void lost(Throwable cause) {
    if (!over) {
      LOG.debug("the inbox cannot be read now", cause);
      if (++failures > 1) {
        readability.unreadable(RedisTrouble.of(cause, access.endpoint()));
      }
      timer = loop.vertx().setTimer(pause.toMillis(), id -> start());
      pause = pace.longerThan(pause);
    }
  }
}
