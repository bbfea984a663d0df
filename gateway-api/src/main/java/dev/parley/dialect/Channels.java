package dev.parley.dialect;

/**
 * Publish/subscribe channels of a message broker outside the gateway, for a dialect whose original
 * servers talk to each other there. Thread-safe.
 */
@FunctionalInterface
public interface Channels {

  /**
   * This node's end of a channel. Connects on {@link Channel#join}; joined channels are left when
   * the node stops.
   *
   * @param name the name of the channel at the broker
   * @throws dev.parley.config.ConfigurationException (with an empty key) if {@code broker} is of
   *     another kind
   */
  Channel channel(Broker broker, String name);
}
