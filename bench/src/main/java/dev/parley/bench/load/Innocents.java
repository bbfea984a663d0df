package dev.parley.bench.load;

import dev.parley.bench.wire.WireScript;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Pairs of clients that exchange signals at a steady rate, independent of other load on their
 * server. Time is divided into phases; each signal counts in the phase in which it was due, even if
 * it arrives in a later one. When the server closes a connection, that is recorded, and its signals
 * count as lost. Used by one thread.
 */
public final class Innocents implements AutoCloseable {

  private static final int CLIENTS = 2;
  private static final int DIGITS = 3;
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final int FAILURES_KEPT = 3;

  private final int pairs;
  private final Alarm alarm = new Alarm();
  private final LoadLoops loops;
  private final List<OpenLoop> traffic = new ArrayList<>();
  private final Phases phases = new Phases();
  private final CopyOnWriteArrayList<String> failures = new CopyOnWriteArrayList<>();
  private volatile boolean connected;
  private boolean begun;

  /**
   * How long the signals of a phase took.
   *
   * @param name of the phase
   * @param p50Micros half of them took no longer
   * @param p99Micros 99 of 100 took no longer
   * @param maxMicros none took longer
   * @param arrived how many arrived
   * @param late how many of those took longer than a second
   */
  public record PhaseLatency(String name, double p50Micros, double p99Micros, double maxMicros,
      long arrived, long late) {}

  /**
   * The results.
   *
   * @param pairs how many there were
   * @param sent signals that were to be sent
   * @param faults faults of these signals
   * @param failures failures of their connections
   * @param phases how long signals took
   */
  public record Result(int pairs, long sent, Faults faults, List<String> failures,
      List<PhaseLatency> phases) {}

  private Innocents(int pairs) {
    this.pairs = pairs;
    this.loops = new LoadLoops(Sockets.best().loops(1), this::newTraffic);
    loops.each(loop -> loop.report(phases));
  }

  /** Its pace is known when the first phase begins. */
  private OpenLoop newTraffic(LoadLoop loop) {
    OpenLoop open = new OpenLoop(loop, 1);
    traffic.add(open);
    return open;
  }

  /**
   * Connects them. They are idle before the first phase.
   *
   * @throws LoadException if that does not work in time
   */
  public static Innocents connect(InetSocketAddress server, WireScript script, String prefix,
      int pairs, Duration patience) throws InterruptedException {
    Innocents innocents = new Innocents(pairs);
    try {
      innocents.connect(server, script, prefix, patience);
      return innocents;
    } catch (LoadException | InterruptedException failed) {
      innocents.close();
      throw failed;
    }
  }

  private void connect(
      InetSocketAddress server, WireScript script, String prefix, Duration patience)
      throws InterruptedException {
    LoadLoop loop = loops.all().getFirst();
    var connector = new Connector(List.of(server), loop, Sockets.best(), this::failed);
    Queue<Pair> waiting = new ArrayDeque<>();
    for (int i = 0; i < pairs; i++) {
      waiting.add(new Pair(script, script, prefix + i, 0, loop, connector));
    }
    loop.eventLoop().execute(() -> connector.connect(waiting));
    if (!alarm.await(connector.connected(), patience)) {
      throw new LoadException("not all innocents are ready after " + patience.toSeconds() + " s");
    }
    connected = true;
  }

  private void failed(LoadException why) {
    if (!connected) {
      alarm.raise(why);
    } else if (failures.size() < FAILURES_KEPT) {
      failures.addIfAbsent(String.valueOf(why.getMessage()));
    }
  }

  /**
   * Begins a phase: signals that are due from now on count for it.
   *
   * @param perSecond how many signals all of them together send in a second
   */
  public void begin(String phase, double perSecond) {
    loops.each(loop -> {
      phases.begin(phase);
      traffic.forEach(open -> open.pace(perSecond / (CLIENTS * pairs)));
    });
    if (!begun) {
      begun = true;
      loops.each(LoadLoop::start);
    }
  }

  /**
   * Stops sending, and waits for the signals in flight.
   *
   * @param quiet how long nothing may arrive until signals in flight count as lost
   */
  public Result end(Duration quiet) throws InterruptedException {
    loops.each(LoadLoop::stop);
    long seen = loops.sum(LoadLoop::arrived);
    long since = System.nanoTime();
    while (loops.sum(LoadLoop::underWay) > 0 && failures.isEmpty()
        && System.nanoTime() - since < quiet.toNanos()) {
      alarm.sleep(LOOK_AGAIN);
      long arrived = loops.sum(LoadLoop::arrived);
      if (arrived != seen) {
        seen = arrived;
        since = System.nanoTime();
      }
    }
    List<PhaseLatency> latencies = new ArrayList<>();
    List<Faults> faults = new ArrayList<>();
    loops.each(loop -> {
      latencies.addAll(phases.latencies());
      faults.add(loop.faults());
    });
    return new Result(pairs, loops.sum(LoadLoop::sent),
        faults.stream().reduce(Faults.NONE, Faults::plus), List.copyOf(failures), latencies);
  }

  @Override
  public void close() {
    loops.close();
  }

  /** In the thread of the loop. */
  private static final class Phases implements LoadLoop.Listener {

    private record Phase(String name, Histogram latencies) {}

    private final TreeMap<Long, Phase> since = new TreeMap<>();

    void begin(String name) {
      since.put(System.nanoTime(), new Phase(name, new Histogram(DIGITS)));
    }

    @Override
    public void arrived(long sentNanos, long tookNanos) {
      Map.Entry<Long, Phase> phase = since.floorEntry(sentNanos);
      if (phase != null) {
        phase.getValue().latencies.recordValue(tookNanos);
      }
    }

    List<PhaseLatency> latencies() {
      return since.values().stream().map(Phases::latency).toList();
    }

    private static PhaseLatency latency(Phase phase) {
      Histogram all = phase.latencies;
      long arrived = all.getTotalCount();
      long late = arrived == 0 ? 0
          : all.getCountBetweenValues(LATE_NANOS, Math.max(LATE_NANOS, all.getMaxValue()));
      return new PhaseLatency(phase.name, micros(all.getValueAtPercentile(50)),
          micros(all.getValueAtPercentile(99)), micros(all.getMaxValue()), arrived, late);
    }

    private static double micros(long nanos) {
      return nanos / 1e3;
    }
  }
}
