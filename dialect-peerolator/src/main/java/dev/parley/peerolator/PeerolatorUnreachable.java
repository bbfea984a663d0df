package dev.parley.peerolator;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.signal.Undelivered.Cause;

/** How the failed delivery of an offer or answer is reported to its sender. */
public enum PeerolatorUnreachable {
  /** By a message of the type UNAVAILABLE, one for each. */
  @JsonProperty("message") MESSAGE,
  /** By PEER_GONE, once, if the sender knows the peer: a message of the original protocol. */
  @JsonProperty("gone") GONE;

  /** Whether a retry is useless, so that the recipient counts as gone. */
  static boolean isFinal(Cause cause) {
    return switch (cause) {
      case ABSENT, EXPIRED, GONE, REJECTED, FORBIDDEN, UNTRANSLATABLE -> true;
      case FULL, UNAVAILABLE -> false;
    };
  }
}
