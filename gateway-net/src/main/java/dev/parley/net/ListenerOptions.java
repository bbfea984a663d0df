package dev.parley.net;

import dev.parley.config.WebOrigins;
import dev.parley.net.tls.TlsOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One port that the gateway listens on, and the dialects mounted there.
 *
 * @param host address or name to bind; {@code 0.0.0.0} and {@code ::} are both every address, of
 *     IPv4 and of IPv6
 * @param port 0 to 65535; 0 lets the system choose one
 * @param tls the certificate, or null for plain HTTP
 * @param origins the web origins whose pages may connect, {@code *} for every one; a request
 *     without an Origin header does not come from a page and is exempt
 * @param mount mounts by dialect name
 */
public record ListenerOptions(
    String host,
    int port,
    @Nullable TlsOptions tls,
    List<String> origins,
    Map<String, MountOptions> mount) {
  /** Copies its collections; rejects an invalid port or origin. */
  public ListenerOptions {
    BindAddress.check(host, port);
    origins = List.copyOf(origins);
    WebOrigins.check("origins", origins);
    mount = Collections.unmodifiableMap(new LinkedHashMap<>(mount));
  }
}
