package dev.parley.dialect.support;

import dev.parley.dialect.Connection;
import dev.parley.dialect.Reserve;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered.Cause;
import java.time.Duration;

/**
 * The part of a session that its conversations with peers of other dialects use. Event loop of the
 * session only.
 */
public interface ForeignPeerContext {

  /** That of a live session, which speaks {@code dialect}. */
  static ForeignPeerContext of(SessionContext session, String dialect) {
    return new OfSession(session.connection(), session.switchboard(), dialect);
  }

  /** Refuses an offer that the client does not receive, or cannot answer any more. */
  void refuse(Signal offer, Cause cause);

  /** Watches a peer until it leaves, see {@link Switchboard#watch}. */
  void watch(PeerAddress peer);

  /** Watches a peer no longer. */
  void unwatch(PeerAddress peer);

  /** Counts a signal to the client that was held and is sent now. */
  void delivered(Signal signal);

  /** Counts a signal to the client that was held and is given up. */
  void drop(Signal signal);

  /** Counts a signal of the client that is not sent to a peer, which speaks {@code dialect}. */
  void withhold(Signal signal, String dialect);

  /** Runs {@code task} later, see {@link Connection#after}. */
  Connection.Timer after(Duration delay, Runnable task);

  /** The memory for signals that are held. */
  Reserve reserve();

  /** That of a live session. */
  record OfSession(Connection connection, Switchboard switchboard, String ownDialect)
      implements ForeignPeerContext {

    @Override
    public void refuse(Signal offer, Cause cause) {
      switchboard.refuse(offer, cause);
    }

    @Override
    public void watch(PeerAddress peer) {
      switchboard.watch(peer);
    }

    @Override
    public void unwatch(PeerAddress peer) {
      switchboard.unwatch(peer);
    }

    @Override
    public void delivered(Signal signal) {
      switchboard.delivered(signal);
    }

    @Override
    public void drop(Signal signal) {
      switchboard.drop(signal, ownDialect);
    }

    @Override
    public void withhold(Signal signal, String dialect) {
      switchboard.drop(signal, dialect);
    }

    @Override
    public Connection.Timer after(Duration delay, Runnable task) {
      return connection.after(delay, task);
    }

    @Override
    public Reserve reserve() {
      return switchboard.reserve();
    }
  }
}
