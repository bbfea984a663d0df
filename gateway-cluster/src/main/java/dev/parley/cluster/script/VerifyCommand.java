package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;
import java.util.List;

/**
 * Verifies that entries of a node still exist; see verify.lua.
 *
 * @param items the entries
 */
public record VerifyCommand(List<Item> items) implements Command<Integer> {

  /** An entry that must exist. */
  public sealed interface Item {

    /** A registration owns an id. */
    record OwnedId(PeerAddress address, long registration) implements Item {}

    /**
     * A registration owns a user.
     *
     * @param name the last part of the name of the user's record
     */
    record OwnedUser(PeerAddress address, String name, long registration) implements Item {}

    /** The node watches an id. */
    record WatchedId(PeerAddress address) implements Item {}
  }

  @Override
  public void write(Request call) {
    call.arg("verify").arg(3 * items.size());
    for (Item item : items) {
      switch (item) {
        case Item.OwnedId(PeerAddress address, long number) ->
            call.arg("p" + number).arg(address.toString()).arg("");
        case Item.OwnedUser(PeerAddress address, String name, long number) ->
            call.arg("u" + number).arg(address.toString()).arg(name);
        case Item.WatchedId(PeerAddress address) -> call.arg("w").arg(address.toString()).arg("");
      }
    }
  }

  /** The number of missing entries. */
  @Override
  public Integer read(String result) {
    return Integer.valueOf(result);
  }

  @Override
  public int size() {
    return 160 * (1 + items.size());
  }
}
