package dev.parley.cluster.script;

import io.vertx.redis.client.Request;

/**
 * Evicts an epoch, unless it has sent another heartbeat; see bury.lua.
 *
 * @param seat the epoch
 * @param stamp its last known heartbeat; empty to end it in any case
 */
public record BuryCommand(String seat, String stamp) implements Command<Boolean> {

  /** Ends an epoch in any case. */
  public static BuryCommand of(Seat seat) {
    return new BuryCommand(seat.toString(), "");
  }

  @Override
  public void write(Request call) {
    call.arg("bury").arg(seat).arg(stamp);
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
