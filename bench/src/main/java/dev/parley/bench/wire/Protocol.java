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
  /** That of calling-signaling: two members of a room. */
  CALLING,
  /** The same, in rooms of two: who stays; first end. */
  CALLING_HOST_OF_2,
  /** Who leaves and joins again; second end. */
  CALLING_GUEST_OF_2,
  /** In rooms of ten. */
  CALLING_HOST_OF_10,
  /** In rooms of ten. */
  CALLING_GUEST_OF_10,
  /** In rooms of a hundred. */
  CALLING_HOST_OF_100,
  /** In rooms of a hundred. */
  CALLING_GUEST_OF_100,
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
      case CALLING -> new CallingScript();
      case CALLING_HOST_OF_2 -> new CallingRoomScript(2)::host;
      case CALLING_GUEST_OF_2 -> new CallingRoomScript(2)::guest;
      case CALLING_HOST_OF_10 -> new CallingRoomScript(10)::host;
      case CALLING_GUEST_OF_10 -> new CallingRoomScript(10)::guest;
      case CALLING_HOST_OF_100 -> new CallingRoomScript(100)::host;
      case CALLING_GUEST_OF_100 -> new CallingRoomScript(100)::guest;
      case RELAY -> new RelayScript();
    };
  }

  /** Whether a signal is broadcast to a whole room: then a fixed rate is another load in each. */
  public boolean tellsARoom() {
    return switch (this) {
      case CALLING_HOST_OF_2, CALLING_GUEST_OF_2, CALLING_HOST_OF_10, CALLING_GUEST_OF_10,
          CALLING_HOST_OF_100, CALLING_GUEST_OF_100 -> true;
      case PEERJS, LINKUP, PEEROLATOR_SERVER, PEEROLATOR_CLIENT, PEERJS_CALLER, LINKUP_CALLER,
          LINKUP_CALLEE, PEEROLATOR_CALLEE, CALLING, RELAY -> false;
    };
  }
}
