package dev.parley.hub.local;

import dev.parley.hub.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one id in the hub's table: an owner, or a mailbox. An id with neither has no entry.
 */
sealed interface LocalEntry permits LocalEntry.Owned, Mailbox {

  /**
   * A peer owns the id.
   *
   * @param owner the session
   * @param token lets a later session take over, if it has the same one
   * @param arrival the position among all owners, for lists in order of arrival; kept at a
   *     take-over
   * @param watchers notified when the id becomes free; kept at a take-over
   */
  record Owned(Recipient owner, @Nullable String token, long arrival, Watchers watchers)
      implements LocalEntry {

    /** The same entry with another owner. */
    Owned passedTo(Recipient next, @Nullable String itsToken) {
      return new Owned(next, itsToken, arrival, watchers);
    }

    boolean yieldsTo(@Nullable String other) {
      return token != null && token.equals(other);
    }
  }
}
