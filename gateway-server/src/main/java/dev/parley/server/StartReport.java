package dev.parley.server;

import dev.parley.config.Bound;
import dev.parley.config.ServiceUrl;
import dev.parley.net.limits.FileDescriptors;
import dev.parley.server.config.LoadedConfiguration;
import dev.parley.server.config.ParleyOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The report of a started node: the ready line on standard output, and a line in the log. */
final class StartReport {
  private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

  private final LoadedConfiguration configuration;
  private final List<Endpoint> endpoints;
  private final String managementUrl;

  StartReport(
      LoadedConfiguration configuration, List<Endpoint> endpoints, String managementUrl) {
    this.configuration = configuration;
    this.endpoints =
        endpoints.stream().sorted(Comparator.comparing(Endpoint::dialect)).toList();
    this.managementUrl = managementUrl;
  }

  /** The ready line, with the URLs sorted by the names of the dialects. */
  String readyLine() {
    Stream<String> dialects =
        endpoints.stream().map(endpoint -> endpoint.dialect() + " " + endpoint.url());
    return Stream.concat(dialects, Stream.of("management " + managementUrl))
        .collect(Collectors.joining(", ", "parley is ready: ", ""));
  }

  /**
   * Logs version and endpoints in one line, and warns of too few file descriptors.
   *
   * @param room how many clients the file descriptors suffice for; empty if that is unknown
   */
  void log(OptionalInt room) {
    ParleyOptions options = configuration.options();
    LOG.info(
        "node started: version={} config={} listeners={} dialects={} management={} cluster={}",
        Version.number(),
        joined(configuration.sources().stream(), "defaults"),
        joined(endpoints.stream().map(Endpoint::url).map(StartReport::server), "none"),
        joined(endpoints.stream().map(Endpoint::dialect), "none"),
        managementUrl,
        cluster(options.cluster().redis()));
    reportGate(options);
    Bound connections = options.limits().connections();
    if (room.isPresent() && !connections.isOff() && room.getAsInt() < connections.most()) {
      warnOfFiles(room.getAsInt(), connections.most());
    }
  }

  private static void reportGate(ParleyOptions options) {
    if (GateAssembly.isGated(options)) {
      LOG.info("clients need a credential: gate={}", GateAssembly.describe(options));
      return;
    }
    List<String> reachable =
        options.listeners().stream()
            .filter(listener -> !isLoopback(listener.host()))
            .map(listener -> listener.host() + ":" + listener.port())
            .toList();
    if (!reachable.isEmpty()) {
      LOG.warn(
          "every client that can reach this node may connect, take any free id and call any peer:"
              + " listeners={}; configure a gate (docs/security.md), or listen on 127.0.0.1",
          String.join(",", reachable));
    }
  }

  /** A name that cannot be resolved now is none, as another one may resolve it otherwise. */
  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  private static void warnOfFiles(int room, int connections) {
    long max = FileDescriptors.now().map(FileDescriptors::max).orElse(0L);
    LOG.warn(
        "too few open files for limits.connections: files={} clients={} limits.connections={};"
            + " further clients will be closed when they connect: allow this process {} open files"
            + " (ulimit -n, LimitNOFILE), or lower limits.connections",
        max, room, connections, max - room + connections);
  }

  private static String cluster(@Nullable ServiceUrl redis) {
    return redis == null ? "none" : redis.toString();
  }

  private static String server(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static String joined(Stream<String> all, String otherwise) {
    String text = all.distinct().collect(Collectors.joining(","));
    return text.isEmpty() ? otherwise : text;
  }
}
