package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;

/**
 * Ends a watch of the node; see unwatch.lua.
 *
 * @param address the id
 */
public record UnwatchCommand(PeerAddress address) implements Command<Done> {

  @Override
  public void write(Request call) {
    call.arg("unwatch").arg(address.toString());
  }

  @Override
  public Done read(String result) {
    return Command.only("", result, Done.DONE);
  }
}
