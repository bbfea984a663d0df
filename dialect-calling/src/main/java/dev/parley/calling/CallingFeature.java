package dev.parley.calling;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The features of the protocol. Requests of a disabled feature are unknown. */
public enum CallingFeature {
  /** A client receives its id when it connects. */
  @JsonProperty("hello") HELLO,
  /** Pings of the protocol's own, beside those of WebSocket. */
  @JsonProperty("ping") PING,
  /** A user's own status. */
  @JsonProperty("status") STATUS,
  @JsonProperty("rooms") ROOMS,
  @JsonProperty("namespaces") NAMESPACES,
  @JsonProperty("invitations") INVITATIONS
}
