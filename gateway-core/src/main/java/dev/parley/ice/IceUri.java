package dev.parley.ice;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URIs of STUN servers (RFC 7064) and of TURN servers (RFC 7065), as browsers take them. */
final class IceUri {

  private static final String SERVER =
      "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?";
  private static final Pattern STUN = Pattern.compile("stuns?:" + SERVER);
  private static final Pattern TURN =
      Pattern.compile("turns?:" + SERVER + "(?:\\?transport=(?:udp|tcp))?");
  private static final int LARGEST_PORT = 65_535;

  private IceUri() {}

  /** Whether it is {@code stun:host} or {@code stuns:host}, with or without a port. */
  static boolean isStun(String text) {
    return matches(STUN, text);
  }

  /** Whether it is {@code turn:host} or {@code turns:host}, with or without port and transport. */
  static boolean isTurn(String text) {
    return matches(TURN, text);
  }

  private static boolean matches(Pattern form, String text) {
    Matcher uri = form.matcher(text);
    if (!uri.matches()) {
      return false;
    }
    String port = uri.group("port");
    return port == null || (Integer.parseInt(port) > 0 && Integer.parseInt(port) <= LARGEST_PORT);
  }
}
