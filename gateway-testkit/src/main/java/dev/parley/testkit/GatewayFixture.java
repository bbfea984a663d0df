package dev.parley.testkit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.access.Gates;
import dev.parley.cluster.ClusterOptions;
import dev.parley.cluster.RedisHub;
import dev.parley.cluster.redis.RedisChannels;
import dev.parley.config.DurationText;
import dev.parley.config.WebOrigins;
import dev.parley.dialect.Channels;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;
import dev.parley.dialect.IceServers;
import dev.parley.group.local.LocalGroups;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.hub.local.LocalHub;
import dev.parley.ice.IceServersByRealm;
import dev.parley.metrics.DialectCounters;
import dev.parley.metrics.GroupMetrics;
import dev.parley.metrics.SignalMetrics;
import dev.parley.net.Gateway;
import dev.parley.net.ListenerOptions;
import dev.parley.net.MountOptions;
import dev.parley.net.Realms;
import dev.parley.net.limits.AcceptGate;
import dev.parley.net.limits.Limits;
import dev.parley.net.limits.OverloadLimits;
import dev.parley.net.proxy.ProxyHeader;
import dev.parley.net.proxy.ProxyOptions;
import dev.parley.net.tls.TlsOptions;
import dev.parley.testkit.record.Records;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A gateway in this process: one listener on a free port, of loopback unless asked otherwise, several event loops, and a
 * hub of its own in memory unless one is given. Dialects are found with {@link ServiceLoader}, by
 * their names. {@link #close()} cuts everything off. Any thread but event loops.
 */
public final class GatewayFixture implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int EVENT_LOOPS = 3;

  private final Vertx vertx;
  private final Hub hub;
  private final Groups groups;
  private final RedisChannels channels;
  private final MeterRegistry metrics;
  private final Gateway gateway;
  private final IceServersByRealm iceServers;
  private final boolean secure;
  private final int port;

  /** The hub, and the groups. */
  private record Core(Hub hub, Groups groups) {}

  private GatewayFixture(Builder wanted) {
    metrics = new SimpleMeterRegistry();
    AcceptGate gate = new AcceptGate(metrics);
    vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(wanted.eventLoops))
            .withTransport(gate.over(Transport.NIO))
            .build();
    channels = new RedisChannels(vertx);
    try {
      Core core = wanted.core.apply(vertx, metrics);
      hub = core.hub;
      groups = wanted.groups.apply(core.groups);
      ListenerOptions listener =
          new ListenerOptions(wanted.host, 0, wanted.tls, wanted.origins, wanted.mounts);
      secure = wanted.tls != null;
      Realms realms = new Realms(metrics);
      realms.replace(wanted.realms);
      iceServers = new IceServersByRealm(wanted.ice, InstantSource.system(), metrics);
      gateway =
          new Gateway(
              vertx,
              new Gateway.Setup(List.of(listener), wanted.dialects(channels, metrics, iceServers),
                  wanted.limitsForTests(),
                  wanted.proxies, hub, groups, metrics, wanted.eventLoops, wanted.gates,
                  realms));
      gateway.offering(iceServers);
      gateway.guardedBy(gate);
      gate.guard();
      port = Waits.join("the gateway to listen", gateway.start()).getFirst();
    } catch (RuntimeException failed) {
      Waits.join("the end of Vert.x", vertx.close());
      throw failed;
    }
  }

  /** A builder of a gateway, without dialects. */
  public static Builder gateway() {
    return new Builder();
  }

  /** Builder of a gateway. */
  public static final class Builder {

    private final Map<String, Object> dialectOptions = new LinkedHashMap<>();
    private final Map<String, MountOptions> mounts = new LinkedHashMap<>();
    private final Map<String, DialectProvider<?>> providers = new LinkedHashMap<>();
    private String host = LOOPBACK;
    private List<String> origins = List.of(WebOrigins.ANY);
    private Map<String, Realms.Settings> realms = Map.of();
    private ProxyOptions proxies = ProxyOptions.NONE;
    private Limits limits = Limits.DEFAULT;
    private @Nullable TlsOptions tls;
    private IceServersByRealm.Table ice = IceServersByRealm.Table.NONE;
    private int eventLoops = EVENT_LOOPS;
    private Gates gates = new Gates();
    private UnaryOperator<Groups> groups = UnaryOperator.identity();
    private BiFunction<Vertx, MeterRegistry, Core> core =
        (vertx, metrics) -> new Core(
            new LocalHub(vertx, limits.mailboxes(), limits.hold(), new SignalMetrics(metrics)),
            new LocalGroups(vertx, limits.groups(), new GroupMetrics(metrics)));

    private Builder() {}

    /** Off: a machine that is busy with other tests is not an overload of this gateway. */
    private Limits limitsForTests() {
      return limits.overload().equals(OverloadLimits.DEFAULT)
          ? Records.with(limits, "overload", OverloadLimits.OFF)
          : limits;
    }

    /** Serves a dialect at its default path with default options. */
    public Builder dialect(String name) {
      return dialect(name, provider(name).defaultPath(), Map.of());
    }

    /** As {@link #dialect(String, String, Object)}, at the dialect's default path. */
    public Builder dialect(String name, Object options) {
      return dialect(name, provider(name).defaultPath(), options);
    }

    /**
     * Serves a dialect.
     *
     * @param path where
     * @param options the dialect's own options record, or a map of what differs from its defaults,
     *     with the keys that the configuration has
     */
    public Builder dialect(String name, String path, Object options) {
      return dialect(name, MountOptions.at(path), options);
    }

    /** As {@link #dialect(String, String, Object)}, with a realm. */
    public Builder dialect(String name, MountOptions mount, Object options) {
      dialectOptions.put(name, options);
      mounts.put(name, mount);
      return this;
    }

    /**
     * Creates the dialect of that name with {@code provider}, instead of the one on the class path.
     */
    public Builder provider(DialectProvider<?> provider) {
      providers.put(provider.name(), provider);
      return this;
    }

    /** Other limits than the default ones. */
    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    /** Another address to listen on than loopback of IPv4. */
    public Builder host(String value) {
      host = value;
      return this;
    }

    /** The web origins whose pages may connect. */
    public Builder origins(String... values) {
      origins = List.of(values);
      return this;
    }

    /** What holds for single realms. */
    public Builder realms(Map<String, Realms.Settings> values) {
      realms = values;
      return this;
    }

    /** Proxies that are believed about addresses, and write them into X-Forwarded-For. */
    public Builder proxies(String... values) {
      return proxies(ProxyHeader.X_FORWARDED_FOR, values);
    }

    /** Proxies that are believed about addresses, and the header that they write them into. */
    public Builder proxies(ProxyHeader header, String... values) {
      proxies = new ProxyOptions(List.of(values), header);
      return this;
    }

    /** TLS with a certificate. */
    public Builder tls(TlsOptions value) {
      tls = value;
      return this;
    }

    /** Gates of realms; without, all are open. */
    public Builder gates(Gates value) {
      gates = value;
      return this;
    }

    /** STUN and TURN servers for clients. */
    public Builder ice(IceServersByRealm.Table value) {
      ice = value;
      return this;
    }

    /** Another number of event loops. */
    public Builder eventLoops(int value) {
      eventLoops = value;
      return this;
    }

    /** Wraps the groups that the gateway would have without it. */
    public Builder groups(UnaryOperator<Groups> between) {
      groups = between;
      return this;
    }

    /** Another hub than one in memory; the fixture closes it. */
    public Builder hub(BiFunction<Vertx, MeterRegistry, Hub> factory) {
      core =
          (vertx, metrics) -> new Core(
              factory.apply(vertx, metrics),
              new LocalGroups(vertx, limits.groups(), new GroupMetrics(metrics)));
      return this;
    }

    /** Other groups than those in memory, beside a hub in memory. */
    public Builder groups(Groups groups) {
      core =
          (vertx, metrics) -> new Core(
              new LocalHub(vertx, limits.mailboxes(), limits.hold(), new SignalMetrics(metrics)),
              groups);
      return this;
    }

    /** A hub over Redis: nodes with the same Redis and prefix are one gateway. */
    public Builder cluster(ClusterOptions cluster) {
      core =
          (vertx, metrics) -> {
            RedisHub shared =
                new RedisHub(vertx, cluster, limits.mailboxes(), limits.groups(), limits.hold(),
                    metrics);
            Waits.join("the start of the hub", shared.start());
            return new Core(shared, shared.groups());
          };
      return this;
    }

    /** Starts it; throws if it fails to start. */
    public GatewayFixture start() {
      return new GatewayFixture(this);
    }

    private Map<String, Dialect> dialects(
        Channels channels, MeterRegistry metrics, IceServers iceServers) {
      DialectContext dialectContext =
          new DialectContext(
              limits.jsonDepth(), channels, new DialectCounters(metrics), gates.ids(),
              iceServers);
      Map<String, Dialect> dialects = new LinkedHashMap<>();
      dialectOptions.forEach(
          (name, options) -> dialects.put(name, create(provider(name), options, dialectContext)));
      return dialects;
    }

    private static <O> Dialect create(
        DialectProvider<O> provider, Object options, DialectContext dialectContext) {
      return provider.create(bind(provider, options), dialectContext);
    }

    private static <O> O bind(DialectProvider<O> provider, Object options) {
      if (provider.optionsType().isInstance(options)) {
        return provider.optionsType().cast(options);
      }
      JsonMapper mapper =
          JsonMapper.builder()
              .addModule(DurationText.module())
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .build();
      ObjectNode all = mapper.valueToTree(provider.defaults());
      ObjectNode given = mapper.valueToTree(options);
      given.properties().forEach(option -> all.set(option.getKey(), option.getValue()));
      return mapper.convertValue(all, provider.optionsType());
    }

    private DialectProvider<?> provider(String name) {
      DialectProvider<?> given = providers.get(name);
      if (given != null) {
        return given;
      }
      for (DialectProvider<?> provider : ServiceLoader.load(DialectProvider.class)) {
        if (provider.name().equals(name)) {
          return provider;
        }
      }
      throw new IllegalArgumentException("no dialect " + name + " on the class path");
    }
  }

  /** The address of a path for HTTP; the path goes out as it is and begins with a slash. */
  public URI httpUri(String path) {
    return URI.create((secure ? "https" : "http") + "://" + LOOPBACK + ":" + port + path);
  }

  /** The address of a path for WebSockets; the path goes out as it is and begins with a slash. */
  public URI wsUri(String path) {
    return URI.create((secure ? "wss" : "ws") + "://" + LOOPBACK + ":" + port + path);
  }

  /** The port on loopback. */
  public int port() {
    return port;
  }

  /** Its hub. */
  public Hub hub() {
    return hub;
  }

  /** Its groups. */
  public LocalGroups groups() {
    if (groups instanceof LocalGroups local) {
      return local;
    }
    throw new IllegalStateException("its groups are those of a cluster");
  }

  /** Its STUN and TURN servers, which can be replaced. */
  public IceServersByRealm iceServers() {
    return iceServers;
  }

  /** Its metrics. */
  public MeterRegistry metrics() {
    return metrics;
  }

  /** How many connections are open. */
  public int connections() {
    return gateway.connections();
  }

  /** Starts to drain; completes when every client has disconnected, or after a time limit. */
  public Future<Void> drain(Duration patience) {
    return gateway.drain(patience);
  }

  @Override
  public void close() {
    Waits.join(
        "the end of the gateway",
        gateway
            .close()
            .eventually(channels::close)
            .eventually(groups::close)
            .eventually(hub::close)
            .eventually(vertx::close));
  }
}
