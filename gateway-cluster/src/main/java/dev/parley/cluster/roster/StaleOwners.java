package dev.parley.cluster.roster;

import dev.parley.hub.Recipient;
import dev.parley.signal.PeerAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;

/**
 * Which sessions may have signals on their way from an id that another session may own by now. That
 * is so if the node has lost the id, and its session has yet to hear of it; and if the session has
 * given the id up before the node had taken it back for its new seat, as then it never does. Kept
 * until the session owns the id again, or is no longer in memory. Any thread.
 */
final class StaleOwners {

  private final Map<Recipient, Set<PeerAddress>> stale = new WeakHashMap<>();
  /** Mostly there are none, and every signal to another node asks. */
  private volatile boolean some;

  /** The id of a registration may be another's. */
  synchronized void add(Registration registration) {
    some = true;
    stale.computeIfAbsent(registration.recipient(), session -> new TreeSet<>())
        .add(registration.address());
  }

  /** The id of a registration is, or was until it was given up, its own. */
  synchronized void remove(Registration registration) {
    Set<PeerAddress> of = stale.get(registration.recipient());
    if (of != null && of.remove(registration.address()) && of.isEmpty()) {
      stale.remove(registration.recipient());
      some = !stale.isEmpty();
    }
  }

  /** Whether what a session sends from an id must not go out. */
  boolean has(Recipient session, PeerAddress address) {
    return some && contains(session, address);
  }

  private synchronized boolean contains(Recipient session, PeerAddress address) {
    Set<PeerAddress> of = stale.get(session);
    return of != null && of.contains(address);
  }
}
