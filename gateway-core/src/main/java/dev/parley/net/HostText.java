package dev.parley.net;

import dev.parley.config.ConfigurationException;
import io.netty.util.NetUtil;
import java.util.regex.Pattern;

/** What may stand as a host to listen on. */
final class HostText {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  private HostText() {}

  /** Refuses, for the key {@code host}, what is neither an address nor a name. */
  static void require(String host) {
    boolean isAddress = NetUtil.isValidIpV6Address(host) && !host.startsWith("[");
    if (!isAddress && !NAME.matcher(host).matches()) {
      throw new ConfigurationException(
          "host", host, "an address such as 0.0.0.0 or ::1, or a host name, without a port");
    }
  }
}
