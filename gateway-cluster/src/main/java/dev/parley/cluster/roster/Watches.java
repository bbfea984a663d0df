package dev.parley.cluster.roster;

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
 * Which sessions of this node watch whom. The cluster knows only that the node does, so a departure
 * crosses it once, whoever many watch. A watch belongs to the generation in which the cluster has
 * answered it; in the next one the node asks again.
 *
 * <p>As in {@link Roster}, what happens to one id happens inside an atomic update, and the lane is
 * filled inside it. Any thread, but for what the cluster answers, which comes on one thread.
 */
public final class Watches {

  /** Stands for all watches of an id, when the node asks again. */
  public static final long ALL = 0;

  private final ConcurrentHashMap<PeerAddress, Map<Recipient, Watch>> watched =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, Watch> byNumber = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong(ALL);

  /** One session's watch of one peer. Guarded by the entry of the peer. */
  private static final class Watch {

    private final long number;
    private final Recipient watcher;
    /** How many answers the session still has to get. */
    private int owed;
    /** Whether the session has been told that the peer is there. */
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
   * @param post puts the watch of this number into the lane
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
   * @param post puts it into the lane that nobody here watches the peer any more
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

  /** The cluster has answered. */
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

  /** Nobody owns the id any more. Who still waits for an answer will get one. */
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

  /** The peers that are watched here. */
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
