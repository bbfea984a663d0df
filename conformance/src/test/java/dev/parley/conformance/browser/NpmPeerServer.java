package dev.parley.conformance.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The original server, npm package {@code peer}, as a process of its own. */
final class NpmPeerServer implements PeerServer {
  private static final Pattern STARTED =
      Pattern.compile("Started PeerServer on .*, port: (\\d+),.*");

  private final Process process;
  private final InetSocketAddress address;

  private NpmPeerServer(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  static PeerServer start(PeerServerOptions options) {
    ProcessBuilder builder = new ProcessBuilder(command(options)).redirectErrorStream(true);
    // The option --port=0 counts as missing; the variable does not.
    builder.environment().put("PORT", "0");
    try {
      Process process = builder.start();
      try {
        return new NpmPeerServer(process,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port(process)));
      } catch (IOException | RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Reads its output up to the line that says where it listens, and goes on reading in the background. */
  private static int port(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.matches()) {
        Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {
        }));
        return Integer.parseInt(started.group(1));
      }
      seen.append(line).append('\n');
    }
    throw new IllegalStateException("The npm peer server did not start:\n" + seen);
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    // Asked politely it would wait for its clients to leave.
    process.destroyForcibly();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The npm peer server does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
