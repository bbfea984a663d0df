package dev.parley.peerjs;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.dialect.SessionContext;
import dev.parley.identity.Denial;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Admits or refuses clients. The checks and their order are PeerServer's: parameters, key, id and
 * token, limit.
 */
final class PeerJsHandshakeHandler implements HandshakeHandler {

  private final PeerJsSupport support;
  private final PeerJsKeys keys;

  PeerJsHandshakeHandler(PeerJsSupport support, PeerJsKeys keys) {
    this.support = support;
    this.keys = keys;
  }

  /** An unknown key is refused behind the gate of the mount's realm. */
  @Override
  public Optional<String> realm(Handshake handshake) {
    return handshake.parameter("key").flatMap(keys::realm);
  }

  /**
   * Of a failed handshake the library only says that the connection was lost, and applications try
   * again for ever; ERROR gives them the text, and ends a peer that was never open. So a client that
   * may succeed later gets a status.
   */
  @Override
  public Optional<HandshakeHandler> denied(Denial denial) {
    return denial == Denial.UNAVAILABLE ? Optional.empty()
        : Optional.of(arrival -> refuse(arrival, PeerJsErrors.denied(denial)));
  }

  @Override
  public void greet(Arrival arrival) {
    Optional<PeerJsConnectRequest> request = PeerJsConnectRequest.read(arrival.handshake());
    if (request.isEmpty()) {
      refuse(arrival, PeerJsErrors.MISSING_PARAMETER);
      return;
    }
    Optional<String> realm = keys.realm(request.get().key());
    if (realm.isEmpty()) {
      refuse(arrival, PeerJsErrors.INVALID_KEY);
      return;
    }
    PeerAddress address = new PeerAddress(realm.get(), request.get().id());
    admit(arrival, new PeerJsAdmission(support, address, request.get(),
        arrival.handshake().identity()));
  }

  private void admit(Arrival arrival, PeerJsAdmission admission) {
    Duration pause = admission.pause();
    if (pause.isZero()) {
      arrival.claim(
          admission.claim(), outcome -> admission.conclude(outcome, new AtArrival(arrival)));
    } else {
      arrival.admit(context -> new PeerJsDelayedTakeOver(context, admission, pause, support));
    }
  }

  private static void refuse(Arrival arrival, PeerJsServerMessage error) {
    new AtArrival(arrival).refuse(error, CloseReason.REFUSED);
  }

  /** A client whose connection is not a session yet. */
  private record AtArrival(Arrival arrival) implements PeerJsAdmission.Entrance {

    @Override
    public void admit(Function<SessionContext, PeerJsSession> session) {
      arrival.admit(session::apply);
    }

    @Override
    public void refuse(PeerJsServerMessage message, CloseReason reason) {
      arrival.refuse(message, PeerJsEncoder::encode, reason);
    }
  }
}
