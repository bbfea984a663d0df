package dev.parley.dialect;

/** Meets connections that have just been opened, and decides what becomes of them. */
@FunctionalInterface
public interface Greeter {

  /**
   * A connection was opened. Called on its event loop; whatever it sends waits until it is admitted
   * or refused, here or in the outcome of a claim.
   */
  void greet(Arrival arrival);
}
