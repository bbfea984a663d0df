package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.Recipient;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome.Granted;
import dev.parley.signal.Delivery;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.waits.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A peer that reconnects to one node after the other, while peers of all nodes signal it. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class MovesTest {

  private static final PeerAddress MOVER = new PeerAddress("default", "mover");
  private static final int MOVES = 30;

  private final RedisServer redis = RedisServer.start();
  private volatile boolean running = true;

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  /** One stay of the peer: the signals that it has received, in order. */
  private static final class Stay implements Recipient {

    private final List<Signal> got = new ArrayList<>();
    private boolean there;

    @Override
    public String dialect() {
      return "test";
    }

    @Override
    public synchronized void deliver(Delivery delivery) {
      if (delivery instanceof Granted) {
        there = true;
      } else if (delivery instanceof Signal signal) {
        got.add(signal);
      }
    }

    synchronized boolean isThere() {
      return there;
    }

    synchronized List<Integer> from(PeerAddress sender) {
      return got.stream().filter(signal -> signal.from().equals(sender))
          .map(signal -> (int) signal.reference()).toList();
    }
  }

  /** A peer that sends one number after the other. */
  private final class Sender implements Recipient {

    private final RedisHub hub;
    private final PeerAddress address;
    private final BitSet refused = new BitSet();
    private volatile int sent;

    Sender(RedisHub hub, String name) {
      this.hub = hub;
      this.address = new PeerAddress("default", name);
      hub.claim(this, Claim.of(address));
    }

    void run() {
      for (int number = 0; running; number++) {
        sent = number + 1;
        hub.send(
            this,
            new Signal(
                SignalKind.CUSTOM, address, MOVER, "test", "N", Bytes.EMPTY, number),
            Duration.ZERO);
        LockSupport.parkNanos(300_000);
      }
    }

    @Override
    public String dialect() {
      return "test";
    }

    @Override
    public synchronized void deliver(Delivery delivery) {
      if (delivery instanceof Undelivered undelivered) {
        refused.set((int) undelivered.reference());
      }
    }

    BitSet sent() {
      BitSet numbers = new BitSet();
      numbers.set(0, sent);
      return numbers;
    }

    synchronized BitSet refused() {
      return (BitSet) refused.clone();
    }
  }

  @Test
  void givenAPeerThatMoves_whenOthersSignalIt_thenEachSignalArrivesOnceAndInOrder()
      throws InterruptedException {
    try (FaultBed bed = new FaultBed(redis, 3)) {
      Count count = count("a peer that moves " + MOVES + " times", bed, () -> {});

      count.isFaultless();
      assertThat(count.delivered()).isGreaterThan(count.sent() / 2);
    }
  }

  @Test
  void givenAPeerThatMovesAndALostInbox_whenOthersSignalIt_thenTheCountShowsIt()
      throws InterruptedException {
    try (FaultBed bed = new FaultBed(redis, 3)) {
      Count count =
          count(
              "a peer that moves " + MOVES + " times, inbox lost", bed,
              // Its node after half of the moves.
              () -> bed.loseWhatWaitsFor(MOVES / 2 % 3));

      assertThat(count.lost()).isPositive();
    }
  }

  /**
   * Moves the peer.
   *
   * @param meddling tampers with the nodes after half of the moves
   */
  private Count count(String what, FaultBed bed, Runnable meddling) throws InterruptedException {
    List<Stay> stays = new ArrayList<>();
    move(bed, stays);
    List<Sender> senders = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Sender sender = new Sender(bed.hub(i % 3), "sender" + i);
      senders.add(sender);
      threads.add(Thread.ofPlatform().start(sender::run));
    }

    for (int i = 0; i < MOVES; i++) {
      if (i == MOVES / 2) {
        meddling.run();
      }
      int goal = senders.getFirst().sent + 20;
      Waits.until("more signals", () -> senders.getFirst().sent >= goal);
      move(bed, stays);
    }
    running = false;
    for (Thread thread : threads) {
      thread.join();
    }

    return Count.settled(
        what, FaultBed.LEASE.dividedBy(2), FaultBed.LEASE.multipliedBy(5),
        () -> {
          Count all = new Count();
          senders.forEach(
              sender -> all.lost(
                  all.add(sender.sent(), sender.refused(), received(stays, sender))));
          return all;
        });
  }

  private static void move(FaultBed bed, List<Stay> stays) {
    Stay next = new Stay();
    bed.hub(stays.size() % 3).claim(next, new Claim(MOVER, "the same for all", true));
    Waits.until("the move", next::isThere);
    stays.add(next);
  }

  /** The signals of all stays, in the order of the stays. */
  private static Received received(List<Stay> stays, Sender sender) {
    Received all = new Received();
    stays.forEach(stay -> stay.from(sender.address).forEach(number -> all.got(number)));
    return all;
  }
}
