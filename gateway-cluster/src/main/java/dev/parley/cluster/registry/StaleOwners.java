package dev.parley.cluster.registry;

import dev.parley.hub.Recipient;
import dev.parley.signal.PeerAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;

/**
 * Sessions with signals in flight from an id that another session may own by now. A session becomes
 * a stale owner when the node has lost its id and it has not been notified yet, or when it gives
 * the id up before the rejoining node has taken it back. It is kept until it owns the id again, or
 * is garbage-collected. Thread-safe.
 */
public final class StaleOwners {

  private final Map<Recipient, Set<PeerAddress>> stale = new WeakHashMap<>();
  /** A shortcut: usually there are none, and every signal to another node asks. */
  private volatile boolean some;

  /** Another session may own the id of a registration. */
  synchronized void add(Registration registration) {
    some = true;
    stale.computeIfAbsent(registration.recipient(), session -> new TreeSet<>())
        .add(registration.address());
  }

  /** The registration owns its id, or owned it until it was given up. */
  synchronized void remove(Registration registration) {
    Set<PeerAddress> of = stale.get(registration.recipient());
    if (of != null && of.remove(registration.address()) && of.isEmpty()) {
      stale.remove(registration.recipient());
      some = !stale.isEmpty();
    }
  }

  /** Whether signals of a session from an id must be dropped. */
  public boolean has(Recipient session, PeerAddress address) {
    return some && contains(session, address);
  }

  private synchronized boolean contains(Recipient session, PeerAddress address) {
    Set<PeerAddress> of = stale.get(session);
    return of != null && of.contains(address);
  }
}
