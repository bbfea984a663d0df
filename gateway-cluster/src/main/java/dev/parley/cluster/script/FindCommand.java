package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;

/**
 * Asks whether an id has an owner; see find.lua.
 *
 * @param address the id
 */
public record FindCommand(PeerAddress address) implements Command<Boolean> {

  @Override
  public void write(Request call) {
    call.arg("find").arg(address.toString());
  }

  @Override
  public Boolean read(String result) {
    return LookCommand.dialect(result).isPresent();
  }
}
