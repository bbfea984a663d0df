package dev.parley.cluster.registry;

/**
 * Marks the signals that this node sends through Redis, within one epoch, to ids that are known on
 * this node. When such a signal returns, it is no longer in flight.
 *
 * @param epoch see {@link EpochCounter}
 * @param text the form that travels with a signal; other signals carry none, or that of another
 *     node
 */
public record InFlightMark(int epoch, String text) {

  static InFlightMark of(String node, int epoch) {
    return new InFlightMark(epoch, node + "/" + epoch);
  }
}
