package dev.parley.dialect;

/**
 * What the node offers a dialect when it is made.
 *
 * @param jsonDepth how deeply a JSON message may be nested; the dialect has to hold it, because
 *     only it understands what it reads
 * @param channels the way to a message broker outside the gateway, for a dialect that needs one
 * @param counters counts what happens in the dialect, among the node's metrics
 */
public record Facilities(int jsonDepth, Channels channels, Counters counters) {

  /** Without metrics. */
  public Facilities(int jsonDepth, Channels channels) {
    this(jsonDepth, channels, Counters.NONE);
  }
}
