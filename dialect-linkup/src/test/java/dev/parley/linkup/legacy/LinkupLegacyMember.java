package dev.parley.linkup.legacy;

import java.util.Set;
import java.util.concurrent.BlockingQueue;

/** A member of the cluster with peers: a scripted broker or a node of ours. */
interface LinkupLegacyMember extends AutoCloseable {

  /** Its own peers. */
  Set<String> peers();

  /** Asks the others whether one of them knows a peer; false, too, after a time-out. */
  boolean asks(String id);

  /** Sends a signal of one of its peers to the others. */
  void signals(String from, String to, String signal);

  /** The signals for its own peers, as {@code from>to:signal}. */
  BlockingQueue<String> delivered();

  @Override
  void close();
}
