package dev.parley.peerolator;

import dev.parley.config.Secret;
import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.dialect.IceServers;
import dev.parley.identity.Denial;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Admits servers: {@code /server}, {@code /server?passphrase=…&serverInfo=…}. */
final class PeerolatorServerHandshakeHandler implements HandshakeHandler {

  private final PeerolatorOptions options;
  private final PeerolatorDecoder decoder;
  private final PeerolatorAdmission admission;
  private final IceServers iceServers;

  PeerolatorServerHandshakeHandler(PeerolatorOptions options, PeerolatorDecoder decoder,
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
    Handshake handshake = arrival.handshake();
    if (!knowsPassphrase(handshake)) {
      arrival.refuse(CloseReason.REFUSED, PeerolatorErrors.WRONG_PASSPHRASE);
      return;
    }
    @Nullable String info = serverInfo(handshake);
    admission.admit(
        arrival,
        (context, self) -> new PeerolatorServerSession(context, self, info, options, decoder,
            new PeerolatorGreeting(iceServers, handshake.identity())));
  }

  /** In constant time. */
  private boolean knowsPassphrase(Handshake handshake) {
    Secret passphrase = options.passphrase();
    return passphrase == null
        || MessageDigest.isEqual(
            utf8(passphrase.value()), utf8(handshake.parameter("passphrase").orElse("")));
  }

  private @Nullable String serverInfo(Handshake handshake) {
    boolean itsOwn =
        options.serverInfoFromQuery() && handshake.query().containsKey("serverInfo");
    return itsOwn ? handshake.parameter("serverInfo").orElse(null) : options.serverInfo();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
