package dev.parley.calling;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What clients get unless it is switched off. Requests of a feature that is off are unknown. */
public enum CallingFeature {
  /** A client is told its id when it connects. */
  @JsonProperty("hello") HELLO,
  /** Pings of the protocol's own, beside those of WebSocket. */
  @JsonProperty("ping") PING,
  /** A user's own status. */
  @JsonProperty("status") STATUS,
  @JsonProperty("rooms") ROOMS,
  @JsonProperty("namespaces") NAMESPACES,
  @JsonProperty("invitations") INVITATIONS
}
