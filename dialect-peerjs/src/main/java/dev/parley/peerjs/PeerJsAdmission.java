package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.SessionContext;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.function.Function;

/**
 * One client on its way to its id: what it asks for, and how it is answered. Event loop of the
 * connection only.
 */
final class PeerJsAdmission {

  private final PeerJsSupport support;
  private final PeerAddress address;
  private final String token;
  private final PeerJsOfferSerialization serialization;

  /** Where the client waits for the answer. */
  interface Entrance {
    /** Lets it in. */
    void admit(Function<SessionContext, PeerJsSession> session);

    /** Says one last thing, and closes. */
    void refuse(PeerJsServerMessage message, CloseReason reason);
  }

  PeerJsAdmission(PeerJsSupport support, PeerAddress address, PeerJsConnectRequest request) {
    this.support = support;
    this.address = address;
    this.token = request.token();
    this.serialization =
        support.options().foreignOffers().of(address.realm(), request.version());
  }

  PeerAddress address() {
    return address;
  }

  /** How long the client has to wait before it may ask. */
  Duration pause() {
    return support.takeOvers().pause(address, token);
  }

  /** What the client asks for; takes a seat, which {@link #conclude} gives back if it is refused. */
  Claim claim() {
    boolean mayTakeFree = support.seats().take();
    return new Claim(address, token, mayTakeFree);
  }

  /** The claim is answered. */
  void conclude(ClaimOutcome outcome, Entrance entrance) {
    switch (outcome) {
      case ClaimOutcome.Granted granted -> {
        if (granted.tookOver()) {
          support.takeOvers().granted(address, token);
        }
        entrance.admit(context -> new PeerJsSession(context, address, serialization, support));
      }
      case ClaimOutcome.Taken taken -> {
        support.seats().giveBack();
        entrance.refuse(new PeerJsServerMessage.IdTaken(), CloseReason.ID_TAKEN);
      }
      case ClaimOutcome.NotOwned full -> {
        support.seats().giveBack();
        refuse(entrance, "Server has reached its concurrent user limit");
      }
      case ClaimOutcome.Invalid(PeerAddress wrong, String objection) -> {
        support.seats().giveBack();
        refuse(entrance, "Invalid id: " + objection);
      }
      case ClaimOutcome.Unavailable unavailable -> {
        support.seats().giveBack();
        entrance.refuse(
            new PeerJsServerMessage.Failure(
                "The server cannot register ids at the moment, try again later"),
            CloseReason.UNAVAILABLE);
      }
    }
  }

  private static void refuse(Entrance entrance, String why) {
    entrance.refuse(new PeerJsServerMessage.Failure(why), CloseReason.REFUSED);
  }
}
