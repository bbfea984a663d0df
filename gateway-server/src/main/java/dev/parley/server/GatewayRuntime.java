package dev.parley.server;

import dev.parley.access.BanStore;
import dev.parley.access.Bans;
import dev.parley.access.LocalBanStore;
import dev.parley.cluster.ClusterOptions;
import dev.parley.cluster.RedisHub;
import dev.parley.cluster.redis.RedisChannels;
import dev.parley.config.ConfigurationException;
import dev.parley.config.ServiceUrl;
import dev.parley.dialect.Counters;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;
import dev.parley.group.local.LocalGroups;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.hub.local.LocalHub;
import dev.parley.ice.IceServersByRealm;
import dev.parley.metrics.DialectCounters;
import dev.parley.metrics.GroupMetrics;
import dev.parley.metrics.SignalMetrics;
import dev.parley.net.Gateway;
import dev.parley.net.ListenerException;
import dev.parley.net.ListenerOptions;
import dev.parley.net.MountCheck;
import dev.parley.net.Realms;
import dev.parley.net.limits.AcceptGate;
import dev.parley.net.proxy.ProxyOptions;
import dev.parley.server.config.ParleyOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Assembles a node: the hub, access to channels, the dialects with their options, and the gateway
 * that serves them.
 */
final class GatewayRuntime implements GatewayService {
  /**
   * How long clients may take to disconnect; below the limit of {@link NodeProcess} for a drain.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Makes them. */
  static final Factory FACTORY =
      new Factory() {
        @Override
        public void check(PlugIns plugIns, ParleyOptions options) {
          DialectContext dialectContext =
              new DialectContext(
                  options.limits().jsonDepth(), new UnconnectedChannels(),
                  new DialectCounters(new SimpleMeterRegistry()));
          MountCheck.check(
              options.listeners(), dialects(plugIns.dialects(), options, dialectContext));
          if (GateAssembly.isGated(options)) {
            checkGates(plugIns, options);
          }
        }

        @Override
        public GatewayService create(
            PlugIns plugIns, ParleyOptions options, Vertx vertx, MeterRegistry metrics) {
          return new GatewayRuntime(plugIns, options, vertx, metrics);
        }
      };

  private final List<ListenerOptions> listeners;
  private final Hub hub;
  private final Groups groups;
  private final Supplier<Future<Void>> joinCluster;
  private final Supplier<Optional<String>> trouble;
  private final RedisChannels channels;
  private final GateSwitch gates;
  private final Realms realms;
  private final IceServersByRealm iceServers;
  private final Gateway gateway;

  /**
   * A node that does not listen yet.
   *
   * @throws ConfigurationException if a dialect or a policy refuses its options
   */
  GatewayRuntime(PlugIns plugIns, ParleyOptions options, Vertx vertx, MeterRegistry metrics) {
    this.listeners = options.listeners();
    ClusterOptions cluster = options.cluster();
    ServiceUrl redis = cluster.redis();
    BanStore banStore;
    if (redis == null) {
      this.hub =
          new LocalHub(
              vertx, options.limits().mailboxes(), options.limits().hold(),
              new SignalMetrics(metrics));
      this.groups =
          new LocalGroups(vertx, options.limits().groups(), new GroupMetrics(metrics));
      banStore = new LocalBanStore(InstantSource.system());
      this.joinCluster = Future::succeededFuture;
      this.trouble = Optional::empty;
    } else {
      RedisHub shared =
          new RedisHub(
              vertx, cluster, options.limits().mailboxes(), options.limits().groups(),
              options.limits().hold(), metrics);
      this.hub = shared;
      this.groups = shared.groups();
      banStore = shared.bans();
      this.joinCluster =
          () -> shared.start().recover(
              cause -> Future.failedFuture(new StartException("cluster " + redis, cause)));
      this.trouble = shared::trouble;
    }
    this.channels = new RedisChannels(vertx);
    this.realms = new Realms(metrics);
    this.realms.replace(GateAssembly.settings(options));
    this.gates =
        new GateSwitch(
            new GateAssembly(plugIns.policies(), vertx, new DialectCounters(metrics)), vertx,
            options, new Bans(banStore, InstantSource.system(), metrics));
    this.iceServers =
        new IceServersByRealm(GateAssembly.iceServers(options), InstantSource.system(), metrics);
    this.gateway =
        new Gateway(
            vertx,
            new Gateway.Setup(
                listeners,
                dialects(plugIns.dialects(), options,
                    new DialectContext(options.limits().jsonDepth(), channels,
                        new DialectCounters(metrics), gates.gates().ids(), iceServers)),
                options.limits(),
                new ProxyOptions(options.proxies(), options.proxyHeader()),
                hub,
                groups,
                metrics,
                Runtime.getRuntime().availableProcessors(),
                gates.gates(),
                realms));
    this.gateway.offering(iceServers);
  }

