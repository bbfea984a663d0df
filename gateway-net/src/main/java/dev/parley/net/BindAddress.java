package dev.parley.net;

import dev.parley.config.ConfigurationException;
import io.netty.util.NetUtil;
import java.util.regex.Pattern;

/** Validates hosts and ports to listen on. */
final class BindAddress {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
  private static final int MAX_PORT = 65535;

  private BindAddress() {}

  /** Rejects a host that is neither an address nor a name, and a port out of range. */
  static void check(String host, int port) {
    boolean isAddress = NetUtil.isValidIpV6Address(host) && !host.startsWith("[");
    if (!isAddress && !NAME.matcher(host).matches()) {
      throw new ConfigurationException(
          "host", host, "an address such as 0.0.0.0 or ::1, or a host name, without a port");
    }
    if (port < 0 || port > MAX_PORT) {
      throw new ConfigurationException(
          "port", Integer.toString(port), "a port number from 0 to " + MAX_PORT);
    }
  }
}
