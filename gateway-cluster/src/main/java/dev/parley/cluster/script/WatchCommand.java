package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;

/**
 * Watches an id on behalf of the node; see watch.lua. The answer is an entry of the inbox.
 *
 * @param address the id
 * @param number correlates the answer
 */
public record WatchCommand(PeerAddress address, long number) implements Command<Boolean> {

  @Override
  public void write(Request call) {
    call.arg("watch").arg(address.toString()).arg(number);
  }

  /**
   * Whether the id is watched; false if Redis is out of memory. The inbox gets an answer all the
   * same.
   */
  @Override
  public Boolean read(String result) {
    return switch (result) {
      case "" -> true;
      case "M" -> false;
      default -> throw new IllegalArgumentException(result);
    };
  }
}
