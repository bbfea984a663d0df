package dev.parley.peerolator;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.dialect.IceServers;
import dev.parley.identity.Denial;
import dev.parley.signal.PeerAddress;
import java.util.Optional;

/**
 * Admits clients: {@code /client/{serverId}}. Whether that server exists is determined later, see
 * {@link PeerolatorJoin}.
 */
final class PeerolatorClientHandshakeHandler implements HandshakeHandler {

  private final PeerolatorOptions options;
  private final PeerolatorDecoder decoder;
  private final PeerolatorAdmission admission;
  private final IceServers iceServers;

  PeerolatorClientHandshakeHandler(PeerolatorOptions options, PeerolatorDecoder decoder,
      PeerolatorAdmission admission, IceServers iceServers) {
    this.options = options;
    this.decoder = decoder;
    this.admission = admission;
    this.iceServers = iceServers;
  }

  @Override
  public Optional<HandshakeHandler> denied(Denial denial) {
    return Optional.of(PeerolatorAdmission.refusal(denial));
  }

  @Override
  public void greet(Arrival arrival) {
    String serverId =
        arrival.handshake().path().getOrDefault("serverId", PeerolatorRelayMessage.RELAY);
    if (serverId.equals(PeerolatorRelayMessage.RELAY)) {
      arrival.refuse(CloseReason.REFUSED, PeerolatorErrors.NO_SUCH_SERVER);
      return;
    }
    PeerAddress server = new PeerAddress(admission.realm(), serverId);
    admission.admit(
        arrival,
        (context, self) -> new PeerolatorClientSession(context, self, server, options, decoder,
            new PeerolatorGreeting(iceServers, arrival.handshake().identity())));
  }
}
