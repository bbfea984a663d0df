package dev.parley.peerjs;

/** What becomes of a client that asks for the id of another one with the same token. */
enum TakeOverOutcome {
  /** It has the id; the other one is closed. */
  GRANTED,
  /** It has to wait, since the id has changed hands too often. */
  DELAYED
}
