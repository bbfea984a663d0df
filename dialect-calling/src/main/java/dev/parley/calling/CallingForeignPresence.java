package dev.parley.calling;

import dev.parley.dialect.Connection;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.group.GroupEvent;
import dev.parley.group.NamespaceEvent.UserAdded;
import dev.parley.group.NamespaceEvent.UserRemoved;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows the peers of other dialects to a user that is subscribed to the configured namespace, as if
 * they were registered there. Event loop of the session only.
 */
final class CallingForeignPresence {

  private final String namespace;
  private final CallingRealmPeers realmPeers;
  private final Connection connection;
  private final Switchboard switchboard;
  private final Consumer<GroupEvent> client;

  private final Map<String, String> shown = new HashMap<>();
  private @Nullable Map<String, String> latest;
  private Connection.@Nullable Timer timer;

  /**
   * @param client sends events to the client
   */
  CallingForeignPresence(String namespace, CallingRealmPeers realmPeers, SessionContext context,
      Consumer<GroupEvent> client) {
    this.namespace = namespace;
    this.realmPeers = realmPeers;
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.client = client;
  }

  /** The user has subscribed to a namespace. */
  void begin(String to) {
    if (to.equals(namespace) && timer == null) {
      poll();
    }
  }

  /** The user has unsubscribed from a namespace. */
  void end(String to) {
    if (to.equals(namespace) && timer != null) {
      timer.cancel();
      timer = null;
      shown.clear();
      latest = null;
    }
  }

  /** If the hub is unavailable, the last result stands. */
  private void poll() {
    timer = connection.after(CallingRealmPeers.INTERVAL, this::poll);
    var unused = realmPeers.peers(switchboard, System.nanoTime())
        .onSuccess(peers -> switchboard.run(() -> show(peers)));
  }

  /** The same map means no change. */
  @SuppressWarnings("ReferenceEquality")
  private void show(Map<String, String> peers) {
    if (timer == null || peers == latest) {
      return;
    }
    latest = peers;
    new HashMap<>(shown).forEach((id, dialect) -> {
      if (!dialect.equals(peers.get(id))) {
        shown.remove(id);
        client.accept(new UserRemoved(namespace, id));
      }
    });
    peers.forEach((id, dialect) -> {
      if (shown.putIfAbsent(id, dialect) == null) {
        client.accept(new UserAdded(namespace, id, CallingEncoder.status(dialect)));
      }
    });
  }
}
