package dev.parley.net;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who has a place among the connections of this node: bounded in all and, if wanted, per address.
 * Any thread.
 */
final class Places {

  private final Limits limits;
  private final AtomicInteger taken = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

  Places(Limits limits) {
    this.limits = limits;
  }

  /** A bound that is reached. */
  enum Full {
    IN_ALL,
    OF_ADDRESS
  }

  /** Takes a place for a connection from {@code address}; the bound that says no, if one does. */
  Optional<Full> take(String address) {
    if (!limits.connections().allows(taken.incrementAndGet())) {
      taken.decrementAndGet();
      return Optional.of(Full.IN_ALL);
    }
    if (!limits.connectionsPerAddress().isOff()
        && !limits.connectionsPerAddress().allows(byAddress.merge(address, 1, Integer::sum))) {
      leave(address);
      return Optional.of(Full.OF_ADDRESS);
    }
    return Optional.empty();
  }

  /** Gives the place back. */
  void leave(String address) {
    taken.decrementAndGet();
    if (!limits.connectionsPerAddress().isOff()) {
      byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
  }

  int taken() {
    return taken.get();
  }
}
