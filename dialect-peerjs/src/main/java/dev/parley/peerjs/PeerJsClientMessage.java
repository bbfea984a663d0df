package dev.parley.peerjs;

import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;

/** What a client sends. */
sealed interface PeerJsClientMessage {

  /** For another client. A payload that was absent is empty. */
  record Relay(RelayType type, String dst, Bytes payload) implements PeerJsClientMessage {}

  /** The client is alive. */
  record Heartbeat() implements PeerJsClientMessage {}

  /** {@code LEAVE} without a recipient: the client releases its id. */
  record Leave() implements PeerJsClientMessage {}

  /** A message that is ignored and counted. */
  record Ignored(PeerJsIgnoredCause cause) implements PeerJsClientMessage {}

  /** The types that clients send to each other. */
  enum RelayType {
    OFFER(SignalKind.OFFER, true),
    ANSWER(SignalKind.ANSWER, true),
    CANDIDATE(SignalKind.CANDIDATE, true),
    LEAVE(SignalKind.BYE, false),
    EXPIRE(SignalKind.CUSTOM, false);

    private final SignalKind kind;
    private final boolean waits;

    RelayType(SignalKind kind, boolean waits) {
      this.kind = kind;
      this.waits = waits;
    }

    SignalKind kind() {
      return kind;
    }

    /** Whether it waits for a client that is not there (yet). */
    boolean waits() {
      return waits;
    }
  }
}
