package dev.parley.peerolator;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import org.jspecify.annotations.Nullable;

/**
 * The protocol between the session of a client and that of its server, which may be on another
 * node: the client's sends {@link #JOIN}, and a server's answers {@link #WELCOME}; a client's
 * refuses. Peers neither see these signals nor can send them.
 */
final class PeerolatorJoin {

  /** The prefix of the types of signals between sessions. */
  static final String RESERVED = "parley:";

  /** From the session of a client to that of its server. */
  static final String JOIN = RESERVED + "join";

  /** The answer to it. Its payload is the server's info, as text; empty if there is none. */
  static final String WELCOME = RESERVED + "welcome";

  private PeerolatorJoin() {}

  /** Whether peers cannot use {@code type}. */
  static boolean isReserved(String type) {
    return type.startsWith(RESERVED);
  }

  static Signal join(PeerAddress client, PeerAddress server, long reference) {
    return new Signal(
        SignalKind.CUSTOM, client, server, PeerolatorDialect.NAME, JOIN, Bytes.EMPTY, reference);
  }

  static Signal welcome(PeerAddress server, PeerAddress client, @Nullable String serverInfo) {
    Bytes info = serverInfo == null ? Bytes.EMPTY : Bytes.utf8(serverInfo);
    return new Signal(
        SignalKind.CUSTOM, server, client, PeerolatorDialect.NAME, WELCOME, info, 0);
  }

  /** The info about the server in a {@link #WELCOME}. */
  static @Nullable String serverInfo(Signal welcome) {
    return welcome.payload().length() == 0 ? null : welcome.payload().text();
  }
}
