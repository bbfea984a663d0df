package dev.parley.bench.attack;

/**
 * An attack on a server.
 *
 * @param name on the command line and in tables
 * @param inWords what the attackers do
 * @param length how long it is played, as a multiple of the usual time
 * @param play plays it
 */
public record Attack(String name, String inWords, double length, Play play) {

  /** Plays an attack. */
  @FunctionalInterface
  interface Play {
    /** Returns when it is over; its connections are still there. */
    void on(Stage stage) throws InterruptedException;
  }
}
