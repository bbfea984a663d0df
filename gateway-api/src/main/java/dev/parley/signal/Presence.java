package dev.parley.signal;

/** What a session is told about a peer that it watches. */
public sealed interface Presence extends Delivery {

  /** The peer that is watched. */
  PeerAddress peer();

  /** The peer is there; its departure will be told. */
  record Present(PeerAddress peer) implements Presence {}

  /**
   * The peer is not there (any more), and is watched no longer. Everything that it sent to the
   * watching session came before.
   */
  record Departed(PeerAddress peer) implements Presence {}
}
