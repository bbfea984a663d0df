package dev.parley.net.proxy;

import dev.parley.config.ConfigurationException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trusted proxies, and the header in which they name the client of a request.
 *
 * @param trusted their addresses, or networks such as {@code 10.0.0.0/8}
 * @param header the header that they write
 */
public record ProxyOptions(List<String> trusted, ProxyHeader header) {

  /** No proxy is trusted. */
  public static final ProxyOptions NONE =
      new ProxyOptions(List.of(), ProxyHeader.X_FORWARDED_FOR);

  /** Copies the list; rejects an entry that is neither an address nor a network. */
  public ProxyOptions {
    trusted = List.copyOf(trusted);
    networks(trusted);
  }

  List<IpNetwork> networks() {
    return networks(trusted);
  }

  private static List<IpNetwork> networks(List<String> texts) {
    return IntStream.range(0, texts.size())
        .mapToObj(i -> network("proxies." + i, texts.get(i)))
        .toList();
  }

  private static IpNetwork network(String key, String text) {
    return IpNetwork.parse(text)
        .orElseThrow(
            () -> new ConfigurationException(
                key, text, "an address or a range such as 10.0.0.0/8"));
  }
}