  /** Creates the policies, and closes them at once. */
  private static void checkGates(PlugIns plugIns, ParleyOptions options) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    try {
      new GateAssembly(plugIns.policies(), vertx, Counters.NONE)
          .assemble(options)
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Override
  public Future<List<Endpoint>> start() {
    return joinCluster
        .get()
        .compose(joined -> gates.start())
        .compose(started -> gateway.start())
        .map(this::endpoints)
        .recover(
            failure -> channels
                .close()
                .eventually(gates::close)
                .eventually(hub::close)
                .transform(left -> Future.failedFuture(explain(failure))));
  }

  @Override
  public Bans bans() {
    return gates.gates().bans();
  }

  @Override
  public void guardedBy(AcceptGate gate) {
    gateway.guardedBy(gate);
  }

  @Override
  public Optional<String> trouble() {
    return trouble.get();
  }

  @Override
  public Optional<String> overload() {
    return gateway.overload();
  }

  @Override
  public Future<Void> reload(ParleyOptions options) {
    return gates.replace(options).onSuccess(replaced -> {
      realms.replace(GateAssembly.settings(options));
      iceServers.replace(GateAssembly.iceServers(options));
      gateway.welcome(options.listeners().stream().map(ListenerOptions::origins).toList());
    });
  }

  @Override
  public Future<Void> drain() {
    return gateway
        .drain(PATIENCE)
        .eventually(gateway::close)
        .eventually(gates::close)
        .eventually(channels::close)
        .eventually(groups::close)
        .eventually(hub::close);
  }

  private static Map<String, Dialect> dialects(
      List<DialectProvider<?>> providers, ParleyOptions options, DialectContext dialectContext) {
    Map<String, Dialect> dialects = new LinkedHashMap<>();
    providers.forEach(
        provider -> dialects.put(provider.name(), create(provider, options, dialectContext)));
    return dialects;
  }

  private static <O> Dialect create(
      DialectProvider<O> provider, ParleyOptions options, DialectContext dialectContext) {
    try {
      return provider.create(options.dialect(provider), dialectContext);
    } catch (ConfigurationException wrong) {
      throw wrong.within("dialects." + provider.name());
    } catch (LinkageError | RuntimeException broken) {
      throw new StartException("dialect " + provider.name(), broken);
    }
  }

  private List<Endpoint> endpoints(List<Integer> ports) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      ListenerOptions listener = listeners.get(i);
      String base = Endpoint.base(listener.tls() != null, listener.host(), ports.get(i));
      listener.mount().forEach((name, at) -> endpoints.add(new Endpoint(name, base + at.path())));
    }
    return endpoints;
  }

  private static RuntimeException explain(Throwable failure) {
    return switch (failure) {
      case StartException said -> said;
      case ConfigurationException wrong -> wrong;
      case ListenerException which when which.getCause() != null ->
          StartException.ofPort(
              String.valueOf(which.getMessage()), "listeners." + which.listener(),
              which.getCause());
      default -> new StartException("gateway", failure);
    };
  }
}
