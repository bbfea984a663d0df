package dev.parley.peerjs;

/** Outcome of a request for the id of another client with the same token. */
enum PeerJsTakeOverOutcome {
  /** It has the id; the other one is closed. */
  GRANTED,
  /** It has to wait, since the id has changed hands too often. */
  DELAYED
}
