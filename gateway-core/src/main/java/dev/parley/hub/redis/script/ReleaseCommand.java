package dev.parley.hub.redis.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;

/**
 * Gives an id up; see release.lua.
 *
 * @param address the id
 * @param number the registration; if it does not own the id, nothing happens
 */
public record ReleaseCommand(PeerAddress address, long number) implements Command<Done> {

  @Override
  public void write(Request call) {
    call.arg("release").arg(address.toString()).arg(number);
  }

  @Override
  public Done read(String result) {
    return Command.only("", result, Done.DONE);
  }
}
