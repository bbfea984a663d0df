package dev.parley.dialect;

/**
 * The way to publish/subscribe channels of a message broker outside the gateway, for a dialect
 * whose original servers talk to each other there. Any thread.
 */
@FunctionalInterface
public interface Channels {

  /**
   * This node's end of a channel. Nothing is connected before {@link Channel#join}; what was joined
   * is left when the node stops.
   *
   * @param name what the channel is called there
   * @throws dev.parley.config.ConfigurationException (with an empty key) if {@code broker} is of
   *     another kind
   */
  Channel channel(Broker broker, String name);
}
