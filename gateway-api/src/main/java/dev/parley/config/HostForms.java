package dev.parley.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Canonical forms of IP addresses, as browsers write them (WHATWG URL, section 3.5). */
final class HostForms {

  private static final int GROUPS = 8;
  private static final int PARTS = 4;
  private static final long ADDRESSES = 1L << Integer.SIZE;
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  private HostForms() {}

  /** Whether browsers take the host for an IPv4 address, in whatever form. */
  static boolean endsInNumber(String host) {
    String[] parts = parts(host);
    return NUMBER.matcher(parts[parts.length - 1]).matches();
  }

  /** One to four numbers separated by dots; the last one fills the rest. */
  static Optional<String> ipv4(String host) {
    String[] parts = parts(host);
    if (parts.length > PARTS) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean isLast = i == parts.length - 1;
      long most = isLast ? ADDRESSES >> (Byte.SIZE * i) : 1 << Byte.SIZE;
      long number = number(parts[i]);
      if (number < 0 || number >= most) {
        return Optional.empty();
      }
      address += isLast ? number : number << (Byte.SIZE * (PARTS - 1 - i));
    }
    StringJoiner text = new StringJoiner(".");
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      text.add(Long.toString(address >> shift & 0xFF));
    }
    return Optional.of(text.toString());
  }

  /** A trailing dot does not count. */
  private static String[] parts(String host) {
    return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).split("\\.", -1);
  }

  /** Decimal, octal, or hexadecimal; -1 if malformed. */
  private static long number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return -1;
    }
    try {
      if (text.startsWith("0x")) {
        return text.length() == 2 ? 0 : Long.parseLong(text.substring(2), 16);
      }
      return text.length() > 1 && text.startsWith("0")
          ? Long.parseLong(text, 8)
          : Long.parseLong(text);
    } catch (NumberFormatException tooLongOrNotOctal) {
      return -1;
    }
  }

  /** In brackets; the longest run of zeros is left out. */
  static Optional<String> ipv6(String inBrackets) {
    try {
      InetAddress address = InetAddress.getByName(inBrackets);
      byte[] bytes = address.getAddress();
      return Optional.of("[" + (address instanceof Inet4Address
          ? "::ffff:" + hex(bytes, 0) + ":" + hex(bytes, 1)
          : compressed(bytes)) + "]");
    } catch (UnknownHostException none) {
      return Optional.empty();
    }
  }

  private static String compressed(byte[] bytes) {
    int from = -1;
    int longest = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && bytes[2 * end] == 0 && bytes[2 * end + 1] == 0) {
        end++;
      }
      if (end - i > longest) {
        from = i;
        longest = end - i;
      }
      i = Math.max(i, end - 1);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == from) {
        text.append("::");
        i += longest - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
            .append(hex(bytes, i));
      }
    }
    return text.toString();
  }

  private static String hex(byte[] bytes, int group) {
    return Integer
        .toHexString((bytes[2 * group] & 0xFF) << Byte.SIZE | (bytes[2 * group + 1] & 0xFF));
  }
}
