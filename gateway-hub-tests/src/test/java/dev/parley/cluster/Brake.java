package dev.parley.cluster;

import dev.parley.hub.Hub;
import dev.parley.hub.Recipient;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Delivery;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.testkit.waits.Waits;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A session that blocks the event loop of its hub from its first signal on: nothing is read or
 * written there until it is released.
 */
final class Brake implements Recipient {

  private static final PeerAddress ADDRESS = new PeerAddress("default", "brake");
  private static final PeerAddress DRIVER = new PeerAddress("default", "driver");

  private final Hub hub;
  private final CountDownLatch claimed = new CountDownLatch(1);
  private final CountDownLatch precondition = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  private Brake(Hub hub) {
    this.hub = hub;
  }

  /**
   * Brakes a hub.
   *
   * @param other another hub of the cluster
   * @return completes when the loop is blocked
   */
  static Brake on(Hub hub, Hub other) {
    Brake brake = new Brake(hub);
    hub.claim(brake, Claim.of(ADDRESS));
    Waits.await("the claim of the brake", brake.claimed);
    other.send(
        brake,
        new Signal(SignalKind.CUSTOM, DRIVER, ADDRESS, "test", "N", Bytes.EMPTY, 0),
        Duration.ZERO);
    Waits.await("the blocked loop", brake.precondition);
    return brake;
  }

  @Override
  public String dialect() {
    return "test";
  }

  @Override
  public void deliver(Delivery delivery) {
    if (delivery instanceof ClaimOutcome.Granted) {
      claimed.countDown();
    } else if (delivery instanceof Signal) {
      precondition.countDown();
      Waits.await("the release of the loop", released);
    }
  }

  /** Releases the loop. */
  void release() {
    released.countDown();
    hub.release(this, ADDRESS);
  }
}
