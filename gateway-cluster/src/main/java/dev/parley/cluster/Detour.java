package dev.parley.cluster;

/**
 * Marks the signals that one node sends through Redis although their recipient may be here, in one
 * generation: when such a signal comes back, the way is free again.
 *
 * @param node which node
 * @param generation see {@link dev.parley.cluster.roster.Roster#generation()}
 */
record Detour(String node, int generation) {

  /** What goes with the signal; on another signal there is nothing, or another one's mark. */
  String mark() {
    return node + "/" + generation;
  }
}
