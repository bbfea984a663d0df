package dev.parley.bench.report;

import dev.parley.bench.load.LoadResult;
import java.util.Map;

/**
 * A server under load.
 *
 * @param situation which load it was
 * @param shape the settings of the generator
 * @param serverCores how many cores the server had
 * @param cpuMicrosPerSignal the time of all cores that the server took for a signal delivered
 * @param kernelShare how much of that was in the operating system, from 0 to 1
 * @param serverLoad the server's use of its cores: 1 is all of them
 * @param stolenShare how much of the machine's time its host took, from 0 to 1
 * @param load what the generator saw
 */
public record SignalRun(Situation situation, String shape, int serverCores,
    double cpuMicrosPerSignal, double kernelShare, double serverLoad, double stolenShare,
    LoadResult load)
    implements Measurement {

  /** The loads that servers are put under. */
  public enum Situation {
    /** Closed loop, eight signals in flight for each client. */
    WINDOW_8,
    /** Closed loop, one signal in flight for each client. */
    WINDOW_1,
    /** A fixed rate. */
    OPEN_LOOP,
    /** As {@link #WINDOW_8}, on two cores. */
    TWO_CORES
  }

  /** What uses so much of its cores may be what was measured. */
  private static final double BUSY = 0.85;

  /** What sleeps for most of the time is late when the host has taken more than this. */
  private static final double MUCH_STOLEN = 0.05;

  /** The generator may be what was measured. */
  boolean generatorWasBusy() {
    return load.generatorLoad() > BUSY;
  }

  /**
   * The server was not the bottleneck: other processes had its cores, or it waited for something
   * other than the generator and itself.
   */
  boolean serverWasHeldUp() {
    return wantsAll() && serverLoad < BUSY && !generatorWasBusy();
  }

  /** Idle programs were late because the host was busy with other work. */
  boolean machineWasHeldUp() {
    return !wantsAll() && stolenShare > MUCH_STOLEN;
  }

  private boolean wantsAll() {
    return situation != Situation.OPEN_LOOP;
  }

  /** What was measured may be neither the server nor the generator. */
  public boolean wasHeldUp() {
    return serverWasHeldUp() || machineWasHeldUp();
  }

  /** Whether others held it up less than another run in the same situation. */
  public boolean wasQuieterThan(SignalRun other) {
    return wantsAll() ? serverLoad > other.serverLoad : stolenShare < other.stolenShare;
  }

  /** None if the server has any fault: a faulty server is not comparable. */
  @Override
  public Map<Metric, Double> figures() {
    if (load.faults().any()) {
      return Map.of();
    }
    return switch (situation) {
      case WINDOW_8 -> Map.of(
          Metric.CPU_WINDOW_8, cpuMicrosPerSignal,
          Metric.KERNEL_WINDOW_8, cpuMicrosPerSignal * kernelShare,
          Metric.RATE_WINDOW_8, load.perSecond(),
          Metric.GENERATOR_LOAD, load.generatorLoad());
      case WINDOW_1 -> Map.of(
          Metric.CPU_WINDOW_1, cpuMicrosPerSignal,
          Metric.KERNEL_WINDOW_1, cpuMicrosPerSignal * kernelShare,
          Metric.RATE_WINDOW_1, load.perSecond());
      case OPEN_LOOP -> Map.of(
          Metric.CPU_OPEN, cpuMicrosPerSignal,
          Metric.P50_OPEN, load.latency().p50Micros(),
          Metric.P99_OPEN, load.latency().p99Micros());
      case TWO_CORES -> Map.of(Metric.RATE_TWO_CORES, load.perSecond());
    };
  }
}
