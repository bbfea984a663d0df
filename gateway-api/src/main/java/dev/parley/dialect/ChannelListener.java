package dev.parley.dialect;

import dev.parley.signal.Bytes;

/** Receives the messages of a {@link Channel}. Called on the channel's event loop, in order. */
public interface ChannelListener {

  /** The subscription is active: messages published from now on are received. */
  void connected();

  /** A message was published, possibly by this node. */
  void message(Bytes message);

  /**
   * The subscription is lost. Messages published until {@link #connected} is called again are
   * missed.
   */
  void disconnected();
}
