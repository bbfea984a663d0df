package dev.parley.peerolator;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.dialect.ServerIds;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.identity.Denial;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits a peer with the only id that it may own, or with a generated one. If another peer has
 * claimed the latter, which does not happen by chance, retries with the next one.
 *
 * @param realm the realm of the id
 * @param generator generates it
 * @param ids may generate it otherwise
 */
record PeerolatorAdmission(String realm, PeerolatorIdGenerator generator, ServerIds ids) {

  private static final Logger LOG = LoggerFactory.getLogger(PeerolatorAdmission.class);
  private static final int ATTEMPTS = 5;

  /** Creates the session of a peer, which owns its id. */
  interface Welcome extends BiFunction<SessionContext, PeerAddress, Session> {}

  /**
   * The refusal of a peer that a gate has denied. Pages use no library, and read code and text of a
   * close; of a failed handshake they learn nothing.
   */
  static HandshakeHandler refusal(Denial denial) {
    CloseReason reason =
        denial == Denial.UNAVAILABLE ? CloseReason.UNAVAILABLE : CloseReason.REFUSED;
    return arrival -> arrival.refuse(reason, denial.text());
  }

  void admit(Arrival arrival, Welcome welcome) {
    arrival.handshake().identity().onlyId().ifPresentOrElse(
        only -> attempt(arrival, welcome, 1, only), () -> attempt(arrival, welcome, ATTEMPTS));
  }

  private void attempt(Arrival arrival, Welcome welcome, int left) {
    attempt(arrival, welcome, left, ids.newId(realm, generator::next));
  }

  private void attempt(Arrival arrival, Welcome welcome, int left, String id) {
    arrival.claim(
        Claim.of(new PeerAddress(realm, id)),
        outcome -> conclude(arrival, welcome, left, outcome));
  }

  private void conclude(Arrival arrival, Welcome welcome, int left, ClaimOutcome outcome) {
    switch (outcome) {
      case ClaimOutcome.Granted(PeerAddress self, boolean tookOver) ->
          arrival.admit(context -> welcome.apply(context, self));
      case ClaimOutcome.Taken taken when left > 1 -> attempt(arrival, welcome, left - 1);
      case ClaimOutcome.Invalid(PeerAddress address, String objection) -> {
        LOG.error(
            "generated ids of dialects.peerolator are invalid, peers are refused: objection={}"
                + " (see limits.idLength)",
            objection);
        arrival.refuse(CloseReason.UNAVAILABLE);
      }
      case ClaimOutcome.Forbidden forbidden -> arrival.refuse(CloseReason.REFUSED);
      case ClaimOutcome.Taken taken ->
          arrival.refuse(
              arrival.handshake().identity().onlyId().isPresent() ? CloseReason.ID_TAKEN
                  : CloseReason.UNAVAILABLE);
      case ClaimOutcome.Unavailable unavailable -> arrival.refuse(CloseReason.UNAVAILABLE);
      case ClaimOutcome.NotOwned notOwned ->
          throw new IllegalStateException("only a claim for a take-over ends so");
    }
  }
}
