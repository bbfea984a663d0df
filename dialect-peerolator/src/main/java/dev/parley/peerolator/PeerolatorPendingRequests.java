package dev.parley.peerolator;

import dev.parley.dialect.support.BoundedMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the own peer, whose failed delivery is reported, with their conversations. Event
 * loop only.
 */
final class PeerolatorPendingRequests {

  private static final int MAX_REQUESTS = 256;
  private static final int MAX_KEY = 256;

  private final BoundedMap<Long, String> conversations = new BoundedMap<>(MAX_REQUESTS);
  private long last;

  /**
   * @param first references up to this one are those of the session
   */
  PeerolatorPendingRequests(long first) {
    this.last = first;
  }

  /** Adds a request; returns its reference. */
  long add(@Nullable String conversation) {
    long reference = ++last;
    if (conversation != null && conversation.length() <= MAX_KEY) {
      conversations.put(reference, conversation);
    }
    return reference;
  }

  /** Removes a request that failed; returns its conversation, if it is known. */
  @Nullable
  String remove(long reference) {
    return conversations.remove(reference);
  }
}
