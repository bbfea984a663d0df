package dev.parley.net;

import dev.parley.config.ConfigurationException;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.Interpreter;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.metrics.SignalMetrics;
import dev.parley.switchboard.HeldSignals;
import dev.parley.switchboard.IdRules;
import dev.parley.switchboard.Interpreters;
import dev.parley.switchboard.Participant;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running node: its listeners with their dialects, on one hub. Made by the assembly, which
 * chooses the hub and finds the dialects. All methods may be called on any thread.
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

  /**
   * What a node is made of.
   *
   * @param listeners its ports
   * @param dialects the dialects that may be mounted, by name
   * @param limits its limits
   * @param proxies the proxies that are believed about the address of a client
   * @param hub where peers meet; closed by whoever made it, after the drain
   * @param groups what peers do together; closed likewise
   * @param metrics takes what is counted
   * @param eventLoops on how many event loops connections are served
   */
  public record Setup(
      List<ListenerOptions> listeners,
      Map<String, Dialect> dialects,
      Limits limits,
      ProxyOptions proxies,
      Hub hub,
      Groups groups,
      MeterRegistry metrics,
      int eventLoops) {}

  /**
   * Prepares a node.
   *
   * @throws ConfigurationException if a mounted dialect is unknown
   */
  public Gateway(Vertx vertx, Setup setup) {
    this.vertx = vertx;
    this.setup = setup;
    this.held = new HeldSignals(setup.limits().held(), setup.metrics());
    this.node =
        new Node(setup.limits(), setup.hub(), setup.proxies(),
            setup.dialects().values().stream().anyMatch(Dialect::isBehindProxy),
            new Overload(setup.limits().overload(), setup.metrics()),
            new NodeOutput(setup.limits(), setup.metrics()), setup.metrics());
    this.renegotiations =
        Counter.builder("parley.tls.renegotiations.refused")
            .description("TLS connections closed because their client began a second handshake")
            .register(setup.metrics());
    Gauge.builder("parley.input.held", node, Node::heldInput)
        .description("Bytes of clients that are kept: unfinished messages, and what waits")
        .baseUnit("bytes")
        .register(setup.metrics());
  }

  /**
   * Has connections counted and refused by {@code gate} when they are accepted; without one they
   * are when they have shaken hands. Before {@link #start}.
   */
  public void guardedBy(AcceptGate gate) {
    gate.admit(client -> node.overload().admits() && node.places().enter(client));
  }

  /**
   * Opens all listeners.
   *
   * @return the port of each listener, in their order; fails with a {@link ListenerException} if
   *     one cannot be opened, and then none is open
   */
  public Future<List<Integer>> start() {
    Future<List<Integer>> started = Future.succeededFuture(List.of());
    SignalMetrics signals = new SignalMetrics(setup.metrics());
    Interpreters interpreters = interpreters();
    for (int i = 0; i < setup.listeners().size(); i++) {
      ListenerOptions options = setup.listeners().get(i);
      ListenerServer server =
          new ListenerServer(options, mount(i, options, interpreters, signals), node);
      int number = i;
      started =
          started.compose(ports -> open(number, options, server).map(port -> plus(ports, port)));
    }
    return started.recover(cause -> close().transform(closed -> Future.failedFuture(cause)));
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
                      new Participant.Exchange(setup.hub(), setup.groups(), name,
                          new IdRules(setup.limits().idLength(),
                              setup.limits().newIdsPerMinute()),
                          interpreters,
                          signals.receivedBy(name), held),
                      new ConnectionSupport(
                          setup.limits(), dialect::closeWords,
                          connections.computeIfAbsent(name,
                              dialectName -> new ConnectionMetrics(setup.metrics(), dialectName)),
                          node.handshakes())));
            });
    return mounted;
  }

  private Future<Integer> open(int number, ListenerOptions options, ListenerServer server) {
    Promise<Integer> bound = Promise.promise();
    return vertx
        .deployVerticle(
            () -> new ListenerVerticle(
                number, options, server, setup.limits(), node.places(),
                renegotiations::increment, bound),
            new DeploymentOptions().setInstances(setup.eventLoops()))
        .onSuccess(deployments::add)
        .compose(deployed -> bound.future())
        .recover(cause -> Future.failedFuture(new ListenerException(number, options, cause)));
  }

  /** Closes the listeners and, at once, whatever connections there still are. */
  public Future<Void> close() {
    node.overload().close();
    List<Future<Void>> closed = new ArrayList<>();
    for (String deployment = deployments.poll(); deployment != null; deployment =
        deployments.poll()) {
      closed.add(vertx.undeploy(deployment));
    }
    return Future.join(closed).eventually(this::endAll).mapEmpty();
  }

  /** What connections that are closed have to give up is given up while there is a hub. */
  private Future<Void> endAll() {
    List<Future<Void>> ended = new ArrayList<>();
    for (LoopTurn turn : node.turns()) {
      Promise<Void> end = Promise.promise();
      ended.add(end.future());
      turn.later(() -> {
        turn.ends().endAll();
        end.complete();
      });
    }
    return Future.join(ended).mapEmpty();
  }

  /** Why new clients are refused for now, in a few words; empty if the node can take them. */
  public Optional<String> overload() {
    return node.overload().reason();
  }

  /** How many WebSockets are open. */
  public int connections() {
    return node.places().webSockets();
  }

  /**
   * Stops serving, politely: requests and new connections are refused with 503, connections that
   * are open are closed with {@link CloseReason#RESTART}.
   *
   * @param patience how long to wait for clients to hang up
   * @return done when no connection is left or patience has run out
   */
  public Future<Void> drain(Duration patience) {
    node.drain();
    LOG.info("draining: {} connections are told to come back", connections());
    Promise<Void> drained = Promise.promise();
    awaitEmpty(System.nanoTime() + patience.toNanos(), drained);
    return drained.future();
  }

  /** Asks again at every look: a connection may have been about to open when the drain began. */
  private void awaitEmpty(long deadline, Promise<Void> drained) {
    for (LoopTurn turn : node.turns()) {
      turn.later(
          () -> turn.connections().forEach(connection -> connection.close(CloseReason.RESTART)));
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
