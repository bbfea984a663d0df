package dev.parley.linkup.legacy;

import dev.parley.signal.Bytes;
import io.vertx.core.Future;

/**
 * The peers of this node, as a {@link LinkupLegacyCluster} shows them to its brokers. Called on the
 * event loop of its channel; must not block.
 */
public interface LinkupLegacyLocalPeers {

  /**
   * Whether a peer with this id is connected to this node; other nodes are members of their own. A
   * peer counts from its claim on, even while it may still lose the id.
   *
   * @return may complete on any thread; a failure counts as no
   */
  Future<Boolean> isHere(String id);

  /**
   * Delivers a signal of another broker. Ignored if {@code to} is not connected to this node, since
   * signals are published to all.
   *
   * @param signal any JSON value
   */
  void deliver(String from, String to, Bytes signal);
}
