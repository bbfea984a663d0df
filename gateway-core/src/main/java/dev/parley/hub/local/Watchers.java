package dev.parley.hub.local;

import dev.parley.hub.Recipient;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Presence;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The watchers of one id. Guarded by the entry of that id in the hub's table: accessed only inside
 * an atomic update of it.
 */
final class Watchers {

  /** Null while there is no watcher: most ids are never watched. */
  private @Nullable Set<Recipient> all;

  void add(Recipient watcher) {
    if (all == null) {
      all = Collections.newSetFromMap(new IdentityHashMap<>(4));
    }
    all.add(watcher);
  }

  void remove(Recipient watcher) {
    if (all != null) {
      all.remove(watcher);
    }
  }

  void tellDeparted(PeerAddress address) {
    if (all != null) {
      all.forEach(watcher -> watcher.deliver(new Presence.Departed(address)));
    }
  }
}
