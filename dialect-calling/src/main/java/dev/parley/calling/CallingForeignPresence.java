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
 * Shows the peers of other dialects to a user that is subscribed to the namespace that is for that,
 * as users that are registered there. Event loop of the session only.
 */
final class CallingForeignPresence {

  private final String namespace;
  private final CallingRealmPeers neighbourhood;
  private final Connection connection;
  private final Switchboard switchboard;
  private final Consumer<GroupEvent> client;

  private final Map<String, String> shown = new HashMap<>();
  private @Nullable Map<String, String> latest;
  private Connection.@Nullable Timer timer;

  /**
   * @param client is told who comes and goes
   */
  CallingForeignPresence(String namespace, CallingRealmPeers neighbourhood, SessionContext context,
      Consumer<GroupEvent> client) {
    this.namespace = namespace;
    this.neighbourhood = neighbourhood;
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.client = client;
  }

  /** The user is subscribed to a namespace. */
  void begin(String to) {
    if (to.equals(namespace) && timer == null) {
      look();
    }
  }

  /** The user is subscribed no longer. */
  void end(String to) {
    if (to.equals(namespace) && timer != null) {
      timer.cancel();
      timer = null;
      shown.clear();
      latest = null;
    }
  }

  /** If the hub cannot tell now, what was seen last stands. */
  private void look() {
    timer = connection.after(CallingRealmPeers.INTERVAL, this::look);
    var unused = neighbourhood.peers(switchboard, System.nanoTime())
        .onSuccess(peers -> switchboard.run(() -> see(peers)));
  }

  /** The map itself says whether anything has changed. */
  @SuppressWarnings("ReferenceEquality")
  private void see(Map<String, String> peers) {
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
