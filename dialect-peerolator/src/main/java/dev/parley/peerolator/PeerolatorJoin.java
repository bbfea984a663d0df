package dev.parley.peerolator;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import org.jspecify.annotations.Nullable;

/**
 * How the session of a client finds the session of its server, which may be on another node: it
 * sends {@link #JOIN}, and is answered {@link #WELCOME} by a server; a client refuses to be joined.
 * Both are signals between sessions that no peer sees, and no peer can send.
 */
final class PeerolatorJoin {

  /** What the types of messages between sessions begin with. */
  static final String RESERVED = "parley:";

  /** From a client's session to that of its server. */
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

  /** What a {@link #WELCOME} says about the server. */
  static @Nullable String serverInfo(Signal welcome) {
    return welcome.payload().length() == 0 ? null : welcome.payload().text();
  }
}
