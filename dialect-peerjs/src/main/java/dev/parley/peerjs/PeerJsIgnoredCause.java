package dev.parley.peerjs;

/** Why a message of a client is ignored. */
enum PeerJsIgnoredCause {
  /** It is not JSON, or nested more deeply than {@code limits.jsonDepth}. */
  NOT_JSON,
  /** It is JSON, but no object. */
  NO_OBJECT,
  /** It has no {@code type}, or one that is no text. */
  NO_TYPE,
  /** Its {@code type} is not one that clients send. */
  UNKNOWN_TYPE,
  /** It is for another client and has no {@code dst}. */
  NO_RECIPIENT,
  /** Its {@code dst} is neither text nor a number that has a text. */
  UNREADABLE_RECIPIENT,
  /** Its sender has released its id with LEAVE. */
  AFTER_LEAVE,
  /** It came before OPEN, when the buffer for such messages was full. */
  BEFORE_OPEN
}
