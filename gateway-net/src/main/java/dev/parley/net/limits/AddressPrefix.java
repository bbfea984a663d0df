package dev.parley.net.limits;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Which addresses count as one: of IPv6 those with the same first bits, since a single customer of
 * a provider has all of them; of IPv4 none.
 *
 * @param bits the length of the prefix of IPv6 addresses
 */
public record AddressPrefix(int bits) {

  /** The bytes of an address, with zeros behind the prefix. */
  byte[] of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == Integer.BYTES) {
      return bytes;
    }
    for (int bit = bits; bit < bytes.length * Byte.SIZE; bit++) {
      bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
    }
    return bytes;
  }

  /** The common text of all addresses that count as one. */
  String nameOf(InetAddress address) {
    byte[] bytes = of(address);
    if (bytes.length == Integer.BYTES) {
      return NetUtil.bytesToIpAddress(bytes);
    }
    try {
      return NetUtil.toAddressString(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
