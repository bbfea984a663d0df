package dev.parley.peerolator;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.signal.Undelivered.Cause;

/** How a peer is told that its offer or answer reached nobody. */
public enum PeerolatorUnreachable {
  /** By a message of the type UNAVAILABLE, one for each. */
  @JsonProperty("message") MESSAGE,
  /** By PEER_GONE, if it has been told of that peer, once: nothing that the protocol has not. */
  @JsonProperty("gone") GONE;

  /** Whether it is no use to try again: to the peer the other one is gone. */
  static boolean isFinal(Cause cause) {
    return switch (cause) {
      case ABSENT, EXPIRED, GONE, REJECTED, UNTRANSLATABLE -> true;
      case FULL, UNAVAILABLE -> false;
    };
  }
}
