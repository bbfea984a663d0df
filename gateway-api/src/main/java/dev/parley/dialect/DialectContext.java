package dev.parley.dialect;

/**
 * What a node offers a dialect.
 *
 * @param jsonDepth the deepest nesting of a JSON message; the dialect has to enforce it, since it
 *     parses its input
 * @param channels publish/subscribe channels outside the gateway, for a dialect that needs them
 * @param counters registers the dialect's metrics
 */
public record DialectContext(int jsonDepth, Channels channels, Counters counters) {

  /** Without metrics. */
  public DialectContext(int jsonDepth, Channels channels) {
    this(jsonDepth, channels, Counters.NONE);
  }
}
