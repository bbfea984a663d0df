package dev.parley.signal;

/**
 * The session has lost the id, without having given it up.
 *
 * @param address the id
 * @param reason why
 */
public record IdLost(PeerAddress address, Reason reason) implements Delivery {

  /** Why an id was lost. */
  public enum Reason {
    /** Another session claimed it while this node was disconnected from the cluster. */
    TAKEN,
    /** This node is partitioned, and configured not to serve meanwhile. */
    UNAVAILABLE,
    /**
     * This node was fenced, and everything that the session took part in has ended; the session
     * must start over.
     */
    GROUPS_LOST
  }
}
