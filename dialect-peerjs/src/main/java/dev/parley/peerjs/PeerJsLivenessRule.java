package dev.parley.peerjs;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What counts as a sign of life of a client. */
public enum PeerJsLivenessRule {
  /** Any frame: a message of any type, a ping, a pong. */
  @JsonProperty("transport") TRANSPORT,
  /** HEARTBEAT messages alone, as at a PeerServer of version 0.3 or later. */
  @JsonProperty("heartbeat") HEARTBEAT
}
