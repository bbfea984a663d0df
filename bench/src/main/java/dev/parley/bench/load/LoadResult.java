package dev.parley.bench.load;

/**
 * The result of a generator.
 *
 * @param connections how many clients were connected, from the first moment to the last
 * @param sent signals sent, from the first moment to the last
 * @param delivered signals that arrived in the measured time
 * @param seconds how long the measured time was
 * @param latency from the time at which a signal was due to its arrival, in the measured time
 * @param faults faults, from the first moment to the last
 * @param generatorLoad the generator's own use of its cores in the measured time: 1 is all of them
 * @param generatorCores how many cores it had
 */
public record LoadResult(int connections, long sent, long delivered, double seconds,
    Latency latency, Faults faults, double generatorLoad, int generatorCores) {

  /**
   * Percentiles.
   *
   * @param p50Micros half of the signals took no longer
   * @param p99Micros 99 of 100 took no longer
   * @param maxMicros none took longer
   */
  public record Latency(double p50Micros, double p99Micros, double maxMicros) {}

  /** Signals delivered in a second. */
  public double perSecond() {
    return seconds > 0 ? delivered / seconds : 0;
  }
}
