package dev.parley.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Proxies whose word is taken for the address of the client. Their header is read from its end: the
 * last address that no trusted proxy has is the client's; what stands before it anybody could have
 * written. A hop without an address ends the search: the client counts as the proxy that wrote it,
 * as names that are made up for each request would be no limit at all.
 */
final class TrustedProxies {

  private static final List<String> EVERY_ADDRESS = List.of("0.0.0.0/0", "::/0");

  private final ProxyHeader header;
  private final List<IpNetwork> trusted;

  TrustedProxies(ProxyOptions options) {
    this.header = options.header();
    this.trusted = options.networks();
  }

  /** Every proxy that writes this header: for dialects that are only ever reached through one. */
  static TrustedProxies all(ProxyHeader header) {
    return new TrustedProxies(new ProxyOptions(EVERY_ADDRESS, header));
  }

  /** The name of the header whose lines {@link #clientOf} is to be given. */
  String header() {
    return header.field();
  }

  /**
   * The address of the client: the connection's own, or what trusted proxies say. It has one form,
   * however it was written.
   *
   * @param lines the values of the header {@link #header}, in their order
   */
  String clientOf(String connectionAddress, List<String> lines) {
    Optional<InetAddress> connection = IpNetwork.address(connectionAddress);
    return connection.isEmpty()
        ? connectionAddress
        : NetUtil.toAddressString(clientOf(connection.get(), lines));
  }

  private InetAddress clientOf(InetAddress connection, List<String> lines) {
    ForwardedChain chain = new ForwardedChain(header, lines);
    InetAddress client = connection;
    while (isTrusted(client)) {
      Optional<InetAddress> hop = chain.previous();
      if (hop.isEmpty()) {
        return client;
      }
      client = hop.get();
    }
    return client;
  }

  /** Whether a connection from there is a proxy's. */
  boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }
}
