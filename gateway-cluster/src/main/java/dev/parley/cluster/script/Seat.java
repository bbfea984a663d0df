package dev.parley.cluster.script;

/**
 * One epoch of one node: what owns peers and an inbox in Redis. A node that was cut off takes a new
 * one; the former never comes back.
 *
 * @param node which node, {@code [a-z0-9]+}, new at each start
 * @param epoch counts the seats of the node
 */
public record Seat(String node, long epoch) {

  /** How Redis knows it. */
  @Override
  public String toString() {
    return node + ":" + epoch;
  }
}
