package dev.parley.signal;

/**
 * The session does not own the id any more, and not because it wanted so.
 *
 * @param address the id
 * @param reason why
 */
public record IdLost(PeerAddress address, Reason reason) implements Delivery {

  /** Why an id was lost. */
  public enum Reason {
    /** While this node was cut off from the cluster, somebody else got it. */
    TAKEN,
    /** This node is cut off from the cluster, and is not to serve meanwhile. */
    UNAVAILABLE,
    /**
     * This node has lost its place in the cluster, and with it whatever the session took part in;
     * the session must begin anew.
     */
    GROUPS_LOST
  }
}
