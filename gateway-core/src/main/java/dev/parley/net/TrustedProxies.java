package dev.parley.net;

import dev.parley.config.ConfigurationException;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proxies whose word is taken for the address of the client. {@code X-Forwarded-For} is read from
 * its end: the last address that no trusted proxy has is the client's; what stands before it
 * anybody could have written.
 */
final class TrustedProxies {

  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  private final List<IpSubnetFilterRule> trusted = new ArrayList<>();

  /**
   * @param proxies addresses, or networks such as {@code 10.0.0.0/8}
   * @throws ConfigurationException if one is neither
   */
  TrustedProxies(List<String> proxies) {
    for (int i = 0; i < proxies.size(); i++) {
      trusted.add(rule("proxies." + i, proxies.get(i)));
    }
  }

  /** Every proxy: for dialects that are only ever reached through one. */
  static TrustedProxies all() {
    return new TrustedProxies(List.of("0.0.0.0/0", "::/0"));
  }

  private static IpSubnetFilterRule rule(String key, String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!NetUtil.isValidIpV4Address(address) && !NetUtil.isValidIpV6Address(address)) {
      throw new ConfigurationException(key, text, "an IP address or a network such as 10.0.0.0/8");
    }
    int most = NetUtil.isValidIpV4Address(address) ? IPV4_BITS : IPV6_BITS;
    try {
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
    } catch (IllegalArgumentException badPrefix) {
      throw new ConfigurationException(key, text, "a network prefix from 0 to " + most);
    }
  }

  /** The address of the client: the connection's own, or what trusted proxies say. */
  String clientOf(String connectionAddress, @Nullable String forwardedFor) {
    if (forwardedFor == null || !isTrusted(connectionAddress)) {
      return connectionAddress;
    }
    String client = connectionAddress;
    String[] hops = forwardedFor.split(",", -1);
    for (int i = hops.length - 1; i >= 0; i--) {
      String hop = hops[i].trim();
      if (!NetUtil.isValidIpV4Address(hop) && !NetUtil.isValidIpV6Address(hop)) {
        return client;
      }
      client = hop;
      if (!isTrusted(hop)) {
        return client;
      }
    }
    return client;
  }

  private boolean isTrusted(String address) {
    if (trusted.isEmpty() || NetUtil.createByteArrayFromIpAddressString(address) == null) {
      return false;
    }
    InetSocketAddress socket =
        new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(address), 0);
    return trusted.stream().anyMatch(rule -> rule.matches(socket));
  }
}
