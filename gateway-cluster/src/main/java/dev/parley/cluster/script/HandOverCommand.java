package dev.parley.cluster.script;

import dev.parley.signal.Undelivered.Cause;
import io.vertx.redis.client.Request;

/**
 * Refuses a signal to its sender, or hands that over to the node that cleans up this epoch; see
 * hand-over.lua.
 *
 * @param cause why
 * @param envelope the signal as it came, or sealed again without its payload
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never written to
public record HandOverCommand(Cause cause, byte[] envelope) implements Command<Boolean> {

  @Override
  public void write(Request call) {
    call.arg("hand_over").arg(cause.name()).arg(envelope);
  }

  /** Whether the refusal is taken care of; false if this epoch is already over. */
  @Override
  public Boolean read(String result) {
    return switch (result) {
      case "1" -> true;
      case "0" -> false;
      default -> throw new IllegalArgumentException(result);
    };
  }

  @Override
  public int size() {
    return 160 + envelope.length;
  }
}
