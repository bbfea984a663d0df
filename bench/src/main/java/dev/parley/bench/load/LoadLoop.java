package dev.parley.bench.load;

import dev.parley.bench.wire.ServerFrames;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** One event loop of the generator, and what its clients share. In its thread but for the name. */
final class LoadLoop {

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final int DIGITS = 3;

  private final EventLoop eventLoop;
  private final Traffic traffic;
  private final ServerFrames.Scratch scratch = new ServerFrames.Scratch();
  private final List<Lane> lanes = new ArrayList<>();
  private final ArrayList<Client> touched = new ArrayList<>();
  private final Histogram latencies = new Histogram(LONGEST_NANOS, DIGITS);
  private Listener listener = (sentNanos, tookNanos) -> {};
  private boolean recording;
  private long arrived;

  /** Takes how long each signal took, in the thread of the loop. */
  interface Listener {
    /** A signal that was to be sent at a time is here. */
    void arrived(long sentNanos, long tookNanos);
  }

  LoadLoop(EventLoop eventLoop, Function<LoadLoop, Traffic> traffic) {
    this.eventLoop = eventLoop;
    this.traffic = traffic.apply(this);
  }

  /** The event loop; of any thread. */
  EventLoop eventLoop() {
    return eventLoop;
  }

  ServerFrames.Scratch scratch() {
    return scratch;
  }

  void add(Lane lane) {
    lanes.add(lane);
  }

  void start() {
    traffic.start(lanes.stream().filter(Lane::speaks).toList());
    flush();
  }

  void stop() {
    traffic.stop();
  }

  /** Starts receiving. */
  void report(Listener to) {
    listener = to;
  }

  /** Starts recording latencies. */
  void record(boolean from) {
    recording = from;
  }

  void addLatenciesTo(Histogram all) {
    all.add(latencies);
  }

  /** Signals that were sent. */
  long sent() {
    return lanes.stream().mapToLong(Lane::sent).sum();
  }

  /** Signals and answers that may still arrive. */
  long underWay() {
    return lanes.stream().mapToLong(lane -> lane.underWay() + lane.unanswered()).sum();
  }

  /** The faults, if nothing is in flight any more. */
  Faults faults() {
    return lanes.stream().map(Lane::faults).reduce(Faults.NONE, Faults::plus);
  }

  /** Signals that have arrived so far. */
  long arrived() {
    return arrived;
  }

  void settled(Lane lane) {
    if (lane.speaks()) {
      traffic.settled(lane);
    }
  }

  /** A signal that was to be sent at a time is here. */
  void arrived(long sentNanos) {
    arrived++;
    long took = Math.clamp(System.nanoTime() - sentNanos, 0, LONGEST_NANOS);
    if (recording) {
      latencies.recordValue(took);
    }
    listener.arrived(sentNanos, took);
  }

  /** The client has something to write. */
  void touch(Client client) {
    touched.add(client);
  }

  /** Flushes the signals collected since the last flush, once for each client. */
  void flush() {
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).flush();
    }
    touched.clear();
  }

  void schedule(Runnable task, long nanos) {
    var unused = eventLoop.schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }
}
