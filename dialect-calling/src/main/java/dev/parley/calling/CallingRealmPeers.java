package dev.parley.calling;

import dev.parley.dialect.Switchboard;
import dev.parley.signal.Peer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The peers of other dialects in one realm, cached for all sessions of a node: one session lists
 * them, and the result serves the others, too. Any thread.
 */
final class CallingRealmPeers {

  /** How often a session may ask; the result is half as old at most. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final String realm;

  private volatile Map<String, String> latest = Map.of();
  private @Nullable Future<Map<String, String>> listing;
  private long listedAt;

  CallingRealmPeers(String realm) {
    this.realm = realm;
  }

  /**
   * The dialects of all peers by id, in the order of their arrival; the same map as long as nothing
   * has changed. Completed on any thread, or never if the session ends that lists them.
   *
   * @param now the time, as {@link System#nanoTime} has it
   */
  Future<Map<String, String>> peers(Switchboard switchboard, long now) {
    Promise<Map<String, String>> answer = Promise.promise();
    synchronized (this) {
      if (listing != null && now - listedAt < INTERVAL.toNanos() / 2) {
        return listing;
      }
      listedAt = now;
      listing = answer.future();
    }
    // Outside of the lock: in memory, the list is made synchronously.
    switchboard.list(realm).map(this::foreign).onComplete(answer);
    return answer.future();
  }

  private Map<String, String> foreign(List<Peer> peers) {
    Map<String, String> dialects = new LinkedHashMap<>();
    for (Peer peer : peers) {
      if (!peer.dialect().equals(CallingDialect.NAME)) {
        dialects.put(peer.address().id(), peer.dialect());
      }
    }
    if (!dialects.equals(latest)) {
      latest = dialects;
    }
    return latest;
  }
}
