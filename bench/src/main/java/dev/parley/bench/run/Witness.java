package dev.parley.bench.run;

import java.io.IOException;

/** An observer that takes snapshots at the beginning and at the end of the measured time. */
interface Witness {

  /** Observes nothing. */
  Witness NONE = new Witness() {
    @Override
    public void begin() {}

    @Override
    public void end() {}
  };

  /** The measured time begins. */
  void begin() throws IOException;

  /** It is over. */
  void end() throws IOException;
}
