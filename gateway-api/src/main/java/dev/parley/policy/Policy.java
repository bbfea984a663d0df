package dev.parley.policy;

import dev.parley.dialect.Handshake;
import dev.parley.identity.Identity;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Future;

/**
 * One entry of a realm's gate. The entries are asked in order, until one of them admits or denies
 * the client; a client that none of them knows is denied. The entry that has admitted a client
 * decides what it may do from then on.
 *
 * <p>One instance serves all event loops of a node concurrently. No method may block; all but
 * {@link #authenticate} answer at once, and {@link #maySend} is on the path of every signal. An
 * exception, or a failed future, denies.
 */
public interface Policy {

  /** Prepares; called once, before the first client. A failure stops the start of the node. */
  default Future<Void> start() {
    return Future.succeededFuture();
  }

  /**
   * Who the client is. Called on the event loop of the connection, before the upgrade of a
   * WebSocket and before each plain HTTP request that is not open to everyone. The node waits for
   * {@code limits.gate} at most. The verdict may come on any thread.
   */
  Future<Verdict> authenticate(Handshake handshake);

  /** Whether a client may own an id. */
  default boolean mayClaim(Identity identity, PeerAddress address) {
    return identity.ids().permits(address.id());
  }

  /** Whether a client may send a signal from one of its ids to a peer. */
  default boolean maySend(Identity identity, PeerAddress from, PeerAddress to) {
    return true;
  }

  /** Whether a client may create, join, or subscribe to a group. */
  default boolean mayJoin(Identity identity, GroupTarget group) {
    return true;
  }

  /** Stops; called once, when no client is left. */
  default Future<Void> close() {
    return Future.succeededFuture();
  }
}
