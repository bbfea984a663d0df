package dev.parley.cluster.script;

import io.vertx.redis.client.Request;

/**
 * Ends a seat, unless it has been heard of; see bury.lua.
 *
 * @param seat whose
 * @param stamp when it was last heard of, as far as is known; empty to end it in any case
 */
public record BuryCommand(String seat, String stamp) implements Command<Boolean> {

  /** Ends a seat in any case. */
  public static BuryCommand of(Seat seat) {
    return new BuryCommand(seat.toString(), "");
  }

  @Override
  public void write(Request call) {
    call.arg("bury").arg(seat).arg(stamp);
  }

  /** Whether it is over. */
  @Override
  public Boolean read(String result) {
    return switch (result) {
      case "1" -> true;
      case "0" -> false;
      default -> throw new IllegalArgumentException(result);
    };
  }
}
