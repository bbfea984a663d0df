package dev.parley.bench.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * Puts load on a server: pairs of clients that send each other signals. Used by one thread, which
 * sleeps while the event loops work. A {@link LoadException} is thrown if a connection cannot be
 * made, or ends before {@link #close}.
 */
public final class Generator implements AutoCloseable {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  /** Duplicates may arrive a little later than all signals. */
  private static final Duration AFTERMATH = Duration.ofMillis(100);

  private static final int DIGITS = 3;

  /** Of a pair. */
  private static final int CLIENTS = 2;

  private final LoadSettings settings;
  private final Sockets sockets = Sockets.best();
  private final Alarm alarm = new Alarm();
  private final LoadLoops loops;

  private Generator(LoadSettings settings) {
    this.settings = settings;
    this.loops = new LoadLoops(sockets.loops(settings.loops()), this::traffic);
  }

  /** Connects all pairs. */
  public static Generator connect(LoadSettings settings) throws InterruptedException {
    Generator generator = new Generator(settings);
    try {
      generator.connectPairs();
      return generator;
    } catch (LoadException | InterruptedException failed) {
      generator.close();
      throw failed;
    }
  }

  private Traffic traffic(LoadLoop loop) {
    return switch (settings.shape()) {
      case LoadShape.Window(int signals) -> new ClosedLoop(signals);
      case LoadShape.Rate(int perSecond) -> new OpenLoop(loop,
          (double) perSecond / (CLIENTS * settings.pairs()));
      case LoadShape.Idle() -> new Silence();
    };
  }

  private void connectPairs() throws InterruptedException {
    List<CompletableFuture<Void>> connected = new ArrayList<>();
    for (int i = 0; i < loops.all().size(); i++) {
      LoadLoop loop = loops.all().get(i);
      var connector = new Connector(settings.servers(), loop, sockets, alarm::raise);
      Queue<Pair> pairs = pairs(i, loop, connector);
      loop.eventLoop().execute(() -> connector.connect(pairs));
      connected.add(connector.connected());
    }
    var all = CompletableFuture.allOf(connected.toArray(CompletableFuture[]::new));
    Duration patience = settings.timing().patience();
    if (!alarm.await(all, patience)) {
      throw new LoadException("not all clients are ready after " + patience.toSeconds() + " s");
    }
  }

  private Queue<Pair> pairs(int loopIndex, LoadLoop loop, Pair.Watcher watcher) {
    Queue<Pair> pairs = new ArrayDeque<>();
    for (int i = loopIndex; i < settings.pairs(); i += settings.loops()) {
      pairs
          .add(new Pair(settings.first(), settings.second(), settings.prefix() + i, i, loop,
              watcher));
    }
    return pairs;
  }

  /** Sends signals, measures, stops, and waits for the signals in flight. */
  public LoadResult run(Progress progress) throws InterruptedException {
    loops.each(LoadLoop::start);
    alarm.sleep(settings.timing().warmUp());
    loops.each(loop -> loop.record(true));
    progress.reached(Phase.MEASURING);
    Moment begin = Moment.now(loops);
    alarm.sleep(settings.timing().measured());
    awaitArrivalAfter(begin.arrived());
    Moment end = Moment.now(loops);
    progress.reached(Phase.MEASURED);
    loops.each(loop -> loop.record(false));
    loops.each(LoadLoop::stop);
    settle();
    return result(begin, end);
  }

  /** Listener of the progress of a run. */
  public interface Progress {
    /** The run is there now. */
    void reached(Phase phase);
  }

  /** Keeps the connections open until {@code released}. */
  public void hold(CompletableFuture<Void> released) throws InterruptedException {
    while (!alarm.await(released, settings.timing().patience())) {
      // The connections are watched by the alarm; here is nothing to do but to wait on.
    }
  }

  /** A machine that stands still for the whole measured time gives no result about the server. */
  private void awaitArrivalAfter(long arrivedBefore) throws InterruptedException {
    long since = System.nanoTime();
    while (loops.sum(LoadLoop::arrived) == arrivedBefore
        && System.nanoTime() - since < settings.timing().quiet().toNanos()) {
      alarm.sleep(LOOK_AGAIN);
    }
  }

  /** Waits until nothing is in flight any more, or nothing has arrived for a while. */
  private void settle() throws InterruptedException {
    long seen = loops.sum(LoadLoop::arrived);
    long since = System.nanoTime();
    while (loops.sum(LoadLoop::underWay) > 0
        && System.nanoTime() - since < settings.timing().quiet().toNanos()) {
      alarm.sleep(LOOK_AGAIN);
      long arrived = loops.sum(LoadLoop::arrived);
      if (arrived != seen) {
        seen = arrived;
        since = System.nanoTime();
      }
    }
    alarm.sleep(AFTERMATH);
  }

  private LoadResult result(Moment begin, Moment end) {
    Histogram latencies = new Histogram(DIGITS);
    loops.each(loop -> loop.addLatenciesTo(latencies));
    List<Faults> faults = new ArrayList<>();
    loops.each(loop -> faults.add(loop.faults()));
    return new LoadResult(
        CLIENTS * settings.pairs(),
        loops.sum(LoadLoop::sent),
        end.arrived() - begin.arrived(),
        end.secondsSince(begin),
        new LoadResult.Latency(micros(latencies.getValueAtPercentile(50)),
            micros(latencies.getValueAtPercentile(99)), micros(latencies.getMaxValue())),
        faults.stream().reduce(Faults.NONE, Faults::plus),
        end.loadSince(begin, settings.loops()),
        settings.loops());
  }

  private static double micros(long nanos) {
    return nanos / 1e3;
  }

  @Override
  public void close() {
    loops.close();
  }
}
