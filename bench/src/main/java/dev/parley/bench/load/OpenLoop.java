package dev.parley.bench.load;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends signals at fixed times, on one lane after the other. A signal that is sent late because
 * this thread was late carries the time at which it should have been sent, so that its wait counts.
 */
final class OpenLoop implements Traffic {

  private final LoadLoop loop;
  private double perLane;
  private double intervalNanos;
  private List<Lane> lanes = List.of();
  private long began;
  private long sent;
  private long sentBefore;
  private boolean running;

  /**
   * A loop's part of an open loop.
   *
   * @param perLane how many signals are sent on each lane in a second
   */
  OpenLoop(LoadLoop loop, double perLane) {
    this.loop = loop;
    this.perLane = perLane;
  }

  @Override
  public void start(List<Lane> ofThisLoop) {
    lanes = ofThisLoop;
    running = !lanes.isEmpty();
    began = System.nanoTime();
    setInterval();
    tick();
  }

  /** From now on so many signals are sent on each lane in a second. */
  void pace(double otherPerLane) {
    began = due();
    sentBefore = sent;
    perLane = otherPerLane;
    setInterval();
  }

  private void setInterval() {
    intervalNanos = TimeUnit.SECONDS.toNanos(1) / (perLane * Math.max(1, lanes.size()));
  }

  private void tick() {
    if (!running) {
      return;
    }
    long due = due();
    for (long now = System.nanoTime(); due <= now; due = due()) {
      lanes.get((int) (sent % lanes.size())).send(due);
      sent++;
    }
    loop.flush();
    loop.schedule(this::tick, due - System.nanoTime());
  }

  private long due() {
    return began + (long) ((sent - sentBefore) * intervalNanos);
  }

  @Override
  public void settled(Lane lane) {}

  @Override
  public void stop() {
    running = false;
  }
}
