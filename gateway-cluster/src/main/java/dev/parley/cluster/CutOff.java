package dev.parley.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a node does that has not reached Redis for longer than its lease. */
public enum CutOff {
  /** It goes on serving its clients among each other; those who lose their id are closed later. */
  @JsonProperty("serve") SERVE,
  /** It closes its clients, so that they come back to another node. */
  @JsonProperty("stop") STOP
}
