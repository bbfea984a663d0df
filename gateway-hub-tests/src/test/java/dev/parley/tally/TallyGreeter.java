package dev.parley.tally;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;
import java.time.Duration;

/**
 * Admits every client under the id of the query; it may come back with the same {@code token}. How
 * many {@code connections} the client had before, and for how many milliseconds its signals may
 * wait ({@code hold}), is in the query, too.
 */
final class TallyGreeter implements HandshakeHandler {

  private final String realm;
  private final Ledger ledger;

  TallyGreeter(String realm, Ledger ledger) {
    this.realm = realm;
    this.ledger = ledger;
  }

  @Override
  public void greet(Arrival arrival) {
    arrival.claim(
        new Claim(new PeerAddress(realm, parameter(arrival, "id")), parameter(arrival, "token"),
            true),
        outcome -> conclude(arrival, outcome));
  }

  private void conclude(Arrival arrival, ClaimOutcome outcome) {
    switch (outcome) {
      case ClaimOutcome.Granted granted ->
          arrival.admit(
              context -> new TallySession(
                  context, granted.address(),
                  Integer.parseInt(parameter(arrival, "connections")),
                  Duration.ofMillis(Long.parseLong(parameter(arrival, "hold"))), ledger));
      case ClaimOutcome.Taken taken -> arrival.refuse(CloseReason.ID_TAKEN);
      case ClaimOutcome.NotOwned notOwned -> arrival.refuse(CloseReason.REFUSED);
      case ClaimOutcome.Invalid invalid -> arrival.refuse(CloseReason.REFUSED);
      case ClaimOutcome.Forbidden forbidden -> arrival.refuse(CloseReason.REFUSED);
      case ClaimOutcome.Unavailable unavailable -> arrival.refuse(CloseReason.UNAVAILABLE);
    }
  }

  private static String parameter(Arrival arrival, String name) {
    return arrival.handshake().parameter(name)
        .orElseThrow(() -> new IllegalArgumentException("no " + name));
  }
}
