package dev.parley.peerolator;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a peer is told that its offer or answer reached nobody. */
public enum Unreachable {
  /** By a message of the type UNAVAILABLE, one for each. */
  @JsonProperty("message") MESSAGE,
  /** By PEER_GONE, if it has been told of that peer, once: nothing that the protocol has not. */
  @JsonProperty("gone") GONE
}
