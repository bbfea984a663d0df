package dev.parley.cluster.roster;

import org.jspecify.annotations.Nullable;

/**
 * A claim under way. Compared by identity.
 */
public final class PendingClaim {

  private final Registration registration;
  private final @Nullable String token;
  private final boolean again;
  private final int generation;

  PendingClaim(
      Registration registration, @Nullable String token, boolean again, int generation) {
    this.registration = registration;
    this.token = token;
    this.again = again;
    this.generation = generation;
  }

  /** Whose. */
  public Registration registration() {
    return registration;
  }

  /** Lets a later session take the id over. */
  public @Nullable String token() {
    return token;
  }

  /**
   * Whether the session owns the id already, and only the node claims it again after a new epoch.
   */
  public boolean isAgain() {
    return again;
  }

  /** See {@link Roster#generation()}. */
  public int generation() {
    return generation;
  }
}
