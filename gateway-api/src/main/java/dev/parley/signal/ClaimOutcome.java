package dev.parley.signal;

/** The answer to a {@link Claim}. */
public sealed interface ClaimOutcome extends Delivery {

  /** The id that was claimed. */
  PeerAddress address();

  /**
   * The session owns the id from now on. Held signals for it follow at once, in order.
   *
   * @param address the id
   * @param tookOver whether another session with the same token owned it until now
   */
  record Granted(PeerAddress address, boolean tookOver) implements ClaimOutcome {}

  /** Another session owns the id. */
  record Taken(PeerAddress address) implements ClaimOutcome {}

  /** The id is free, but the claim was for a take-over only. */
  record NotOwned(PeerAddress address) implements ClaimOutcome {}

  /**
   * No session can have this id.
   *
   * @param address the claimed id
   * @param objection why, in a few words for the client
   */
  record Invalid(PeerAddress address, String objection) implements ClaimOutcome {}

  /** The client may not own this id. */
  record Forbidden(PeerAddress address) implements ClaimOutcome {}

  /** The hub is unavailable, and grants nothing. */
  record Unavailable(PeerAddress address) implements ClaimOutcome {}
}
