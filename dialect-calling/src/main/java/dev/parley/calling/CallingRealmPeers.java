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
 * The peers of other dialects in one realm, for all sessions of a node that want to know: it is
 * asked for by one of them, whose answer serves the others, too. Any thread.
 */
final class CallingRealmPeers {

  /** How often a session may ask; what it is told is half as old at most. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final String realm;

  private volatile Map<String, String> latest = Map.of();
  private @Nullable Future<Map<String, String>> asked;
  private long askedAt;

  CallingRealmPeers(String realm) {
    this.realm = realm;
  }

  /**
   * The dialects of all peers by id, in the order in which they came; the same map as long as
   * nothing has changed. Completed on any thread, or never if the session ends that had asked.
   *
   * @param now the time, as {@link System#nanoTime} has it
   */
  Future<Map<String, String>> peers(Switchboard switchboard, long now) {
    Promise<Map<String, String>> answer = Promise.promise();
    synchronized (this) {
      if (asked != null && now - askedAt < INTERVAL.toNanos() / 2) {
        return asked;
      }
      askedAt = now;
      asked = answer.future();
    }
    // Not while others are kept waiting: in memory, the list is made on the spot.
    switchboard.list(realm).map(this::told).onComplete(answer);
    return answer.future();
  }

  private Map<String, String> told(List<Peer> peers) {
    Map<String, String> foreign = new LinkedHashMap<>();
    for (Peer peer : peers) {
      if (!peer.dialect().equals(CallingDialect.NAME)) {
        foreign.put(peer.address().id(), peer.dialect());
      }
    }
    if (!foreign.equals(latest)) {
      latest = foreign;
    }
    return latest;
  }
}
