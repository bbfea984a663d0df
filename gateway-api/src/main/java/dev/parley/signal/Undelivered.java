package dev.parley.signal;

/**
 * A signal of this session was not delivered, and never will be.
 *
 * @param from the sender, who gets this notice
 * @param to the recipient
 * @param kind the kind of the signal; for a bundle that expired together, that of its first
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
    /** The id has no owner, and the signal was not to be held. */
    ABSENT,
    /** It was held, and its recipient did not connect in time. */
    EXPIRED,
    /** A mailbox or a queue on its path is at its bound. */
    FULL,
    /** The recipient's connection ended before the signal was written to it. */
    GONE,
    /** The recipient, or the gateway on its behalf, rejects it. */
    REJECTED,
    /** The sender may not send to this peer. */
    FORBIDDEN,
    /** It cannot be expressed in the recipient's dialect. */
    UNTRANSLATABLE,
    /** The cluster cannot be reached. */
    UNAVAILABLE
  }
}
