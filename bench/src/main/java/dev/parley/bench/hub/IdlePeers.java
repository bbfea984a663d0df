package dev.parley.bench.hub;

import dev.parley.hub.Hub;
import dev.parley.hub.Recipient;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Delivery;
import dev.parley.signal.PeerAddress;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Peers that claim their ids through a hub, as sessions do, and are idle then, without sockets. One
 * thread claims; answers come on any thread.
 */
final class IdlePeers {

  /** So many claims are in flight, below the bound of a hub. */
  private static final int AT_ONCE = 10_000;
  private static final int PATIENCE_SECONDS = 60;
  private static final String DIALECT = "peerjs";

  private final Hub hub;
  private final long seed;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final AtomicInteger granted = new AtomicInteger();
  private final AtomicReference<@Nullable Delivery> unexpected = new AtomicReference<>();
  private long next;

  /**
   * Peers of one hub.
   *
   * @param seed another one for each hub, so that their ids differ
   */
  IdlePeers(Hub hub, long seed) {
    this.hub = hub;
    this.seed = seed;
  }

  /** One of them, as small as can be: what a session keeps is measured elsewhere. */
  private final class IdlePeer implements Recipient {

    @Override
    public String dialect() {
      return DIALECT;
    }

    @Override
    public void deliver(Delivery delivery) {
      if (delivery instanceof ClaimOutcome.Granted) {
        granted.incrementAndGet();
      } else {
        unexpected.compareAndSet(null, delivery);
      }
      free.release();
    }
  }

  /**
   * Claims as many more ids, and returns when all of them are granted.
   *
   * @throws IllegalStateException if one is not, or a peer has lost its id
   */
  void claim(int peers) throws InterruptedException {
    int wanted = granted.get() + peers;
    for (int i = 0; i < peers; i++) {
      acquire(1);
      // As long as ids and tokens of PeerJS' clients are.
      String id = new UUID(seed, next++).toString();
      hub.claim(new IdlePeer(), new Claim(new PeerAddress(PeerAddress.DEFAULT_REALM, id),
          id.substring(id.length() - 11), true));
    }
    acquire(AT_ONCE);
    free.release(AT_ONCE);
    check(wanted);
  }

  private void acquire(int permits) throws InterruptedException {
    if (!free.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "claims are not answered for " + PATIENCE_SECONDS + " s; granted: " + granted.get());
    }
  }

  /**
   * Checks that all peers still own their ids.
   *
   * @throws IllegalStateException if not
   */
  void check(int wanted) {
    Delivery other = unexpected.get();
    if (other != null || granted.get() != wanted) {
      throw new IllegalStateException(
          granted.get() + " claims of " + wanted + " were granted; first other answer: " + other);
    }
  }

  /** How many there are. */
  int size() {
    return granted.get();
  }
}
