package dev.parley.signal;

/** The presence of a peer that the session watches. */
public sealed interface Presence extends Delivery {

  /** The watched peer. */
  PeerAddress peer();

  /** The peer is present; its departure will be reported. */
  record Present(PeerAddress peer) implements Presence {}

  /**
   * The peer is not, or no longer, present, and the watch has ended. Everything that it sent to the
   * watching session was delivered before.
   */
  record Departed(PeerAddress peer) implements Presence {}
}
