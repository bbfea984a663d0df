package dev.parley.peerjs;

import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;

/** What a client says. */
sealed interface PeerJsClientMessage {

  /** For another client. A payload that was absent is empty. */
  record Relay(RelayType type, String dst, Bytes payload) implements PeerJsClientMessage {}

  /** The client is alive. */
  record Heartbeat() implements PeerJsClientMessage {}

  /** {@code LEAVE} for nobody: the client gives its id up. */
  record Leave() implements PeerJsClientMessage {}

  /** Nothing follows from it. */
  record Ignored(PeerJsIgnoredCause cause) implements PeerJsClientMessage {}

  /** The types that one client can send to another. */
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
