package dev.parley.peerolator;

import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;
import org.jspecify.annotations.Nullable;

/** What a peer says. */
sealed interface PeerolatorPeerMessage {

  /**
   * For another peer.
   *
   * @param from who it says it is; null if it does not say
   * @param to whom it is for
   * @param type what the two call it
   * @param kind what it means
   * @param message any JSON value
   * @param conversation which conversation the message speaks of; null if of none
   */
  record Relay(
      @Nullable String from, String to, String type, SignalKind kind, Bytes message,
      @Nullable String conversation)
      implements PeerolatorPeerMessage {}

  /**
   * Not a message.
   *
   * @param why what is wrong, in a few words that fit a close frame
   */
  record Malformed(String why) implements PeerolatorPeerMessage {}
}
