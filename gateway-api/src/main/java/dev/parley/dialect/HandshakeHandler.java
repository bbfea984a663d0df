package dev.parley.dialect;

/** Handshake handler: decides whether to admit connections that have just been opened. */
@FunctionalInterface
public interface HandshakeHandler {

  /**
   * A connection was opened. Called on its event loop; its messages wait until it is admitted or
   * refused, here or in the outcome of a claim.
   */
  void greet(Arrival arrival);
}
