package dev.parley.hub.local;

import dev.parley.hub.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * What the hub knows of one id: somebody owns it, or something waits for it. An id with neither has
 * no place.
 */
sealed interface Place permits Place.Owned, Mailbox {

  /**
   * Somebody is there.
   *
   * @param owner the session
   * @param token lets a later session take over, if it knows it
   * @param arrival the position among all owners, for lists in order of arrival; kept when a
   *     session takes over
   * @param watchers who is told when nobody owns it any more; kept likewise
   */
  record Owned(Recipient owner, @Nullable String token, long arrival, Watchers watchers)
      implements Place {

    /** The same place with another session in it. */
    Owned passedTo(Recipient next, @Nullable String itsToken) {
      return new Owned(next, itsToken, arrival, watchers);
    }

    boolean yieldsTo(@Nullable String other) {
      return token != null && token.equals(other);
    }
  }
}
