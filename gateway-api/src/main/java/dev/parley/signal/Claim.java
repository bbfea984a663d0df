package dev.parley.signal;

import org.jspecify.annotations.Nullable;

/**
 * A session asks to be the owner of an id.
 *
 * @param address the id
 * @param token a secret that lets a later session with the same token take the id over; null if
 *     this claim never yields
 * @param mayTakeFree whether an id that nobody owns may be granted; false at a limit, where only
 *     taking over with the token is left
 */
public record Claim(PeerAddress address, @Nullable String token, boolean mayTakeFree) {

  /** An id is not held for a longer token when its connection is lost; in characters. */
  public static final int LONGEST_HELD_TOKEN = 128;

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
