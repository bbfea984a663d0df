package dev.parley.peerolator;

import dev.parley.signal.Undelivered;
import org.jspecify.annotations.Nullable;

/**
 * What the relay says in its own name; what peers say is relayed as {@link
 * dev.parley.signal.Signal}.
 */
sealed interface PeerolatorRelayMessage {

  /** What the relay calls itself. No peer has this id, or is heard if it has. */
  String RELAY = "0";

  /** Whom it is for. */
  String to();

  /**
   * The first thing that a peer is told.
   *
   * @param to the peer, and its id
   * @param serverInfo what its server, or it itself if it is one, wants clients to know
   */
  record Hello(String to, @Nullable String serverInfo) implements PeerolatorRelayMessage {}

  /** To a server: it has a new client. */
  record PeerJoined(String to, String peer) implements PeerolatorRelayMessage {}

  /** To a server: a client has left. To a client: its server has. */
  record PeerGone(String to, String peer) implements PeerolatorRelayMessage {}

  /**
   * In the name of another peer: what was asked of it did not reach it, and never will.
   *
   * @param peer the one that was asked
   * @param conversation which of the conversations with it; null if that was not said
   * @param cause why
   */
  record Unavailable(String to, String peer, @Nullable String conversation, Undelivered.Cause cause)
      implements PeerolatorRelayMessage {}
}
