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
   * {@code limits.gate} at most.
   */
  Future<Verdict> authenticate(Handshake handshake);

  /**
   * Whether a client may own an id. Asked for each claim, before the realm's own id policy; ids that
   * the client owns already stay its own.
   */
  default boolean mayClaim(Identity identity, PeerAddress address) {
    return identity.ids().permits(address.id());
  }

  /**
   * Whether a client may send a signal from one of its ids to a peer. Asked for each signal, answers
   * and candidates included: a policy that permits one direction of a pair and not the other lets
   * calls begin that cannot be answered. A signal that it denies is refused to its sender.
   *
   * <p>A peer that the client may not send to is absent to it in every other respect: it is not
   * found, not listed, and a watch of it reports a departure at once. So presence does not leak. A
   * client that has no id yet asks with {@code from.id()} empty. A watch is decided when it begins.
   */
  default boolean maySend(Identity identity, PeerAddress from, PeerAddress to) {
    return true;
  }

  /**
   * Whether a client may create or join a room, invite into it, accept an invitation into it, or
   * register it in a namespace; subscribe to a namespace, or register or unregister there. Leaving
   * is always permitted, and so is what a member does in its room; but a message to a member, and an
   * invitation, also need {@link #maySend}.
   */
  default boolean mayJoin(Identity identity, GroupTarget group) {
    return true;
  }

  /**
   * Stops; called once: when no client is left, or when another configuration has replaced the
   * policy and no client waits for {@link #authenticate} any more. What the clients that it has
   * admitted may do can be asked after that.
   */
  default Future<Void> close() {
    return Future.succeededFuture();
  }
}
