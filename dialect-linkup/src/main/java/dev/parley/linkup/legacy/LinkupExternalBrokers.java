package dev.parley.linkup.legacy;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Future;

/**
 * Brokers outside of this gateway that have linkup peers of their own, as sessions see them. Any
 * thread; futures complete on any thread.
 */
public interface LinkupExternalBrokers {

  /** There are none. */
  LinkupExternalBrokers NONE = new LinkupExternalBrokers() {
    @Override
    public boolean exist() {
      return false;
    }

    @Override
    public Future<Boolean> know(PeerAddress peer) {
      return Future.succeededFuture(false);
    }

    @Override
    public Future<Boolean> haveTaken(PeerAddress peer) {
      return Future.succeededFuture(false);
    }

    @Override
    public Future<Void> signal(PeerAddress from, PeerAddress to, Bytes signal) {
      return Future.failedFuture("there are no external brokers");
    }

    @Override
    public void register(PeerAddress peer, Listener listener) {}

    @Override
    public void unregister(PeerAddress peer, Listener listener) {}
  };

  /** Receives signals to a peer of this node. */
  interface Listener {
    /** A signal of a peer of an external broker. Called on any thread. */
    void signal(String from, Bytes signal);
  }

  /** Whether there are any. */
  boolean exist();

  /** Whether one of them has a peer with this id. Does not fail. */
  Future<Boolean> know(PeerAddress peer);

  /**
   * Whether one of them has a peer with an id that a peer of this node has just claimed and
   * {@linkplain #register registered}. Does not fail.
   */
  Future<Boolean> haveTaken(PeerAddress peer);

  /** Sends a signal to a peer of theirs; done when it is published. */
  Future<Void> signal(PeerAddress from, PeerAddress to, Bytes signal);

  /** Makes a peer of this node known to them. */
  void register(PeerAddress peer, Listener listener);

  /** Makes it known no longer; does nothing if another listener has replaced this one. */
  void unregister(PeerAddress peer, Listener listener);
}
