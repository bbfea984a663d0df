package dev.parley.dialect;

import dev.parley.signal.Bytes;

/** Hears what is said in a {@link Channel}. Called on the channel's event loop, in order. */
public interface ChannelListener {

  /** The subscription is there: what is published from now on is heard. */
  void connected();

  /** Somebody, perhaps this node, has published something. */
  void message(Bytes message);

  /**
   * The subscription is gone. What is published until {@link #connected} is called again is missed.
   */
  void disconnected();
}
