package dev.parley.net.proxy;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses with a common prefix; a single address is a network too. IPv4-mapped IPv6 addresses
 * ({@code ::ffff:10.0.0.1}) are IPv4.
 *
 * @param base any address of it
 * @param bits the length of the prefix
 */
public record IpNetwork(InetAddress base, int bits) {

  private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

  /** The network {@code ::ffff:0:0/96} of IPv4-mapped addresses. */
  private static final int MAPPED_BITS = 96;

  /** Parses {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code ::1} or {@code fd00::/8}. */
  static Optional<IpNetwork> parse(String text) {
    int slash = text.indexOf('/');
    String written = slash < 0 ? text : text.substring(0, slash);
    return address(written)
        .flatMap(
            base -> slash < 0
                ? Optional.of(new IpNetwork(base, base.getAddress().length * Byte.SIZE))
                : parse(base, written, text.substring(slash + 1)));
  }

  private static Optional<IpNetwork> parse(InetAddress base, String written, String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      return Optional.empty();
    }
    int most = base.getAddress().length * Byte.SIZE;
    boolean isMapped = most < Byte.SIZE * 16 && written.indexOf(':') >= 0;
    int bits = Integer.parseInt(prefix) - (isMapped ? MAPPED_BITS : 0);
    return bits >= 0 && bits <= most ? Optional.of(new IpNetwork(base, bits)) : Optional.empty();
  }

  /** Parses an address in any form, without its zone. */
  public static Optional<InetAddress> address(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether it contains an address. */
  boolean contains(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (ours[i] != theirs[i]) {
        return false;
      }
    }
    int rest = bits % Byte.SIZE;
    return rest == 0
        || ((ours[whole] ^ theirs[whole]) & 0xFF) >> (Byte.SIZE - rest) == 0;
  }
}
