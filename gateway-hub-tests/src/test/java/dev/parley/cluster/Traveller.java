package dev.parley.cluster;

import dev.parley.testkit.Frame;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client on a real socket that sends to all others without a pause, reconnects with the same
 * token whenever it is disconnected, and records the messages of all of its connections together.
 * It sends on a thread of its own; everything else, any thread.
 */
final class Traveller {

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final String id;
  private final Duration hold;
  private final Function<@Nullable URI, @Nullable URI> next;
  private final Map<String, Letters> letters = new HashMap<>();
  private final List<Connection> connections = new ArrayList<>();
  private final Set<Integer> restarts = new HashSet<>();
  private volatile boolean running = true;

  /** The messages of one connection. */
  private static final class Connection {

    private final WireClient client;
    private int read;

    Connection(WireClient client) {
      this.client = client;
    }
  }

  /** Outcomes of the signals between this traveller and another one. */
  private static final class Letters {

    private final BitSet sent = new BitSet();
    private final BitSet refused = new BitSet();
    /** The signals in flight when the connection ended, by the restart in which it did. */
    private final Map<Integer, BitSet> adrift = new HashMap<>();
    private final Map<Integer, BitSet> sentOn = new HashMap<>();
    private final Received received = new Received();
  }

  /**
   * A traveller that has not connected yet.
   *
   * @param hold how long its signals may wait for an absent recipient
   * @param next the address to connect to, given the previous one; null if there is no such node
   *     now
   */
  Traveller(String id, Duration hold, Function<@Nullable URI, @Nullable URI> next) {
    this.id = id;
    this.hold = hold;
    this.next = next;
  }

  String id() {
    return id;
  }

  /** Connects, reconnects each time, and sends all the time, until it is {@link #stop}ped. */
  void run(List<Traveller> all) {
    URI here = null;
    WireClient open = null;
    for (int number = 0; running; number++) {
      while (running && (open == null || open.isOver())) {
        here = next.apply(here);
        open = here == null ? null : connect(here);
        if (open == null) {
          LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
      }
      if (open != null) {
        send(open, all, number);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private @Nullable WireClient connect(URI node) {
    try {
      WireClient client =
          WireClient.connect(
              node.resolve(
                  "/tally/in?id=" + id + "&token=" + id + "&connections=" + connections()
                      + "&hold=" + hold.toMillis()));
      synchronized (this) {
        connections.add(new Connection(client));
      }
      while (running && !client.isOver() && client.frames().isEmpty()) {
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
      return client;
    } catch (UncheckedIOException | UpgradeRefusedException away) {
      return null;
    }
  }

  private void send(WireClient open, List<Traveller> all, int number) {
    try {
      for (Traveller to : all) {
        if (to != this) {
          open.text(to.id + " " + number + " x");
        }
      }
    } catch (UncheckedIOException over) {
      // The end of the connection is detected next, and it reconnects.
    }
  }

  void stop() {
    running = false;
  }

  void hangUp() {
    List<Connection> all;
    synchronized (this) {
      all = List.copyOf(connections);
    }
    all.forEach(connection -> connection.client.close());
  }

  synchronized int connections() {
    return connections.size();
  }

  // ---- the view of its node

  /** Its node has read a signal, and is about to send it. */
  synchronized void sent(int connection, String to, int number) {
    Letters pair = letters(to);
    pair.sent.set(number);
    pair.sentOn.computeIfAbsent(connection, any -> new BitSet()).set(number);
  }

  /**
   * Its node sends nothing more on this connection.
   *
   * @param restart the number of the restart that has come to its node
   */
  void closed(int connection, int restart, List<Traveller> all) {
    synchronized (this) {
      restarts.add(restart);
    }
    for (Traveller to : all) {
      if (to != this) {
        BitSet got = to.numbersFrom(id);
        synchronized (this) {
          read();
          Letters pair = letters(to.id);
          BitSet unknown =
              (BitSet) pair.sentOn.getOrDefault(connection, new BitSet()).clone();
          unknown.andNot(got);
          unknown.andNot(pair.refused);
          pair.adrift.computeIfAbsent(restart, any -> new BitSet()).or(unknown);
        }
      }
    }
  }

  // ---- what it has received itself

  private Letters letters(String other) {
    return letters.computeIfAbsent(other, any -> new Letters());
  }

  private synchronized BitSet numbersFrom(String other) {
    read();
    return letters(other).received.numbers();
  }

  private synchronized Received receivedFrom(String other) {
    read();
    return letters(other).received;
  }

  private synchronized void read() {
    for (Connection connection : connections) {
      List<Frame> frames = connection.client.frames();
      for (Frame frame : frames.subList(connection.read, frames.size())) {
        if (frame.opcode() == Frame.Opcode.TEXT) {
          told(frame.text());
        }
      }
      connection.read = frames.size();
    }
  }

  private void told(String text) {
    String[] words = text.split(" ");
    switch (words[0]) {
      case "here" -> {}
      case "s" ->
          letters(words[1]).received
              .got(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      case "u" -> letters(words[1]).refused.set(Integer.parseInt(words[2]));
      default -> throw new IllegalStateException("told " + text);
    }
  }

  synchronized long sent() {
    return letters.values().stream().mapToLong(pair -> pair.sent.cardinality()).sum();
  }

  private synchronized boolean wasSentAwayIn(int restart) {
    return restarts.contains(restart);
  }

  /**
   * Adds the outcomes of its signals to all others. A refusal reaches no client if sender and
   * recipient were disconnected at once.
   */
  void count(List<Traveller> all, Count count) {
    for (Traveller to : all) {
      if (to != this) {
        Received received = to.receivedFrom(id);
        List<Integer> together = restarts().stream().filter(to::wasSentAwayIn).toList();
        synchronized (this) {
          read();
          Letters pair = letters(to.id);
          BitSet silent = count.add(pair.sent, pair.refused, received);
          BitSet excused = new BitSet();
          together.forEach(
              restart -> excused.or(pair.adrift.getOrDefault(restart, new BitSet())));
          BitSet adrift = (BitSet) silent.clone();
          adrift.and(excused);
          silent.andNot(excused);
          count.lost(silent);
          count.adrift(adrift);
        }
      }
    }
  }

  private synchronized List<Integer> restarts() {
    return List.copyOf(restarts);
  }
}
