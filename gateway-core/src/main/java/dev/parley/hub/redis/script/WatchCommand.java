package dev.parley.hub.redis.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;

/**
 * Watches an id on behalf of the node; see watch.lua. The answer is an entry of the inbox.
 *
 * @param address the id
 * @param number comes back with the answer
 */
public record WatchCommand(PeerAddress address, long number) implements Command<Done> {

  @Override
  public void write(Request call) {
    call.arg("watch").arg(address.toString()).arg(number);
  }

  @Override
  public Done read(String result) {
    return Command.only("", result, Done.DONE);
  }
}
