package dev.parley.bench.report;

import java.util.List;

/**
 * How clusters are measured.
 *
 * @param nodes of how many nodes clusters are that pass signals on
 * @param peers that are claimed at once, beside a tenth of them that are there before
 * @param joins users that join a room at once
 */
public record ClusterSetting(List<Integer> nodes, int peers, int joins) {

  /** A tenth of them is claimed first, and they are spread over three hubs. */
  private static final int FEWEST_PEERS = 100;

  /**
   * Refuses what cannot be measured.
   *
   * @throws IllegalArgumentException if a number is too small
   */
  public ClusterSetting {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty() || nodes.stream().anyMatch(count -> count < 2)
        || nodes.stream().distinct().count() < nodes.size()) {
      throw new IllegalArgumentException("nodes: different numbers from 2 expected");
    }
    if (peers < FEWEST_PEERS) {
      throw new IllegalArgumentException("peers: a number from " + FEWEST_PEERS + " expected");
    }
    if (joins < 2) {
      throw new IllegalArgumentException("joins: a number from 2 expected");
    }
  }
}
