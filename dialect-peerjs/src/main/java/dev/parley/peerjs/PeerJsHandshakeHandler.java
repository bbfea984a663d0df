package dev.parley.peerjs;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Greeter;
import dev.parley.dialect.SessionContext;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets clients in, or says why not; the checks and their order are PeerServer's: parameters, key,
 * id and token, limit.
 */
final class PeerJsHandshakeHandler implements Greeter {

  private final PeerJsSupport support;
  private final PeerJsKeys keys;

  PeerJsHandshakeHandler(PeerJsSupport support, PeerJsKeys keys) {
    this.support = support;
    this.keys = keys;
  }

  @Override
  public void greet(Arrival arrival) {
    Optional<PeerJsConnectRequest> request = PeerJsConnectRequest.read(arrival.handshake());
    if (request.isEmpty()) {
      refuse(arrival, "No id, token, or key supplied to websocket server");
      return;
    }
    Optional<String> realm = keys.realm(request.get().key());
    if (realm.isEmpty()) {
      refuse(arrival, "Invalid key provided");
      return;
    }
    PeerAddress address = new PeerAddress(realm.get(), request.get().id());
    admit(arrival, new PeerJsAdmission(support, address, request.get()));
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

  private static void refuse(Arrival arrival, String why) {
    new AtArrival(arrival).refuse(new PeerJsServerMessage.Failure(why), CloseReason.REFUSED);
  }

  /** A client that is answered without delay. */
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
