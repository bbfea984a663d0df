package dev.parley.conformance.browser;

import dev.parley.testkit.GatewayFixture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Starts Parley with the PeerJS dialect: in this process, which is fast, or as its users do. */
final class ParleyServer {
  private static final Pattern READY =
      Pattern.compile("parley is ready: .*\\bpeerjs http://[^ ]*:(\\d+)/.*");

  private ParleyServer() {}

  static PeerServer startHere(PeerServerOptions options) {
    GatewayFixture gateway =
        GatewayFixture.gateway().dialect("peerjs", options.path(), dialect(options)).start();
    return new PeerServer() {
      @Override
      public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port());
      }

      @Override
      public void close() {
        gateway.close();
      }
    };
  }

  static PeerServer startProcess(PeerServerOptions options) {
    return startProcess(options, Map.of());
  }

  /** With more settings. */
  static PeerServer startProcess(PeerServerOptions options, Map<String, Object> settings) {
    ProcessBuilder builder = new ProcessBuilder(command(options, settings));
    // Variables of the shell that runs the tests must not configure the process.
    builder.environment().keySet()
        .removeIf(name -> name.startsWith("PARLEY_") || name.endsWith("_OPTIONS"));
    return ServerProcess.start("Parley", builder, READY);
  }

  private static List<String> command(
      PeerServerOptions options, Map<String, Object> settings) {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            // It lives for a second: starting fast matters more than running fast.
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
            System.getProperty("java.class.path"), "dev.parley.server.Main"));
    Map<String, Object> all = settings(options);
    all.putAll(settings);
    all.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return command;
  }

  private static Map<String, Object> settings(PeerServerOptions options) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("listeners.0.host", InetAddress.getLoopbackAddress().getHostAddress());
    settings.put("listeners.0.port", 0);
    settings.put("listeners.0.mount.peerjs.path", options.path());
    settings.put("management.port", 0);
    dialect(options).forEach((key, value) -> settings.put("dialects.peerjs." + key,
        value instanceof List<?> list ? join(list) : value));
    return settings;
  }

  private static String join(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private static Map<String, Object> dialect(PeerServerOptions options) {
    return Map.of("key", options.key(),
        "allow_discovery", options.discovery(),
        "expire_timeout", options.expireTimeout().toMillis(),
        "alive_timeout", options.aliveTimeout().toMillis(),
        "liveness", "heartbeat",
        "concurrent_limit", options.concurrentLimit(),
        "cors", options.corsOrigins().isEmpty() ? List.of("*") : options.corsOrigins());
  }
}
