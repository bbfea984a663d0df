package dev.parley.cluster.script;

import io.vertx.redis.client.Request;

/**
 * Evicts an epoch, unless it has sent another heartbeat; see evict.lua.
 *
 * @param nodeEpoch the epoch
 * @param stamp its last known heartbeat; empty to end it in any case
 */
public record EvictCommand(String nodeEpoch, String stamp) implements Command<Boolean> {

  /** Ends an epoch in any case. */
  public static EvictCommand of(NodeEpoch nodeEpoch) {
    return new EvictCommand(nodeEpoch.toString(), "");
  }

  @Override
  public void write(Request call) {
    call.arg("evict").arg(nodeEpoch).arg(stamp);
  }

  /** Whether it has ended. */
  @Override
  public Boolean read(String result) {
    return switch (result) {
      case "1" -> true;
      case "0" -> false;
      default -> throw new IllegalArgumentException(result);
    };
  }
}
