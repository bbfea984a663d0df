package dev.parley.server.config;

import dev.parley.cluster.ClusterOptions;
import dev.parley.config.ConfigurationException;
import dev.parley.dialect.DialectProvider;
import dev.parley.ice.TurnOptions;
import dev.parley.net.ListenerOptions;
import dev.parley.net.ManagementOptions;
import dev.parley.net.MountOptions;
import dev.parley.net.limits.Limits;
import dev.parley.net.proxy.ProxyHeader;
import dev.parley.net.proxy.ProxyOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The whole configuration of a process, checked.
 *
 * @param listeners the clients' ports, at least one
 * @param gate the policies that decide who may connect to the realms that have no gate of their own;
 *     none leaves them open, unless another realm has a gate
 * @param realms realm name to what is configured for that realm
 * @param dialects dialect name to the options of that dialect, of the type that its provider names
 * @param cluster what is shared with other nodes
 * @param limits what clients may use
 * @param proxies addresses ({@code 10.0.0.1}) and ranges ({@code 10.0.0.0/8}) of proxies
 *     that are believed about the address of a client
 * @param proxyHeader the header that these proxies write
 * @param turn the STUN and TURN servers of realms that have none of their own
 * @param management the port for health and metrics
 * @param logging how the process logs
 */
public record ParleyOptions(
    List<ListenerOptions> listeners,
    List<GateEntry> gate,
    Map<String, RealmOptions> realms,
    Map<String, Object> dialects,
    ClusterOptions cluster,
    Limits limits,
    List<String> proxies,
    ProxyHeader proxyHeader,
    TurnOptions turn,
    ManagementOptions management,
    LoggingOptions logging) {

  /** Copies its collections, and checks constraints between its parts. */
  public ParleyOptions {
    listeners = List.copyOf(listeners);
    gate = List.copyOf(gate);
    realms = Collections.unmodifiableMap(new LinkedHashMap<>(realms));
    realms.keySet().forEach(ParleyOptions::checkRealm);
    dialects = Collections.unmodifiableMap(new LinkedHashMap<>(dialects));
    proxies = List.copyOf(proxies);
    if (listeners.isEmpty()) {
      throw new ConfigurationException("listeners", "[]", "at least one listener");
    }
    refuseSharedPorts(listeners, management);
    // Checks them.
    var unused = new ProxyOptions(proxies, proxyHeader);
  }

  /**
   * The options of a dialect.
   *
   * @throws IllegalArgumentException if the configuration was read without this provider
   */
  public <O> O dialect(DialectProvider<O> provider) {
    Object options = dialects.get(provider.name());
    if (options == null) {
      throw new IllegalArgumentException("no options were read for " + provider.name());
    }
    return provider.optionsType().cast(options);
  }

  private static void checkRealm(String name) {
    if (!MountOptions.isRealm(name)) {
      throw ConfigurationException.unknownKey(
          "realms." + name, name, "the name of a realm: letters, digits, _ and - only");
    }
  }

  private static void refuseSharedPorts(
      List<ListenerOptions> listeners, ManagementOptions management) {
    List<Claim> taken = new ArrayList<>();
    for (int i = 0; i < listeners.size(); i++) {
      ListenerOptions listener = listeners.get(i);
      claim(taken, new Claim("listeners." + i + ".port", listener.host(), listener.port()));
    }
    claim(taken, new Claim("management.port", management.host(), management.port()));
  }

  private static void claim(List<Claim> taken, Claim port) {
    for (Claim other : taken) {
      if (port.meets(other)) {
        throw new ConfigurationException(
            port.key(), Integer.toString(port.port()),
            "a port that no other listener has on " + port.host() + "; " + other.key()
                + " is the same");
      }
    }
    taken.add(port);
  }

  /** A port that a key asks for. */
  private record Claim(String key, String host, int port) {
    private static final Set<String> ANY_HOST = Set.of("0.0.0.0", "::");

    /** Port 0 is another port each time; a wildcard has the port on every address. */
    boolean meets(Claim other) {
      return port != 0
          && port == other.port
          && (host.equalsIgnoreCase(other.host)
              || ANY_HOST.contains(host)
              || ANY_HOST.contains(other.host));
    }
  }
}
