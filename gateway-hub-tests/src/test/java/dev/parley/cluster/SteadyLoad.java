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
import dev.parley.signal.Undelivered;
import dev.parley.testkit.waits.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Peers on several nodes that all signal each other without a pause, and a count of the outcome of
 * every single signal. Each peer sends on one thread of its own.
 */
final class SteadyLoad implements AutoCloseable {

  private static final Duration PATIENCE =
      Duration.ofMinutes(2).plus(FaultBed.LEASE.multipliedBy(3));
  private static final Duration QUIET = FaultBed.LEASE.dividedBy(2);
  /** Multiple of the load of every build; {@code parley.faults.load}. */
  static final int LOAD = Integer.getInteger("parley.faults.load", 1);

  private final List<Peer> peers = new ArrayList<>();
  private final List<Thread> senders = new ArrayList<>();
  private final Duration pause;
  private volatile boolean running = true;

  /**
   * @param hubs the nodes
   * @param perNode how many peers each of them has
   * @param pause how long a peer waits before it sends the next signal to all others
   */
  SteadyLoad(List<? extends Hub> hubs, int perNode, Duration pause) {
    this.pause = pause;
    for (int i = 0; i < hubs.size() * perNode; i++) {
      peers.add(new Peer(hubs.get(i % hubs.size()), "peer" + i));
    }
    peers.forEach(Peer::claim);
    peers.forEach(peer -> Waits.until("claims", peer::isThere));
    peers.forEach(peer -> senders.add(Thread.ofPlatform().start(peer::run)));
  }

  /** Waits until so many more signals have been sent. */
  void goesOn(long signals) {
    long goal = sent() + signals * LOAD;
    Waits.until(signals + " more signals", () -> sent() >= goal);
  }

  private long sent() {
    return peers.stream()
        .filter(peer -> !peer.dead)
        .flatMap(peer -> peer.sent().values().stream())
        .mapToLong(Integer::longValue)
        .sum();
  }

  /** Peers of this node no longer send or count, as if it had died. */
  void dies(Hub hub) {
    peers.stream().filter(peer -> peer.hub == hub).forEach(peer -> peer.dead = true);
  }

  /**
   * Stops sending, waits until the count is stable, and returns it.
   *
   * @param what the label of the printed numbers
   */
  Count ends(String what) {
    running = false;
    senders.forEach(SteadyLoad::join);
    return Count.settled(what, QUIET, PATIENCE, this::count);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** The count over all pairs that are alive. */
  private Count count() {
    Count all = new Count();
    for (Peer from : peers) {
      if (from.dead) {
        continue;
      }
      Map<PeerAddress, Integer> sent = from.sent();
      for (Peer to : peers) {
        if (to != from) {
          BitSet numbers = new BitSet();
          numbers.set(0, sent.getOrDefault(to.address, 0));
          BitSet silent = all.add(numbers, from.refusedBy(to), to.receivedFrom(from));
          if (to.dead) {
            all.toTheDead(silent);
          } else {
            all.lost(silent);
          }
        }
      }
    }
    return all;
  }

  @Override
  public void close() {
    running = false;
    senders.forEach(SteadyLoad::join);
  }

  /** A peer that sends to all others and records what it receives. */
  private final class Peer implements Recipient {

    private final Hub hub;
    private final PeerAddress address;
    private final Map<PeerAddress, Integer> sent = new HashMap<>();
    private final Map<PeerAddress, BitSet> refused = new HashMap<>();
    private final Map<PeerAddress, Received> received = new HashMap<>();
    private boolean there;
    private volatile boolean dead;

    Peer(Hub hub, String id) {
      this.hub = hub;
      this.address = new PeerAddress("default", id);
    }

    void claim() {
      hub.claim(this, Claim.of(address));
    }

    synchronized boolean isThere() {
      return there;
    }

    void run() {
      for (int number = 0; running && !dead; number++) {
        for (Peer to : peers) {
          if (to != this) {
            send(to.address, number);
          }
        }
        LockSupport.parkNanos(pause.toNanos());
      }
    }

    private void send(PeerAddress to, int number) {
      synchronized (this) {
        sent.put(to, number + 1);
      }
      hub.send(
          this,
          new Signal(
              SignalKind.CUSTOM, address, to, "test", "N", Bytes.utf8(Integer.toString(number)),
              number),
          Duration.ZERO);
    }

    @Override
    public String dialect() {
      return "test";
    }

    @Override
    public synchronized void deliver(Delivery delivery) {
      switch (delivery) {
        case ClaimOutcome.Granted granted -> there = true;
        case Signal signal -> {
          if (!dead) {
            received.computeIfAbsent(signal.from(), from -> new Received())
                .got((int) signal.reference());
          }
        }
        case Undelivered undelivered ->
            refused.computeIfAbsent(undelivered.to(), to -> new BitSet())
                .set((int) undelivered.reference());
        default -> {}
      }
    }

    synchronized Map<PeerAddress, Integer> sent() {
      return Map.copyOf(sent);
    }

    synchronized BitSet refusedBy(Peer to) {
      return (BitSet) refused.getOrDefault(to.address, new BitSet()).clone();
    }

    synchronized Received receivedFrom(Peer from) {
      return received.computeIfAbsent(from.address, address -> new Received());
    }
  }
}
