package dev.parley.peerolator;

import dev.parley.signal.Content;

/**
 * What a peer of another dialect says, for one of ours.
 *
 * @param from who says it
 * @param to whom it is for
 * @param conversation the key by which the one who is told knows the conversation; empty for a
 *     custom message, which belongs to none
 * @param content what it says
 */
record PeerolatorForeignMessage(String from, String to, String conversation, Content content) {

  /** Something else that was said in the same conversation. */
  PeerolatorForeignMessage with(Content other) {
    return new PeerolatorForeignMessage(from, to, conversation, other);
  }
}
