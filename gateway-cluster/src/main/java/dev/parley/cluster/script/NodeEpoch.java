package dev.parley.cluster.script;

/**
 * One epoch of one node: owns peers and an inbox in Redis. A node that was fenced rejoins with a
 * new epoch; a past one never comes back.
 *
 * @param node the node, {@code [a-z0-9]+}, new at each start
 * @param epoch counts the epochs of the node
 */
public record NodeEpoch(String node, long epoch) {

  /** Its name in Redis. */
  @Override
  public String toString() {
    return node + ":" + epoch;
  }
}
