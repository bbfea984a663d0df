package dev.parley.cluster.membership;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Partition policy: what a node does that has been without Redis for longer than its lease. */
public enum PartitionPolicy {
  /** Keeps serving its clients among each other; those that lose their id are closed later. */
  @JsonProperty("serve") SERVE,
  /** Closes its clients, so that they reconnect to another node. */
  @JsonProperty("stop") STOP
}
