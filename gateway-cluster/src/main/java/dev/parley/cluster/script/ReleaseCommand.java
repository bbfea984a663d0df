package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;

/**
 * Gives an id up; see release.lua. Has no effect if the registration does not own the id.
 *
 * @param address the id
 * @param number the registration
 * @param lost whether its connection was lost, so that the id is held for its token
 */
public record ReleaseCommand(PeerAddress address, long number, boolean lost)
    implements Command<Done> {

  /** Gives an id up for good. */
  public ReleaseCommand(PeerAddress address, long number) {
    this(address, number, false);
  }

  @Override
  public void write(Request call) {
    call.arg("release").arg(address.toString()).arg(number).arg(lost ? 1 : 0);
  }

  @Override
  public Done read(String result) {
    return Command.only("", result, Done.DONE);
  }
}
