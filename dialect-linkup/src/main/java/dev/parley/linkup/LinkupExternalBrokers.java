package dev.parley.linkup;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Future;

/**
 * Where linkup peers may be that are not connected to this gateway. Any thread; futures complete on
 * any thread.
 */
interface LinkupExternalBrokers {

  /** There is no such place. */
  LinkupExternalBrokers NOWHERE = new LinkupExternalBrokers() {
    @Override
    public boolean isSomewhere() {
      return false;
    }

    @Override
    public Future<Boolean> knows(PeerAddress peer) {
      return Future.succeededFuture(false);
    }

    @Override
    public Future<Boolean> contests(PeerAddress peer) {
      return Future.succeededFuture(false);
    }

    @Override
    public Future<Void> signal(PeerAddress from, PeerAddress to, Bytes signal) {
      return Future.failedFuture("there is nobody elsewhere");
    }

    @Override
    public void arrived(PeerAddress peer, Listener listener) {}

    @Override
    public void left(PeerAddress peer, Listener listener) {}
  };

  /** Hears what is said to a peer of this node. */
  interface Listener {
    /** A peer that is elsewhere says something. Called on any thread. */
    void hears(String from, Bytes signal);
  }

  /** Whether there is such a place at all. */
  boolean isSomewhere();

  /** Whether somebody there has this id. Does not fail. */
  Future<Boolean> knows(PeerAddress peer);

  /** Whether somebody there has this id, which was just given to a peer of this node. */
  Future<Boolean> contests(PeerAddress peer);

  /** Sends a signal there; done when it is on its way. */
  Future<Void> signal(PeerAddress from, PeerAddress to, Bytes signal);

  /** From now on this node has the peer. */
  void arrived(PeerAddress peer, Listener listener);

  /** This node has the peer no longer; nothing happens if another listener has taken its place. */
  void left(PeerAddress peer, Listener listener);
}
