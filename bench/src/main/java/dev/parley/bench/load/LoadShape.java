package dev.parley.bench.load;

/** When signals are sent. */
public sealed interface LoadShape {

  /**
   * Closed loop: each client keeps this many signals under way to its partner, and sends another
   * when one has arrived. Shows how much a server can do.
   */
  record Window(int signals) implements LoadShape {}

  /**
   * Open loop: all clients together send this many signals in a second, evenly, whether the server
   * keeps up or not. Shows how long signals take; the time counts from when a signal was to be
   * sent.
   */
  record Rate(int perSecond) implements LoadShape {}

  /** Clients that are connected and say nothing. */
  record Idle() implements LoadShape {}
}
