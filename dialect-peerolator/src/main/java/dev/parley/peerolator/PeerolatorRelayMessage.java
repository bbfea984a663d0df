package dev.parley.peerolator;

import dev.parley.signal.Undelivered;
import org.jspecify.annotations.Nullable;

/**
 * What the relay itself sends; what peers send is relayed as {@link
 * dev.parley.signal.Signal}.
 */
sealed interface PeerolatorRelayMessage {

  /** The id of the relay; peers of other dialects with this id are refused. */
  String RELAY = "0";

  /** The recipient. */
  String to();

  /**
   * The first message to a peer.
   *
   * @param to the peer, and its id
   * @param serverInfo the info of the server: that of a client, or the peer itself
   * @param iceServers the STUN and TURN servers for the peer, as JSON; null for none
   */
  record Hello(String to, @Nullable String serverInfo, @Nullable String iceServers)
      implements PeerolatorRelayMessage {}

  /** To a server: it has a new client. */
  record PeerJoined(String to, String peer) implements PeerolatorRelayMessage {}

  /** To a server: a client has left. To a client: its server has. */
  record PeerGone(String to, String peer) implements PeerolatorRelayMessage {}

  /**
   * In the name of another peer: a request was not delivered to it.
   *
   * @param peer the recipient of the request
   * @param conversation the conversation that the request belongs to; null if it names none
   * @param cause why it was not delivered
   */
  record Unavailable(String to, String peer, @Nullable String conversation, Undelivered.Cause cause)
      implements PeerolatorRelayMessage {}
}
