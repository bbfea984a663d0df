package dev.parley.ice;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URIs of STUN servers (RFC 7064) and of TURN servers (RFC 7065) that every browser takes. A
 * browser that does not know a scheme, or blocks a port, makes no connection at all: {@code
 * RTCPeerConnection} throws.
 */
final class IceUri {

  private static final String SERVER =
      "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?";

  /** Without {@code stuns}, for which Firefox throws. */
  private static final Pattern STUN = Pattern.compile("stun:" + SERVER);

  private static final Pattern TURN =
      Pattern.compile("turns?:" + SERVER + "(?:\\?transport=(?:udp|tcp))?");

  /** Chromium uses these and those from 1024, and silently no others. */
  private static final Set<Integer> LOW_PORTS = Set.of(53, 80, 443);

  private static final int LOWEST_PORT = 1024;
  private static final int HIGHEST_PORT = 65_535;

  /** Of these ports, those for which Firefox throws. */
  private static final Set<Integer> BLOCKED =
      Set.of(1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
          6668, 6669, 6679, 6697, 10080);

  private IceUri() {}

  /** Whether it is {@code stun:host}, with or without a port. */
  static boolean isStun(String text) {
    return matches(STUN, text);
  }

  /** Whether it is {@code turn:host} or {@code turns:host}, with or without port and transport. */
  static boolean isTurn(String text) {
    return matches(TURN, text);
  }

  private static boolean matches(Pattern form, String text) {
    Matcher uri = form.matcher(text);
    return uri.matches()
        && (uri.group("port") == null || isUsed(Integer.parseInt(uri.group("port"))));
  }

  private static boolean isUsed(int port) {
    return LOW_PORTS.contains(port)
        || (port >= LOWEST_PORT && port <= HIGHEST_PORT && !BLOCKED.contains(port));
  }
}
