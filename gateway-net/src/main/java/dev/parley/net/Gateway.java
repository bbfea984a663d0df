package dev.parley.net;

import dev.parley.access.Gates;
import dev.parley.config.ConfigurationException;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.IceServers;
import dev.parley.dialect.Interpreter;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.metrics.SignalMetrics;
import dev.parley.net.limits.AcceptGate;
import dev.parley.net.limits.Limits;
import dev.parley.net.proxy.ProxyOptions;
import dev.parley.net.websocket.ArrivalHandler;
import dev.parley.net.websocket.ConnectionMetrics;
import dev.parley.net.websocket.ConnectionSupport;
import dev.parley.net.websocket.FlushCycle;
import dev.parley.switchboard.HeldSignals;
import dev.parley.switchboard.IdRules;
import dev.parley.switchboard.Interpreters;
import dev.parley.switchboard.SessionHost;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running node: its listeners with their dialects, on one hub. Created by the assembly, which
 * chooses the hub and loads the dialects. Thread-safe.
 */
public final class Gateway {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final long DRAIN_POLL_MILLIS = 50;

  private final Vertx vertx;
  private final Setup setup;
  private final Node node;
  private final Queue<String> deployments = new ConcurrentLinkedQueue<>();
  private final HeldSignals held;
  private final Map<String, ConnectionMetrics> connections = new ConcurrentHashMap<>();
  private final Counter renegotiations;
  private volatile IceServers iceServers = IceServers.NONE;

  /** By their listeners' numbers. */
  private final List<ListenerServer> servers = new CopyOnWriteArrayList<>();

  /**
   * The parts of a node.
   *
   * @param listeners its ports
   * @param dialects the dialects that may be mounted, by name
   * @param limits its limits
   * @param proxies the proxies trusted with the address of a client
   * @param hub routes signals; closed by its creator, after the drain
   * @param groups runs group commands; closed likewise
   * @param metrics receives the metrics
   * @param eventLoops the number of event loops that serve connections
   * @param gates who may connect, by realm
   * @param realms what is configured for realms
   */
  public record Setup(
      List<ListenerOptions> listeners,
      Map<String, Dialect> dialects,
      Limits limits,
      ProxyOptions proxies,
      Hub hub,
      Groups groups,
      MeterRegistry metrics,
      int eventLoops,
      Gates gates,
      Realms realms) {

    /** A node whose realms are all open. */
    public Setup(
        List<ListenerOptions> listeners,
        Map<String, Dialect> dialects,
        Limits limits,
        ProxyOptions proxies,
        Hub hub,
        Groups groups,
        MeterRegistry metrics,
        int eventLoops) {
      this(listeners, dialects, limits, proxies, hub, groups, metrics, eventLoops, new Gates(),
          new Realms(metrics));
    }
  }

  /**
   * Prepares a node.
   *
   * @throws ConfigurationException if a mounted dialect is unknown
   */
  public Gateway(Vertx vertx, Setup setup) {
    this.vertx = vertx;
    this.setup = setup;
    this.held = new HeldSignals(setup.limits().held(), setup.metrics());
    this.node = new Node(setup);
    setup.gates().bans().listen(this::endBanned);
    this.renegotiations =
        Counter.builder("parley.tls.renegotiations.refused")
            .description("TLS connections closed because their client began a second handshake")
            .register(setup.metrics());
    Gauge.builder("parley.input.held", node, Node::heldInput)
        .description("Retained bytes of input: unfinished messages, and messages that wait")
        .baseUnit("bytes")
        .register(setup.metrics());
  }

  /**
   * Counts and limits connections at {@code gate} when they are accepted, and serves a burst of
   * them in slices; without a gate, they are counted after their handshakes. Called before {@link
   * #start}.
   */
  public void guardedBy(AcceptGate gate) {
    gate.admit(this::admits);
  }

  /** Offers STUN and TURN servers at {@code /ice} of each mount. Called before {@link #start}. */
  public void offering(IceServers servers) {
    iceServers = servers;
  }

  private boolean admits(Channel accepted) {
    if (!(node.overload().admits() && node.limiter().enter(accepted))) {
      return false;
    }
    ArrivalHandler.install(accepted, loop -> node.cycleOf(loop).arrivals());
    return true;
  }

  /** Ends connections whose clients are banned by now, in slices. Any thread. */
  private void endBanned() {
    for (FlushCycle cycle : node.cycles()) {
      cycle.later(
          () -> cycle.connections()
              .forEach(connection -> cycle.perform(connection::endIfBanned)));
    }
  }

  /**
   * Opens all listeners.
   *
   * @return the port of each listener, in order; fails with a {@link ListenerException} if one
   *     cannot be opened, and then none is open
   */
  public Future<List<Integer>> start() {
    Future<List<Integer>> started = Future.succeededFuture(List.of());
    SignalMetrics signals = new SignalMetrics(setup.metrics());
    Interpreters interpreters = interpreters();
    for (int i = 0; i < setup.listeners().size(); i++) {
      ListenerOptions options = setup.listeners().get(i);
      ListenerServer server =
          new ListenerServer(i, options, mount(i, options, interpreters, signals), node);
      servers.add(server);
      int number = i;
      started =
          started.compose(ports -> open(number, options, server).map(port -> plus(ports, port)));
    }
    return started.recover(cause -> close().transform(closed -> Future.failedFuture(cause)));
  }

