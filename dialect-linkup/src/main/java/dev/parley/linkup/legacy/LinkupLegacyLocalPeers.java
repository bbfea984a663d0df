package dev.parley.linkup.legacy;

import dev.parley.signal.Bytes;
import io.vertx.core.Future;

/**
 * The peers of this node, as the brokers of a {@link LinkupLegacyCluster} see them. Called on the event
 * loop of the cluster's channel; must not block.
 */
public interface LinkupLegacyLocalPeers {

  /**
   * Whether a peer with this id is connected to this very node: other nodes are asked themselves. A
   * peer counts from the moment it has claimed the id, even while it is not sure that it may keep
   * it.
   *
   * @return may complete on any thread; a failure counts as no
   */
  Future<Boolean> isHere(String id);

  /**
   * A signal of a peer somewhere else. Ignored if {@code to} is not connected to this node, for it
   * was published to all.
   *
   * @param signal any JSON value
   */
  void deliver(String from, String to, Bytes signal);
}
