package dev.parley.cluster.routing;

/**
 * Marks the signals that one node sends through Redis to an id whose owner may be local, within one
 * epoch. When such a signal returns, it is no longer in flight, and local delivery to that id may
 * resume.
 *
 * @param node the sending node
 * @param epoch see {@link dev.parley.cluster.registry.LocalRegistry#epoch()}
 */
public record InFlightMark(String node, int epoch) {

  /** The mark that travels with the signal; other signals carry none, or that of another node. */
  public String mark() {
    return node + "/" + epoch;
  }
}
