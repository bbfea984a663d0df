package dev.parley.cluster.registry;

import org.jspecify.annotations.Nullable;

/** A claim in progress. Compared by identity. */
public final class PendingClaim {

  private final Registration registration;
  private final @Nullable String token;
  private final boolean again;
  private final int epoch;

  PendingClaim(
      Registration registration, @Nullable String token, boolean again, int epoch) {
    this.registration = registration;
    this.token = token;
    this.again = again;
    this.epoch = epoch;
  }

  /** The registration that it is for. */
  public Registration registration() {
    return registration;
  }

  /** Proves to later sessions' claims that they may take the id over. */
  public @Nullable String token() {
    return token;
  }

  /** Whether the node claims an id again, which the session already owns, in a new epoch. */
  public boolean isAgain() {
    return again;
  }

  /** See {@link EpochCounter}. */
  public int epoch() {
    return epoch;
  }
}
