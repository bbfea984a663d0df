package dev.parley.cluster.script;

import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a page of the peers of a realm; see list.lua.
 *
 * @param realm the realm
 * @param after the arrival to resume behind
 * @param most the page size
 */
public record ListCommand(String realm, String after, int most)
    implements Command<ListCommand.Page> {

  /** {@link #after} of the first page. */
  public static final String BEGINNING = "0";

  /**
   * A page of peers.
   *
   * @param peers in order of arrival
   * @param after where the next page begins; empty on the last page
   */
  public record Page(List<Peer> peers, Optional<String> after) {}

  @Override
  public void write(Request call) {
    call.arg("list").arg(realm).arg(after).arg(most);
  }

  /** Weighted by the work in Redis, which exceeds the bytes of the call. */
  @Override
  public int size() {
    return 160 * (1 + most);
  }

  @Override
  public Page read(String result) {
    List<String> page = JsonLists.texts(result);
    if (page.size() % 2 == 0) {
      throw new IllegalArgumentException(result);
    }
    List<Peer> peers = new ArrayList<>(page.size() / 2);
    for (int i = 1; i < page.size(); i += 2) {
      peers.add(new Peer(new PeerAddress(realm, page.get(i)), page.get(i + 1)));
    }
    return new Page(peers, page.get(0).isEmpty() ? Optional.empty() : Optional.of(page.get(0)));
  }
}
