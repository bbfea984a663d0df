package dev.parley.conformance.browser;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Starts the original server, npm package {@code peer}, as a process of its own. */
final class NpmPeerServer {
  private static final Pattern STARTED =
      Pattern.compile("Started PeerServer on .*, port: (\\d+),.*");

  private NpmPeerServer() {}

  static PeerServer start(PeerServerOptions options) {
    ProcessBuilder builder = new ProcessBuilder(command(options));
    // The option --port=0 counts as missing; the variable does not.
    builder.environment().put("PORT", "0");
    return ServerProcess.start("The npm peer server", builder, STARTED);
  }

  private static List<String> command(PeerServerOptions options) {
    List<String> command =
        new ArrayList<>(List.of("node", NpmPackages.file("peer/dist/bin/peerjs.js").toString()));
    command.add("--host=" + InetAddress.getLoopbackAddress().getHostAddress());
    command.add("--allow_discovery=" + options.discovery());
    command.add("--expire_timeout=" + options.expireTimeout().toMillis());
    command.add("--alive_timeout=" + options.aliveTimeout().toMillis());
    command.add("--concurrent_limit=" + options.concurrentLimit());
    command.add("--key=" + options.key());
    command.add("--path=" + options.path());
    options.corsOrigins().forEach(origin -> command.add("--cors=" + origin));
    return command;
  }
}
