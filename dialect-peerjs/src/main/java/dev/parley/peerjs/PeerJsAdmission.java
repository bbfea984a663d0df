package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.SessionContext;
import dev.parley.identity.Identity;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.function.Function;

/**
 * The admission of one client: its claim, and what it is sent for each outcome. Event loop of the
 * connection only.
 */
final class PeerJsAdmission {

  private final PeerJsSupport support;
  private final PeerAddress address;
  private final String token;
  /** By what a take-over is allowed: the subject if there is one, else the token. */
  private final String claimant;
  private final PeerJsOfferSerialization serialization;

  /** The connection, before or after its upgrade to a session. */
  interface Entrance {
    /** Admits the client. */
    void admit(Function<SessionContext, PeerJsSession> session);

    /** Sends a last message, and closes. */
    void refuse(PeerJsServerMessage message, CloseReason reason);
  }

  PeerJsAdmission(PeerJsSupport support, PeerAddress address, PeerJsConnectRequest request,
      Identity identity) {
    this.support = support;
    this.address = address;
    this.token = request.token();
    String subject = identity.subject();
    // Each page of a subject has another token.
    this.claimant = subject == null ? token : "subject " + subject;
    this.serialization =
        support.options().foreignOffers().of(address.realm(), request.version());
  }

  PeerAddress address() {
    return address;
  }

  /** How long the client has to wait before it may claim. */
  Duration pause() {
    return support.takeOvers().pause(address, claimant);
  }

  /** The claim; takes a place of the client limit, which {@link #conclude} releases on refusal. */
  Claim claim() {
    boolean mayTakeFree = support.clientLimit().acquire();
    return new Claim(address, token, mayTakeFree);
  }

  /** Admits or refuses the client. */
  void conclude(ClaimOutcome outcome, Entrance entrance) {
    switch (outcome) {
      case ClaimOutcome.Granted granted -> {
        if (granted.tookOver()) {
          support.takeOvers().granted(address, claimant);
        }
        entrance.admit(context -> new PeerJsSession(context, address, serialization, support));
      }
      case ClaimOutcome.Taken taken ->
          refuse(entrance, new PeerJsServerMessage.IdTaken(), CloseReason.ID_TAKEN);
      case ClaimOutcome.NotOwned full ->
          refuse(entrance, PeerJsErrors.LIMIT_REACHED, CloseReason.REFUSED);
      case ClaimOutcome.Invalid(PeerAddress wrong, String objection) ->
          refuse(entrance, PeerJsErrors.invalidId(objection), CloseReason.REFUSED);
      case ClaimOutcome.Forbidden forbidden ->
          refuse(entrance, PeerJsErrors.ID_NOT_ALLOWED, CloseReason.REFUSED);
      case ClaimOutcome.Unavailable unavailable ->
          refuse(entrance, PeerJsErrors.UNAVAILABLE, CloseReason.UNAVAILABLE);
    }
  }

  private void refuse(Entrance entrance, PeerJsServerMessage message, CloseReason reason) {
    support.clientLimit().release();
    entrance.refuse(message, reason);
  }
}
