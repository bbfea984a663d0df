package dev.parley.peerolator;

import dev.parley.dialect.IceServers;
import dev.parley.identity.Identity;
import dev.parley.signal.PeerAddress;
import org.jspecify.annotations.Nullable;

/** Makes the HELLO of one peer, with STUN and TURN servers for it if there are any. */
record PeerolatorGreeting(IceServers iceServers, Identity identity) {

  PeerolatorRelayMessage.Hello to(PeerAddress self, @Nullable String serverInfo) {
    return new PeerolatorRelayMessage.Hello(
        self.id(), serverInfo, iceServers.of(self.realm(), identity).orElse(null));
  }
}
