package dev.parley.signal;

import org.jspecify.annotations.Nullable;

/**
 * A session's request to own an id.
 *
 * @param address the id
 * @param token a secret that lets a later session with the same token take the id over; null if
 *     this claim never yields
 * @param mayTakeFree whether a free id may be granted; false at a limit, where only a take-over
 *     with the token is possible
 */
public record Claim(PeerAddress address, @Nullable String token, boolean mayTakeFree) {

  /** The longest token for which a lost id is held, in characters. */
  public static final int MAX_HELD_TOKEN = 128;

  /** A claim that no later session can take over. */
  public static Claim of(PeerAddress address) {
    return new Claim(address, null, true);
  }

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return "Claim[" + address + (mayTakeFree ? "]" : ", take-over only]");
  }
}
