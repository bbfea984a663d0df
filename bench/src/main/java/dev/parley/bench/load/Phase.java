package dev.parley.bench.load;

/** Where a run of the generator has come to. */
public enum Phase {
  /** All clients are ready. */
  CONNECTED,
  /** The measured time begins. */
  MEASURING,
  /** The measured time is over. */
  MEASURED
}
