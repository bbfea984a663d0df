package dev.parley.access;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where bans are kept: in the memory of a node, or for all nodes of a cluster. Thread-safe.
 *
 * <p>A ban that was put is passed to the listeners of all nodes in bounded time; in a cluster, as
 * soon as the node reaches it. There are {@link #MAX_BANS} at most.
 */
public interface BanStore {

  /** The most bans at a time. */
  int MAX_BANS = 10_000;

  /**
   * Begins to pass on what is banned; once.
   *
   * @param listener gets all bans, at first and when they have changed, one call at a time, on any
   *     thread; those that have expired may be among them
   */
  void listen(Consumer<List<Ban>> listener);

  /**
   * Puts a ban, in place of one about the same clients. Fails with an {@link
   * IllegalStateException} if there are too many, and with a {@link
   * dev.parley.hub.HubUnavailableException} if the cluster cannot be reached.
   */
  Future<Void> put(Ban ban);

  /** Lifts the ban about the same clients, if there is one. Fails as {@link #put} does. */
  Future<Void> remove(Ban ban);
}
