package dev.parley.bench.load;

import java.util.List;

/** Sends nothing. */
final class Silence implements Traffic {

  @Override
  public void start(List<Lane> lanes) {}

  @Override
  public void settled(Lane lane) {}

  @Override
  public void stop() {}
}
