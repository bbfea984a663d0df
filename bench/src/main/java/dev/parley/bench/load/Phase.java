package dev.parley.bench.load;

/** Phases of a run of the generator. */
public enum Phase {
  /** All clients are ready. */
  CONNECTED,
  /** The measured time begins. */
  MEASURING,
  /** The measured time is over. */
  MEASURED
}
