package dev.parley.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses with a common prefix; a single address is one, too. An IPv4-mapped address of IPv6 is
 * the one of IPv4. No name is ever looked up.
 *
 * @param prefix the first bits of the address, and zeros
 * @param bits how many are common
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by the methods below
record Network(byte[] prefix, int bits) implements Comparable<Network> {

  private static final int MAPPED_BITS = 96;
  private static final int OCTETS = 4;
  private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]{2,45})(?:/([0-9]{1,3}))?");
  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");

  /** Parses {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code ::1} or {@code fd00::/8}. */
  static Optional<Network> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String written = parts.group(1);
    byte[] address = address(written);
    int most = address.length * Byte.SIZE;
    if (most == 0) {
      return Optional.empty();
    }
    int bits = most;
    if (parts.group(2) != null) {
      boolean isMapped = address.length == OCTETS && written.indexOf(':') >= 0;
      bits = Integer.parseInt(parts.group(2)) - (isMapped ? MAPPED_BITS : 0);
    }
    return bits < 0 || bits > most ? Optional.empty() : Optional.of(of(address, bits));
  }

  /** The network of an address; its bits behind the prefix do not matter. */
  Network widened(int common) {
    return of(prefix, common);
  }

  private static Network of(byte[] address, int bits) {
    byte[] prefix = address.clone();
    for (int bit = bits; bit < address.length * Byte.SIZE; bit++) {
      prefix[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
    }
    return new Network(prefix, bits);
  }

  private static byte[] address(String text) {
    if (text.indexOf(':') < 0) {
      return ipv4(text);
    }
    try {
      // With a colon it is parsed, or rejected.
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException notAnAddress) {
      return new byte[0];
    }
  }

  private static byte[] ipv4(String text) {
    String[] octets = text.split("\\.", -1);
    byte[] address = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      if (!OCTET.matcher(octets[i]).matches() || Integer.parseInt(octets[i]) > 0xFF) {
        return new byte[0];
      }
      address[i] = (byte) Integer.parseInt(octets[i]);
    }
    return octets.length == OCTETS ? address : new byte[0];
  }

  @Override
  public int compareTo(Network that) {
    int byPrefix = Arrays.compare(prefix, that.prefix);
    return byPrefix != 0 ? byPrefix : Integer.compare(bits, that.bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that && bits == that.bits
        && Arrays.equals(prefix, that.prefix);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(prefix) + bits;
  }
}
