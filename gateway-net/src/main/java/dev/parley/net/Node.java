package dev.parley.net;

import dev.parley.hub.Hub;
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
  private final Places places;
  private final HandshakeMetrics handshakes;
  private final Overload overload;
  private final NodeOutput output;
  private final ConcurrentHashMap<EventLoop, LoopTurn> turns = new ConcurrentHashMap<>();
  private final AtomicLong connections = new AtomicLong();
  private volatile boolean draining;
  /** The bound of the retained input of one event loop. */
  private volatile long inputOfLoop;

  /**
   * @param behindProxies whether clients of a dialect come through proxies that are not configured
   */
  Node(
      Limits limits, Hub hub, ProxyOptions proxies, boolean behindProxies, Overload overload,
      NodeOutput output, MeterRegistry metrics) {
    this.output = output;
    this.limits = limits;
    this.inputOfLoop = limits.unfinished().bytes();
    this.hub = hub;
    this.proxies = new TrustedProxies(proxies);
    this.anyProxy = TrustedProxies.all(proxies.header());
    this.places =
        new Places(limits, (behindProxies ? anyProxy : this.proxies)::isTrusted, metrics);
    this.handshakes = new HandshakeMetrics(metrics);
    this.overload = overload;
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

  Places places() {
    return places;
  }

  HandshakeMetrics handshakes() {
    return handshakes;
  }

  Overload overload() {
    return overload;
  }

  LoopTurn turnOf(EventLoop eventLoop) {
    LoopTurn known = turns.get(eventLoop);
    return known == null ? newTurn(eventLoop) : known;
  }

  /** Each loop has its own share of the bound, so that loops need not coordinate. */
  private LoopTurn newTurn(EventLoop eventLoop) {
    LoopTurn turn =
        turns.computeIfAbsent(eventLoop, loop -> {
          LoopTurn made = new LoopTurn(loop, limits, () -> inputOfLoop, output);
          overload.watch(made);
          return made;
        });
    inputOfLoop =
        Math.max(limits.unfinished().bytes() / turns.size(),
            Limits.MIN_MESSAGES * limits.message().bytes());
    return turn;
  }

  /** The retained input of all connections, in bytes. */
  long heldInput() {
    return turns.values().stream().mapToLong(turn -> turn.input().bytes()).sum();
  }

  Collection<LoopTurn> turns() {
    return turns.values();
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
