package dev.parley.net;

import dev.parley.access.Gates;
import dev.parley.dialect.Dialect;
import dev.parley.hub.Hub;
import dev.parley.net.limits.AddressPrefix;
import dev.parley.net.limits.AddressRate;
import dev.parley.net.limits.ConnectionLimiter;
import dev.parley.net.limits.GatePlaces;
import dev.parley.net.limits.Limits;
import dev.parley.net.proxy.TrustedProxies;
import dev.parley.net.websocket.FlushCycle;
import dev.parley.net.websocket.HandshakeMetrics;
import dev.parley.net.websocket.NodeOutput;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Shared by all listeners of one node. Thread-safe. */
final class Node {

  private final Limits limits;
  private final Hub hub;
  private final TrustedProxies proxies;
  private final TrustedProxies anyProxy;
  private final ConnectionLimiter limiter;
  private final AddressRate connectionRate;
  private final AddressRate requestRate;
  private final Gates gates;
  private final GatePlaces gatePlaces;
  private final GateKeeper gateKeeper;
  private final HandshakeMetrics handshakes;
  private final Realms realms;
  private final Overload overload;
  private final NodeOutput output;
  private final ConcurrentHashMap<EventLoop, FlushCycle> cycles = new ConcurrentHashMap<>();
  private final AtomicLong connections = new AtomicLong();
  private volatile boolean draining;
  /** The bound of the retained input of one event loop. */
  private volatile long inputOfLoop;

  Node(Gateway.Setup setup) {
    MeterRegistry metrics = setup.metrics();
    this.limits = setup.limits();
    this.output = new NodeOutput(limits, metrics);
    this.inputOfLoop = limits.unfinished().bytes();
    this.hub = setup.hub();
    this.proxies = new TrustedProxies(setup.proxies());
    this.anyProxy = TrustedProxies.all(setup.proxies().header());
    // Clients of some dialects come through proxies that are not configured.
    boolean behindProxies = setup.dialects().values().stream().anyMatch(Dialect::isBehindProxy);
    this.limiter =
        new ConnectionLimiter(limits, (behindProxies ? anyProxy : this.proxies)::isTrusted,
            metrics);
    AddressPrefix prefix = new AddressPrefix(limits.addressPrefix());
    this.connectionRate =
        new AddressRate(limits.connectionRate(), limits.connectionBurst(), prefix);
    this.requestRate = new AddressRate(limits.requestRate(), limits.requestBurst(), prefix);
    this.gates = setup.gates();
    this.gatePlaces = new GatePlaces(limits, metrics);
    this.gateKeeper = new GateKeeper(gatePlaces, limits.gate());
    this.handshakes = new HandshakeMetrics(metrics);
    this.realms = setup.realms();
    this.overload = new Overload(limits.overload(), metrics);
  }

  Limits limits() {
    return limits;
  }

  Hub hub() {
    return hub;
  }

  TrustedProxies proxies() {
    return proxies;
  }

  /** For clients of dialects that trust every proxy. */
  TrustedProxies anyProxy() {
    return anyProxy;
  }

  ConnectionLimiter limiter() {
    return limiter;
  }

  /** WebSockets of one address. */
  AddressRate connectionRate() {
    return connectionRate;
  }

  /** Plain HTTP requests of one address. */
  AddressRate requestRate() {
    return requestRate;
  }

  Gates gates() {
    return gates;
  }

  /** The clients that wait for a gate. */
  GatePlaces gatePlaces() {
    return gatePlaces;
  }

  GateKeeper gateKeeper() {
    return gateKeeper;
  }

  HandshakeMetrics handshakes() {
    return handshakes;
  }

  Realms realms() {
    return realms;
  }

  Overload overload() {
    return overload;
  }

  FlushCycle cycleOf(EventLoop eventLoop) {
    FlushCycle known = cycles.get(eventLoop);
    return known == null ? newCycle(eventLoop) : known;
  }

  /** Each loop has its own share of the bound, so that loops need not coordinate. */
  private FlushCycle newCycle(EventLoop eventLoop) {
    FlushCycle cycle =
        cycles.computeIfAbsent(eventLoop, loop -> {
          FlushCycle made = new FlushCycle(loop, limits, () -> inputOfLoop, output);
          overload.watch(made);
          return made;
        });
    inputOfLoop =
        Math.max(limits.unfinished().bytes() / cycles.size(),
            Limits.MIN_MESSAGES * limits.message().bytes());
    return cycle;
  }

  /** The retained input of all connections, in bytes. */
  long heldInput() {
    return gatePlaces.early()
        + cycles.values().stream().mapToLong(cycle -> cycle.input().bytes()).sum();
  }

  Collection<FlushCycle> cycles() {
    return cycles.values();
  }

  long nextConnection() {
    return connections.incrementAndGet();
  }

  boolean isDraining() {
    return draining;
  }

  void drain() {
    draining = true;
  }
}
