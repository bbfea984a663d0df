package dev.parley.peerjs;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Greeter;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;
import java.util.Optional;

/**
 * Lets clients in, or says why not; the checks and their order are PeerServer's: parameters, key,
 * id and token, limit.
 */
final class PeerJsGreeter implements Greeter {

  private final PeerJsOptions options;
  private final PeerJsDecoder decoder;
  private final PeerJsInterpreter interpreter;
  private final Keys keys;
  private final Seats seats;

  PeerJsGreeter(
      PeerJsOptions options, PeerJsDecoder decoder, PeerJsInterpreter interpreter, Keys keys,
      Seats seats) {
    this.options = options;
    this.decoder = decoder;
    this.interpreter = interpreter;
    this.keys = keys;
    this.seats = seats;
  }

  @Override
  public void greet(Arrival arrival) {
    Optional<ConnectRequest> request = ConnectRequest.read(arrival.handshake());
    if (request.isEmpty()) {
      refuse(arrival, "No id, token, or key supplied to websocket server");
      return;
    }
    Optional<String> realm = keys.realm(request.get().key());
    if (realm.isEmpty()) {
      refuse(arrival, "Invalid key provided");
      return;
    }
    boolean mayTakeFree = seats.take();
    PeerAddress address = new PeerAddress(realm.get(), request.get().id());
    arrival.claim(
        new Claim(address, request.get().token(), mayTakeFree),
        outcome -> conclude(arrival, outcome));
  }

  private void conclude(Arrival arrival, ClaimOutcome outcome) {
    switch (outcome) {
      case ClaimOutcome.Granted granted ->
          arrival.admit(
              context -> new PeerJsSession(
                  context, granted.address(), options, decoder, interpreter, seats));
      case ClaimOutcome.Taken taken -> {
        seats.giveBack();
        arrival.refuse(new ServerMessage.IdTaken(), PeerJsEncoder::encode, CloseReason.ID_TAKEN);
      }
      case ClaimOutcome.NotOwned full -> {
        seats.giveBack();
        refuse(arrival, "Server has reached its concurrent user limit");
      }
      case ClaimOutcome.Invalid(PeerAddress address, String objection) -> {
        seats.giveBack();
        refuse(arrival, "Invalid id: " + objection);
      }
      case ClaimOutcome.Unavailable unavailable -> {
        seats.giveBack();
        arrival.refuse(
            new ServerMessage.Failure(
                "The server cannot register ids at the moment, try again later"),
            PeerJsEncoder::encode,
            CloseReason.UNAVAILABLE);
      }
    }
  }

  private static void refuse(Arrival arrival, String why) {
    arrival.refuse(new ServerMessage.Failure(why), PeerJsEncoder::encode, CloseReason.REFUSED);
  }
}
