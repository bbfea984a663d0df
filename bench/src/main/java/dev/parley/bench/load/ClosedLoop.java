package dev.parley.bench.load;

import java.util.List;

/** Keeps a number of signals in flight on each lane. */
final class ClosedLoop implements Traffic {

  private final int window;
  private boolean running;

  ClosedLoop(int window) {
    this.window = window;
  }

  @Override
  public void start(List<Lane> lanes) {
    running = true;
    lanes.forEach(this::settled);
  }

  @Override
  public void settled(Lane lane) {
    while (running && lane.underWay() < window) {
      lane.send(System.nanoTime());
    }
  }

  @Override
  public void stop() {
    running = false;
  }
}
