package dev.parley.cluster.roster;

import dev.parley.hub.Recipient;
import dev.parley.signal.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * One session's hold, or attempt to get hold, of one id. The cluster knows it by its number. What
 * can change is guarded by the place of the id: touched only inside an atomic update of it.
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

  /** Whether everything that was asked of the cluster before the claim has been answered. */
  boolean isConfirmed() {
    return confirmedIn > 0;
  }

  /** Whether that is so in this generation: the claim by which the node took the id back counts. */
  boolean isConfirmedIn(int generation) {
    return confirmedIn == generation;
  }

  void confirm(int generation) {
    confirmedIn = Math.max(confirmedIn, generation);
  }

  /** Whether the session wants it no more, although it may still be granted. */
  boolean isGivenUp() {
    return givenUp;
  }

  void giveUp() {
    givenUp = true;
  }
}
