package dev.parley.peerolator;

import dev.parley.signal.Content;

/**
 * A signal of a peer of another dialect to one of this dialect.
 *
 * @param from the sender
 * @param to the recipient
 * @param conversation the recipient's key of the conversation; empty for a custom message, which
 *     belongs to none
 */
record PeerolatorForeignMessage(String from, String to, String conversation, Content content) {

  /** Another content of the same conversation. */
  PeerolatorForeignMessage with(Content other) {
    return new PeerolatorForeignMessage(from, to, conversation, other);
  }
}
