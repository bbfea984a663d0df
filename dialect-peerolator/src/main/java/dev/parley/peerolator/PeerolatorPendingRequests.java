package dev.parley.peerolator;

import org.jspecify.annotations.Nullable;

/**
 * Those messages of the own peer whose loss it is told of: it waits for what follows from them.
 * Event loop only.
 */
final class PeerolatorPendingRequests {

  private static final int MOST = 256;
  private static final int LONGEST_CONVERSATION = 256;

  private final PeerolatorRecent<Long, String> conversations = new PeerolatorRecent<>(MOST);
  private long last;

  /**
   * @param first references up to this one are somebody else's
   */
  PeerolatorPendingRequests(long first) {
    this.last = first;
  }

  /** A new request; its reference. */
  long add(@Nullable String conversation) {
    long reference = ++last;
    if (conversation != null && conversation.length() <= LONGEST_CONVERSATION) {
      conversations.put(reference, conversation);
    }
    return reference;
  }

  /** The conversation of a request that is lost, if it is known. */
  @Nullable
  String remove(long reference) {
    return conversations.remove(reference);
  }
}
