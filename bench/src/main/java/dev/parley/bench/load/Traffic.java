package dev.parley.bench.load;

import java.util.List;

/** Sends signals on the lanes of one event loop, in its thread. */
interface Traffic {

  /** Begins with these lanes. */
  void start(List<Lane> lanes);

  /** A signal of this lane has arrived, in whatever state. */
  void settled(Lane lane);

  /** Sends no more. */
  void stop();
}
