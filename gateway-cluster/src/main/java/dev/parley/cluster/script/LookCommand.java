package dev.parley.cluster.script;

import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;
import java.util.Optional;

/**
 * Asks for the owner of an id; see find.lua.
 *
 * @param address the id
 */
public record LookCommand(PeerAddress address) implements Command<Optional<Peer>> {

  @Override
  public void write(Request call) {
    call.arg("find").arg(address.toString());
  }

  @Override
  public Optional<Peer> read(String result) {
    return dialect(result).map(dialect -> new Peer(address, dialect));
  }

  /** The dialect of the owner; empty if there is none. */
  static Optional<String> dialect(String result) {
    if (result.equals("0")) {
      return Optional.empty();
    }
    if (result.startsWith("1 ")) {
      return Optional.of(result.substring(2));
    }
    throw new IllegalArgumentException(result);
  }
}
