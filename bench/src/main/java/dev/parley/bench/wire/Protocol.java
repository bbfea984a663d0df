package dev.parley.bench.wire;

/** The protocols that clients of a benchmark can speak. */
public enum Protocol {
  /** PeerServer's. */
  PEERJS,
  /** That of the bench's own relays. */
  RELAY;

  /** How its clients behave. */
  public WireScript script() {
    return switch (this) {
      case PEERJS -> new PeerJsScript();
      case RELAY -> new RelayScript();
    };
  }
}
