package dev.parley.bench.report;

/**
 * How a benchmark is run.
 *
 * @param rounds how often each server is measured; medians of them count
 * @param connections clients that exchange signals
 * @param idleConnections clients that say nothing
 * @param rate signals in a second in the open loop
 * @param warmUpSeconds under load, before a server is measured for the first time
 * @param seconds how long each load is measured
 * @param tries how often that is done at most, until the server had its cores
 */
public record Setting(int rounds, int connections, int idleConnections, int rate,
    double warmUpSeconds, double seconds, int tries) {

  /** A tenth of them is connected first, and clients come in pairs. */
  private static final int FEWEST_IDLE = 20;

  /**
   * Refuses what cannot be measured.
   *
   * @throws IllegalArgumentException if a number is too small
   */
  public Setting {
    atLeast(1, rounds, "rounds");
    atLeast(2, connections, "connections");
    atLeast(FEWEST_IDLE, idleConnections, "idle connections");
    atLeast(1, rate, "rate");
    atLeast(0, (long) Math.floor(warmUpSeconds), "seconds to warm up");
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("seconds: more than 0 expected");
    }
    atLeast(1, tries, "tries");
  }

  private static void atLeast(long least, long number, String name) {
    if (number < least) {
      throw new IllegalArgumentException(name + ": a number from " + least + " expected");
    }
  }
}
