package dev.parley.peerolator;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Greeter;
import dev.parley.signal.PeerAddress;

/**
 * Lets clients in: {@code /client/{serverId}}. Whether there is such a server turns out later, see
 * {@link Joining}.
 */
final class ClientGreeter implements Greeter {

  private final PeerolatorOptions options;
  private final PeerolatorDecoder decoder;
  private final String realm;
  private final Admission admission;

  ClientGreeter(PeerolatorOptions options, PeerolatorDecoder decoder, String realm) {
    this.options = options;
    this.decoder = decoder;
    this.realm = realm;
    this.admission = new Admission(realm, options.clientIds());
  }

  @Override
  public void greet(Arrival arrival) {
    String serverId = arrival.handshake().path().getOrDefault("serverId", RelayMessage.RELAY);
    if (serverId.equals(RelayMessage.RELAY)) {
      arrival.refuse(CloseReason.REFUSED, PeerolatorClientSession.NO_SUCH_SERVER);
      return;
    }
    PeerAddress server = new PeerAddress(realm, serverId);
    admission.admit(
        arrival,
        (context, self) -> new PeerolatorClientSession(context, self, server, options, decoder));
  }
}