  /**
   * Replaces the web origins whose pages may connect, of each listener; further lists are ignored.
   */
  public void welcome(List<List<String>> origins) {
    for (int i = 0; i < Math.min(origins.size(), servers.size()); i++) {
      servers.get(i).welcome(origins.get(i));
    }
  }

  private static List<Integer> plus(List<Integer> ports, int port) {
    List<Integer> all = new ArrayList<>(ports);
    all.add(port);
    return all;
  }

  private Interpreters interpreters() {
    Map<String, Interpreter> interpreters = new HashMap<>();
    setup.dialects().forEach((name, dialect) -> interpreters.put(name, dialect.interpreter()));
    return new Interpreters(interpreters);
  }

  private List<MountedDialect> mount(
      int listener, ListenerOptions options, Interpreters interpreters, SignalMetrics signals) {
    List<MountedDialect> mounted = new ArrayList<>();
    options
        .mount()
        .forEach(
            (name, at) -> {
              Dialect dialect = setup.dialects().get(name);
              if (dialect == null) {
                throw new ConfigurationException(
                    "listeners." + listener + ".mount." + name, at.path(),
                    "one of the dialects " + setup.dialects().keySet());
              }
              mounted.add(
                  new MountedDialect(
                      at,
                      dialect,
                      new SessionHost.Exchange(setup.hub(), setup.groups(), name,
                          new IdRules(setup.limits().idLength(),
                              setup.limits().newIdsPerMinute()),
                          interpreters,
                          signals.receivedBy(name), held, setup.gates()),
                      new ConnectionSupport(
                          setup.limits(), dialect::closeWords,
                          connections.computeIfAbsent(name,
                              dialectName -> new ConnectionMetrics(setup.metrics(), dialectName)),
                          node.handshakes()),
                      iceServers,
                      (realm, origin) -> servers.get(listener).welcomes(realm, origin)));
            });
    return mounted;
  }

  private Future<Integer> open(int number, ListenerOptions options, ListenerServer server) {
    Promise<Integer> bound = Promise.promise();
    return vertx
        .deployVerticle(
            () -> new ListenerVerticle(
                number, options, server, node, renegotiations::increment, bound),
            new DeploymentOptions().setInstances(setup.eventLoops()))
        .onSuccess(deployments::add)
        .compose(deployed -> bound.future())
        .recover(cause -> Future.failedFuture(new ListenerException(number, options, cause)));
  }

  /** Closes the listeners and, at once, all remaining connections. */
  public Future<Void> close() {
    node.overload().close();
    List<Future<Void>> closed = new ArrayList<>();
    for (String deployment = deployments.poll(); deployment != null; deployment =
        deployments.poll()) {
      closed.add(vertx.undeploy(deployment));
    }
    return Future.join(closed).eventually(this::endAll).mapEmpty();
  }

  /** Closed connections release their resources while there is a hub. */
  private Future<Void> endAll() {
    List<Future<Void>> ended = new ArrayList<>();
    for (FlushCycle cycle : node.cycles()) {
      Promise<Void> end = Promise.promise();
      ended.add(end.future());
      cycle.later(() -> {
        cycle.ends().endAll();
        end.complete();
      });
    }
    return Future.join(ended).mapEmpty();
  }

  /** Why new clients are refused at the moment, in a few words; empty if they are not. */
  public Optional<String> overload() {
    return node.overload().reason();
  }

  /** The number of open WebSockets. */
  public int connections() {
    return node.limiter().webSockets();
  }

  /**
   * Graceful shutdown: refuses requests and new connections with 503, and closes open connections
   * with {@link CloseReason#RESTART}.
   *
   * @param patience how long to wait for clients to close
   * @return succeeds when no connection is left or patience has run out
   */
  public Future<Void> drain(Duration patience) {
    node.drain();
    LOG.info("draining, clients are asked to reconnect: connections={}", connections());
    Promise<Void> drained = Promise.promise();
    awaitEmpty(System.nanoTime() + patience.toNanos(), drained);
    return drained.future();
  }

  /** Closes again at each poll: a connection may have been opening when the drain began. */
  private void awaitEmpty(long deadline, Promise<Void> drained) {
    for (FlushCycle cycle : node.cycles()) {
      cycle.later(
          () -> cycle.connections().forEach(connection -> connection.close(CloseReason.RESTART)));
    }
    if (connections() == 0) {
      drained.complete();
    } else if (System.nanoTime() - deadline > 0) {
      LOG.warn("{} clients did not hang up in time and are cut off", connections());
      drained.complete();
    } else {
      vertx.setTimer(DRAIN_POLL_MILLIS, id -> awaitEmpty(deadline, drained));
    }
  }
}
