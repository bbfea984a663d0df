package dev.parley.bench.report;

/**
 * One measurement and where it belongs.
 *
 * @param round counted from 1
 * @param server the name of what was measured
 * @param measurement what was found
 */
public record Run(int round, String server, Measurement measurement) {

  /** What it is called in messages. */
  String name() {
    String what = measurement instanceof SignalRun signals ? ", " + signals.situation() : "";
    return server + what + ", round " + round;
  }
}
