package dev.parley.cluster.registry;

import dev.parley.hub.Recipient;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Presence;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which local sessions watch which peers. The cluster knows only that the node watches, so a
 * departure crosses it once, however many sessions watch. A watch belongs to the epoch in which the
 * cluster has answered it; the node watches again in the next one.
 *
 * <p>As in {@link LocalRegistry}, each operation is an atomic update of one entry, and queues its
 * commands within that update. Thread-safe, except for answers of the cluster, which arrive on one
 * thread.
 */
public final class Watches {

  /** Stands for all watches of an id, when the node watches again. */
  public static final long ALL = 0;

  private final ConcurrentHashMap<PeerAddress, Map<Recipient, Watch>> watched =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, Watch> byNumber = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong(ALL);

  /** A session's watch of one peer. Guarded by the entry of the peer. */
  public static final class Watch {

    private final long number;
    private final Recipient watcher;
    /** The number of answers due to the session. */
    private int owed;
    /** Whether the session has been notified that the peer is present. */
    private boolean present;

    Watch(long number, Recipient watcher) {
      this.number = number;
      this.watcher = watcher;
    }

    void tell(PeerAddress peer, boolean there) {
      present = there;
      watcher.deliver(there ? new Presence.Present(peer) : new Presence.Departed(peer));
    }
  }

  /**
   * Watches an id.
   *
   * @param post queues the watch with this number into the pipeline
   */
  public void watch(Recipient watcher, PeerAddress peer, LongConsumer post) {
    watched.compute(
        peer,
        (address, known) -> {
          Map<Recipient, Watch> all = known == null ? new IdentityHashMap<>(2) : known;
          Watch watch = all.computeIfAbsent(watcher, this::number);
          watch.owed++;
          post.accept(watch.number);
          return all;
        });
  }

  private Watch number(Recipient watcher) {
    Watch watch = new Watch(numbers.incrementAndGet(), watcher);
    byNumber.put(watch.number, watch);
    return watch;
  }

  /**
   * Ends a watch.
   *
   * @param post queues the unwatch of the node, if this was its last watch of the peer
   */
  public void unwatch(Recipient watcher, PeerAddress peer, Runnable post) {
    watched.computeIfPresent(
        peer,
        (address, all) -> {
          Watch watch = all.remove(watcher);
          if (watch != null) {
            byNumber.remove(watch.number);
            if (all.isEmpty()) {
              post.run();
            }
          }
          return orNothing(all);
        });
  }

  /** The cluster has answered a watch. */
  public void answered(long number, PeerAddress peer, boolean there) {
    change(
        peer,
        all -> {
          if (number == ALL) {
            List.copyOf(all.values()).forEach(watch -> answerAgain(all, watch, peer, there));
          } else {
            Watch watch = byNumber.get(number);
            if (watch != null && watch.owed > 0) {
              watch.owed--;
              watch.tell(peer, there);
              forgetIfOver(all, watch);
            }
          }
        });
  }

  private void answerAgain(
      Map<Recipient, Watch> all, Watch watch, PeerAddress peer, boolean there) {
    while (watch.owed > 0) {
      watch.owed--;
      watch.tell(peer, there);
    }
    if (watch.present && !there) {
      watch.tell(peer, false);
    }
    forgetIfOver(all, watch);
  }

  /** The id has no owner any more. Pending watches still get their answers. */
  public void departed(PeerAddress peer) {
    change(
        peer,
        all -> {
          for (Watch watch : List.copyOf(all.values())) {
            if (watch.present) {
              watch.tell(peer, false);
            }
            forgetIfOver(all, watch);
          }
        });
  }

  private void forgetIfOver(Map<Recipient, Watch> all, Watch watch) {
    if (!watch.present && watch.owed == 0) {
      all.remove(watch.watcher);
      byNumber.remove(watch.number);
    }
  }

  /** The peers that local sessions watch. */
  public List<PeerAddress> watched() {
    return List.copyOf(watched.keySet());
  }

  private void change(PeerAddress peer, Consumer<Map<Recipient, Watch>> what) {
    watched.computeIfPresent(
        peer,
        (address, all) -> {
          what.accept(all);
          return orNothing(all);
        });
  }

  private static @Nullable Map<Recipient, Watch> orNothing(Map<Recipient, Watch> all) {
    return all.isEmpty() ? null : all;
  }
}
