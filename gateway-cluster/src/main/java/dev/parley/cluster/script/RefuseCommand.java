package dev.parley.cluster.script;

import dev.parley.signal.Undelivered.Cause;
import io.vertx.redis.client.Request;

/**
 * Refuses a signal to its sender; see refuse.lua.
 *
 * @param cause why
 * @param envelope the signal as it came, or sealed again without its payload
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never written to
public record RefuseCommand(Cause cause, byte[] envelope) implements Command<Boolean> {

  @Override
  public void write(Request call) {
    call.arg("refuse").arg(cause.name()).arg(envelope);
  }

  /** Whether that is done; false if it is to be retried later. */
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
