package dev.parley.server;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectLimits;
import dev.parley.dialect.DialectProvider;
import dev.parley.hub.Hub;
import dev.parley.hub.local.LocalHub;
import dev.parley.metrics.SignalMetrics;
import dev.parley.net.Gateway;
import dev.parley.net.ListenerOptions;
import dev.parley.server.config.ParleyOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The clients' side of a node: the one place that chooses the hub and joins it with dialects and listeners. */
final class GatewayRuntime implements GatewayService {

  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(10);

  private final List<ListenerOptions> listeners;
  private final Hub hub;
  private final Gateway gateway;

  /** Of the dialects that are installed, all are made; a listener mounts those that it names. */
  GatewayRuntime(
      List<DialectProvider<?>> providers, ParleyOptions options, Vertx vertx,
      MeterRegistry metrics) {
    this.listeners = options.listeners();
    this.hub = new LocalHub(vertx, options.limits().mailboxes(), new SignalMetrics(metrics));
    Map<String, Dialect> dialects = new LinkedHashMap<>();
    providers.forEach(provider -> dialects.put(provider.name(), create(provider, options)));
    this.gateway =
        new Gateway(
            vertx,
            new Gateway.Setup(
                listeners,
                dialects,
                options.limits(),
                options.proxies(),
                hub,
                metrics,
                Runtime.getRuntime().availableProcessors()));
  }

  private static <O> Dialect create(DialectProvider<O> provider, ParleyOptions options) {
    return provider.create(options.dialect(provider),
        new DialectLimits(options.limits().jsonDepth()));
  }

  @Override
  public Future<List<Endpoint>> start() {
    return gateway.start().map(this::endpoints);
  }

  private List<Endpoint> endpoints(List<Integer> ports) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      ListenerOptions listener = listeners.get(i);
      String server =
          (listener.tls() == null ? "http://" : "https://") + listener.host() + ":" + ports.get(i);
      listener.mount().forEach((name, at) -> endpoints.add(new Endpoint(name, server + at.path())));
    }
    return endpoints;
  }

  @Override
  public Future<Void> drain() {
    return gateway.drain(DRAIN_PATIENCE).eventually(hub::close);
  }
}
