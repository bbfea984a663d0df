package dev.parley.cluster.registry;

import dev.parley.hub.Recipient;
import dev.parley.signal.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Ownership of one id by one session, granted or claimed. The cluster refers to it by its number.
 * Mutable state is guarded by the entry of the id: accessed only inside an atomic update of it.
 */
public final class Registration {

  private final long number;
  private final Recipient recipient;
  private final PeerAddress address;
  private @Nullable String token;
  private int confirmedIn;
  private boolean givenUp;

  Registration(long number, Recipient recipient, PeerAddress address) {
    this.number = number;
    this.recipient = recipient;
    this.address = address;
  }

  /** Unique among all registrations of this node, in all its epochs. */
  public long number() {
    return number;
  }

  /** The session. */
  public Recipient recipient() {
    return recipient;
  }

  /** The id. */
  public PeerAddress address() {
    return address;
  }

  @Nullable
  String token() {
    return token;
  }

  void setToken(@Nullable String value) {
    token = value;
  }

  /** Whether every command submitted before the claim has been answered. */
  boolean isConfirmed() {
    return confirmedIn > 0;
  }

  /**
   * Whether that holds in this epoch: it then includes the claim by which the node took the id
   * back.
   */
  boolean isConfirmedIn(int epoch) {
    return confirmedIn == epoch;
  }

  void confirm(int epoch) {
    confirmedIn = Math.max(confirmedIn, epoch);
  }

  /** Whether the session has given the id up, although it may still be granted. */
  boolean isGivenUp() {
    return givenUp;
  }

  void giveUp() {
    givenUp = true;
  }
}
