package dev.parley.calling;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;

/** Admits every client with an id of its own: the only one that it may own, or a new one. */
record CallingHandshakeHandler(CallingSupport support) implements HandshakeHandler {

  @Override
  public void greet(Arrival arrival) {
    String id = arrival.handshake().identity().onlyId().orElseGet(support::newId);
    PeerAddress address = new PeerAddress(support.realm(), id);
    arrival.claim(Claim.of(address), outcome -> conclude(arrival, outcome));
  }

  private void conclude(Arrival arrival, ClaimOutcome outcome) {
    switch (outcome) {
      case ClaimOutcome.Granted granted -> arrival.admit(context -> {
        CallingSession session = new CallingSession(context, granted.address(), support);
        session.begin(arrival.handshake().identity());
        return session;
      });
      case ClaimOutcome.Taken taken when arrival.handshake().identity().onlyId().isPresent() ->
          arrival.refuse(CloseReason.ID_TAKEN);
      // A peer of another dialect has chosen that very id: retry with the next one.
      case ClaimOutcome.Taken taken -> greet(arrival);
      case ClaimOutcome.NotOwned impossible -> arrival.refuse(CloseReason.INTERNAL_ERROR);
      case ClaimOutcome.Forbidden forbidden -> arrival.refuse(CloseReason.REFUSED);
      case ClaimOutcome.Invalid tooLong -> arrival.refuse(CloseReason.UNAVAILABLE);
      case ClaimOutcome.Unavailable unavailable -> arrival.refuse(CloseReason.UNAVAILABLE);
    }
  }
}
