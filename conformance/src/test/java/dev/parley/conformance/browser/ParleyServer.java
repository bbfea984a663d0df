package dev.parley.conformance.browser;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Starts Parley, as a process of its own, with the PeerJS dialect alone. */
final class ParleyServer {
  private static final Pattern READY =
      Pattern.compile("parley is ready: .*\\bpeerjs http://[^ ]*:(\\d+)/.*");

  private ParleyServer() {}

  static PeerServer start(PeerServerOptions options) {
    ProcessBuilder builder = new ProcessBuilder(command(options));
    // What whoever runs the tests has set must not become part of them.
    builder.environment().keySet()
        .removeIf(name -> name.startsWith("PARLEY_") || name.endsWith("_OPTIONS"));
    return ServerProcess.start("Parley", builder, READY);
  }

  private static List<String> command(PeerServerOptions options) {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            // It lives for a second: starting fast matters more than running fast.
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
            System.getProperty("java.class.path"), "dev.parley.server.Main"));
    settings(options).forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return command;
  }

  private static Map<String, Object> settings(PeerServerOptions options) {
    return Map.of("listeners.0.host", InetAddress.getLoopbackAddress().getHostAddress(),
        "listeners.0.port", 0, "management.port", 0,
        "listeners.0.mount.peerjs.path", options.path(),
        "dialects.peerjs.allow_discovery", options.discovery(),
        "dialects.peerjs.expire_timeout", options.expireTimeout().toMillis(),
        "dialects.peerjs.alive_timeout", options.aliveTimeout().toMillis(),
        "dialects.peerjs.concurrent_limit", options.concurrentLimit(), "dialects.peerjs.key",
        options.key(), "dialects.peerjs.cors",
        options.corsOrigins().isEmpty() ? "*" : String.join(",", options.corsOrigins()));
  }
}
