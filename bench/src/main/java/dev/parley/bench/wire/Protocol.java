package dev.parley.bench.wire;

/** The protocols that clients of a benchmark can speak. */
public enum Protocol {
  /** PeerServer's. */
  PEERJS,
  /** linkup's. */
  LINKUP,
  /** Peerolator's, as a server; for the first end of a pair. */
  PEEROLATOR_SERVER,
  /** Peerolator's, as a client; for the second end. */
  PEEROLATOR_CLIENT,
  /** PeerServer's, calling a peer that speaks another one. */
  PEERJS_CALLER,
  /** linkup's, calling a peer that speaks another one. */
  LINKUP_CALLER,
  /** linkup's, called by a peer that speaks another one. */
  LINKUP_CALLEE,
  /** Peerolator's, as a server that is called by a peer that speaks another one; first end. */
  PEEROLATOR_CALLEE,
  /** That of the bench's own relays. */
  RELAY;

  /** How its clients behave. */
  public WireScript script() {
    return switch (this) {
      case PEERJS -> new PeerJsScript();
      case LINKUP -> new LinkupScript();
      case PEEROLATOR_SERVER -> PeerolatorScript::server;
      case PEEROLATOR_CLIENT -> PeerolatorScript::client;
      case PEERJS_CALLER -> Crossing::peerJsCaller;
      case LINKUP_CALLER -> Crossing::linkupCaller;
      case LINKUP_CALLEE -> Crossing::linkupCallee;
      case PEEROLATOR_CALLEE -> PeerolatorScript::callee;
      case RELAY -> new RelayScript();
    };
  }
}
