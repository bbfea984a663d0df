package dev.parley.dialect;

/**
 * What a node offers a dialect.
 *
 * @param jsonDepth the deepest nesting of a JSON message; the dialect has to enforce it, since it
 *     parses its input
 * @param channels publish/subscribe channels outside the gateway, for a dialect that needs them
 * @param counters registers the dialect's metrics
 * @param ids makes the ids that the dialect's server chooses
 * @param iceServers the STUN and TURN servers for clients, for a dialect whose first message has
 *     room for them; every mount has them at {@code /ice} as well
 */
public record DialectContext(
    int jsonDepth, Channels channels, Counters counters, ServerIds ids, IceServers iceServers) {

  /** Without STUN and TURN servers. */
  public DialectContext(int jsonDepth, Channels channels, Counters counters, ServerIds ids) {
    this(jsonDepth, channels, counters, ids, IceServers.NONE);
  }

  /** With the dialect's own ids. */
  public DialectContext(int jsonDepth, Channels channels, Counters counters) {
    this(jsonDepth, channels, counters, ServerIds.USUAL);
  }

  /** Without metrics. */
  public DialectContext(int jsonDepth, Channels channels) {
    this(jsonDepth, channels, Counters.NONE);
  }
}
