package dev.parley.net.proxy;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Proxies that are trusted with the address of the client. Their header is read from its end: the
 * last address that is no trusted proxy's is the client's; anything before it may be forged. A hop
 * without an address ends the search: the client counts as the proxy that wrote it, since names
 * invented for each request would evade every limit.
 */
public final class TrustedProxies {

  private static final List<String> EVERY_ADDRESS = List.of("0.0.0.0/0", "::/0");

  private final ProxyHeader header;
  private final List<IpNetwork> trusted;

  public TrustedProxies(ProxyOptions options) {
    this.header = options.header();
    this.trusted = options.networks();
  }

  /**
   * Trusts every proxy that writes this header: for dialects that are only reachable through one.
   */
  public static TrustedProxies all(ProxyHeader header) {
    return new TrustedProxies(new ProxyOptions(EVERY_ADDRESS, header));
  }

  /** The name of the header whose lines {@link #clientOf} takes. */
  public String header() {
    return header.field();
  }

  /**
   * The address of the client: the connection's own, or the one that trusted proxies name. In
   * canonical form.
   *
   * @param lines the values of the header {@link #header}, in order
   */
  public String clientOf(String connectionAddress, List<String> lines) {
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
  public boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }
}
