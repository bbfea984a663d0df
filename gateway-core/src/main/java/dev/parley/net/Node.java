package dev.parley.net;

import dev.parley.hub.Hub;
import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What all listeners of one node share. Any thread. */
final class Node {

  private final Limits limits;
  private final Hub hub;
  private final TrustedProxies proxies;
  private final TrustedProxies anyProxy;
  private final Places places;
  private final HandshakeMetrics handshakes;
  private final Overload overload;
  private final ConcurrentHashMap<EventLoop, LoopTurn> turns = new ConcurrentHashMap<>();
  private final AtomicLong connections = new AtomicLong();
  private volatile boolean draining;

  Node(Limits limits, Hub hub, ProxyOptions proxies, HandshakeMetrics handshakes,
      Overload overload) {
    this.limits = limits;
    this.hub = hub;
    this.proxies = new TrustedProxies(proxies);
    this.anyProxy = TrustedProxies.all(proxies.header());
    this.places = new Places(limits);
    this.handshakes = handshakes;
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

  /** For clients of dialects that believe every proxy. */
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
    return turns.computeIfAbsent(eventLoop, loop -> {
      LoopTurn turn = new LoopTurn(loop, limits);
      overload.watch(turn);
      return turn;
    });
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
