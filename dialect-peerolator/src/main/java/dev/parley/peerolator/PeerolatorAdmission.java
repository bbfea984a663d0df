package dev.parley.peerolator;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a peer in under an id that is made for it. Nobody has such an id by chance, but somebody may
 * have taken it on purpose; then there is another one.
 *
 * @param realm the realm of the id
 * @param ids how it is made
 */
record PeerolatorAdmission(String realm, PeerolatorIdGenerator ids) {

  private static final Logger LOG = LoggerFactory.getLogger(PeerolatorAdmission.class);
  private static final int ATTEMPTS = 5;

  /** Makes the session of a peer, which has its id by then. */
  interface Welcome extends BiFunction<SessionContext, PeerAddress, Session> {}

  void admit(Arrival arrival, Welcome welcome) {
    attempt(arrival, welcome, ATTEMPTS);
  }

  private void attempt(Arrival arrival, Welcome welcome, int left) {
    arrival.claim(
        Claim.of(new PeerAddress(realm, ids.next())),
        outcome -> conclude(arrival, welcome, left, outcome));
  }

  private void conclude(Arrival arrival, Welcome welcome, int left, ClaimOutcome outcome) {
    switch (outcome) {
      case ClaimOutcome.Granted(PeerAddress self, boolean tookOver) ->
          arrival.admit(context -> welcome.apply(context, self));
      case ClaimOutcome.Taken taken when left > 1 -> attempt(arrival, welcome, left - 1);
      case ClaimOutcome.Invalid(PeerAddress address, String objection) -> {
        LOG.error("peers cannot be let in: an id of dialects.peerolator is {}", objection);
        arrival.refuse(CloseReason.UNAVAILABLE);
      }
      case ClaimOutcome.Taken taken -> arrival.refuse(CloseReason.UNAVAILABLE);
      case ClaimOutcome.Unavailable unavailable -> arrival.refuse(CloseReason.UNAVAILABLE);
      case ClaimOutcome.NotOwned notOwned ->
          throw new IllegalStateException("only a claim for a take-over ends so");
    }
  }
}
