package dev.parley.peerolator;

import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;
import org.jspecify.annotations.Nullable;

/** What a peer sends. */
sealed interface PeerolatorPeerMessage {

  /**
   * A message to another peer.
   *
   * @param from its own id, as it claims; null if it does not
   * @param to the recipient
   * @param type any, see {@link PeerolatorMessageType}
   * @param kind the kind of its signal
   * @param message any JSON value
   * @param conversation the conversation that the message names; null if none
   */
  record Relay(
      @Nullable String from, String to, String type, SignalKind kind, Bytes message,
      @Nullable String conversation)
      implements PeerolatorPeerMessage {}

  /**
   * Not a message.
   *
   * @param why what is wrong, of {@link PeerolatorErrors}
   */
  record Malformed(String why) implements PeerolatorPeerMessage {}
}
