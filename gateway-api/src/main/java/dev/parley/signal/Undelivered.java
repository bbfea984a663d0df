package dev.parley.signal;

/**
 * A signal of this session did not reach its recipient, and never will.
 *
 * @param from the sender, who is told
 * @param to the peer that it was for
 * @param kind what the signal meant; for a bundle that expired together, its first
 * @param reference the sender's number for it, see {@link Signal#reference()}
 * @param cause why
 */
public record Undelivered(PeerAddress from, PeerAddress to, SignalKind kind, long reference,
    Cause cause) implements Delivery {

  /** The refusal of {@code signal}. */
  public static Undelivered of(Signal signal, Cause cause) {
    return new Undelivered(signal.from(), signal.to(), signal.kind(), signal.reference(), cause);
  }

  /** Why a signal was not delivered. */
  public enum Cause {
    /** Nobody has that id, and the signal was not to be held. */
    ABSENT,
    /** It was held, and nobody came for it in time. */
    EXPIRED,
    /** A mailbox or a queue on the way is at its bound. */
    FULL,
    /** The recipient's connection ended before the signal was written to it. */
    GONE,
    /** The recipient, or the gateway on its behalf, does not want it. */
    REJECTED,
    /** The recipient speaks a dialect in which this cannot be said. */
    UNTRANSLATABLE,
    /** The cluster cannot be reached. */
    UNAVAILABLE
  }
}
