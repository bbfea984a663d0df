package dev.parley.server;

import dev.parley.config.ConfigurationException;
import dev.parley.net.ManagementOptions;
import dev.parley.net.limits.AcceptGate;
import dev.parley.server.config.LoadedConfiguration;
import dev.parley.server.config.ParleyOptions;
import dev.parley.server.management.ManagementServer;
import dev.parley.server.management.ProcessMetrics;
import dev.parley.server.management.Readiness;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a node on the calling thread: opens the management port, then the clients' ports,
 * prints the ready line, serves until the stop signal, drains, and closes everything.
 */
final class NodeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
  private static final String GATEWAY = "gateway";
  private static final String CLUSTER = "cluster";
  private static final String OVERLOAD = "overload";

  /** Time limit of the drain. A supervisor that waits for the process would kill it soon after. */
  private static final long DRAIN_SECONDS = 25;

  private static final long CLOSE_SECONDS = 5;

  private final GatewayService.Factory gateways;
  private final StopSignal stop;
  private final PrintStream out;

  NodeProcess(GatewayService.Factory gateways, StopSignal stop, PrintStream out) {
    this.gateways = gateways;
    this.stop = stop;
    this.out = out;
  }

  /**
   * Serves until asked to stop.
   *
   * @param plugIns the providers that the options were read with
   * @param again reads and checks the configuration again
   * @param objections warnings about the configuration, to be logged
   * @return 0 after a clean stop, 1 if the drain failed
   * @throws StartException if it cannot start; then nothing is left running
   */
  int run(
      PlugIns plugIns, LoadedConfiguration configuration, Supplier<LoadedConfiguration> again,
      List<String> objections) {
    ParleyOptions options = configuration.options();
    try (var metrics = new ProcessMetrics()) {
      var gate = new AcceptGate(metrics.registry());
      Vertx vertx = vertx(gate);
      try {
        var readiness = new Readiness();
        readiness.notReady(GATEWAY, "starting");
        GatewayService gateway = gateways.create(plugIns, options, vertx, metrics.registry());
        var management =
            new ManagementServer(
                vertx, options.management(), readiness, metrics.registry(), gateway.bans());
        String managementUrl = startManagement(management, options.management());
        gateway.guardedBy(gate);
        // From here on, once the management port is open.
        gate.guard();
        List<Endpoint> endpoints = await(gateway.start(), "gateway");
        readiness.check(CLUSTER, gateway::trouble);
        readiness.check(OVERLOAD, gateway::overload);
        readiness.ready(GATEWAY);
        var started = new StartReport(configuration, endpoints, managementUrl);
        objections.forEach(objection -> LOG.warn("{}", objection));
        started.log(gate.measure());
        out.println(started.readyLine());
        out.flush();
        stop.onReload(new Reload(configuration, again, gateway, stop));
        stop.requested().join();
        readiness.notReady(GATEWAY, "draining");
        return drain(gateway);
      } finally {
        close(vertx);
      }
    }
  }

  private static Vertx vertx(AcceptGate gate) {
    Transport transport = Transport.nativeTransport();
    if (transport == null || !transport.available()) {
      LOG.info("No native transport fits here, the JDK's is used: a signal takes more CPU");
      transport = Transport.NIO;
    }
    return Vertx.builder().with(vertxOptions()).withTransport(gate.over(transport)).build();
  }

  private static String startManagement(ManagementServer server, ManagementOptions options) {
    try {
      int port = server.start().toCompletionStage().toCompletableFuture().join();
      return Endpoint.base(false, options.host(), port);
    } catch (CompletionException failed) {
      throw StartException.ofPort(
          "management " + options.host() + ":" + options.port(), "management", cause(failed));
    }
  }

  private static int drain(GatewayService gateway) {
    LOG.info("Draining: new sessions are refused, clients are asked to reconnect");
    try {
      within(gateway.drain(), DRAIN_SECONDS);
      LOG.info("Drained");
      return 0;
    } catch (CompletionException failed) {
      LOG.error("The drain failed or took longer than {} s", DRAIN_SECONDS, cause(failed));
      return 1;
    }
  }

  private static void close(Vertx vertx) {
    try {
      within(vertx.close(), CLOSE_SECONDS);
    } catch (CompletionException failed) {
      LOG.warn("Not everything could be closed", cause(failed));
    }
  }

  private static <T> T await(Future<T> future, String what) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw switch (cause(failed)) {
        case StartException said -> said;
        case ConfigurationException wrong -> wrong;
        case Throwable other -> new StartException(what, other);
      };
    }
  }

  private static Throwable cause(CompletionException failed) {
    Throwable cause = failed.getCause();
    return cause == null ? failed : cause;
  }

  /** One event loop per core; Vert.x's cache of files is off. */
  private static VertxOptions vertxOptions() {
    return new VertxOptions()
        .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
        .setFileSystemOptions(
            new FileSystemOptions().setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static void within(Future<Void> future, long seconds) {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(seconds, TimeUnit.SECONDS)
        .join();
  }
}
