package dev.parley.dialect;

import dev.parley.identity.Denial;
import java.util.Optional;

/** Handshake handler: decides whether to admit connections that have just been opened. */
@FunctionalInterface
public interface HandshakeHandler {

  /**
   * A connection was opened. Called on its event loop; its messages wait until it is admitted or
   * refused, here or in the outcome of a claim.
   */
  void greet(Arrival arrival);

  /**
   * The realm that the client would enter, for a dialect whose clients choose it; empty for the
   * mount's. Called before the gate of that realm.
   */
  default Optional<String> realm(Handshake handshake) {
    return Optional.empty();
  }

  /**
   * The refusal of a client that the gate has denied, for a dialect whose clients need it in its
   * own words after the upgrade: it ends with {@link Arrival#refuse}. Empty to answer the handshake
   * with a status instead.
   */
  default Optional<HandshakeHandler> denied(Denial denial) {
    return Optional.empty();
  }
}
