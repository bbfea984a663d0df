package dev.parley.net.limits;

import dev.parley.net.limits.ConnectionLimiter.Full;
import dev.parley.net.proxy.IpNetwork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the clients that wait for the decision of a gate, in total and per address, and what they
 * send meanwhile. Thread-safe.
 */
public final class GatePlaces {

  /** Clients that wait send nothing unless they break the protocol: a small share is enough. */
  private static final int EARLY_SHARE = 8;

  private final Limits limits;
  private final AddressPrefix prefix;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong early = new AtomicLong();
  private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

  public GatePlaces(Limits limits, MeterRegistry metrics) {
    this.limits = limits;
    this.prefix = new AddressPrefix(limits.addressPrefix());
    Gauge.builder("parley.gate.waiting", waiting, AtomicInteger::get)
        .description("Clients that wait for the decision of a gate")
        .register(metrics);
  }

  /** The place of one client. */
  public final class Place {
    private final @Nullable String address;
    private boolean left;

    private Place(@Nullable String address) {
      this.address = address;
    }

    /** Frees the place; the second time does nothing. One thread at a time. */
    public void leave() {
      if (!left) {
        left = true;
        waiting.decrementAndGet();
        giveBack(address);
      }
    }
  }

  /** A place, or the bound that is reached. */
  public sealed interface Entry {

    /** There was one. */
    record Entered(Place place) implements Entry {}

    /** There was none. */
    record Refused(Full bound) implements Entry {}
  }

  /** Takes a place for a client at {@code address}. */
  public Entry enter(String address) {
    if (!limits.gateWaiting().allows(waiting.incrementAndGet())) {
      waiting.decrementAndGet();
      return new Entry.Refused(Full.IN_ALL);
    }
    String key = keyOf(address);
    if (key != null
        && !limits.gateWaitingPerAddress().allows(byAddress.merge(key, 1, Integer::sum))) {
      giveBack(key);
      waiting.decrementAndGet();
      return new Entry.Refused(Full.OF_ADDRESS);
    }
    return new Entry.Entered(new Place(key));
  }

  /** Null if addresses are not counted. */
  private @Nullable String keyOf(String address) {
    return limits.gateWaitingPerAddress().isOff() ? null
        : IpNetwork.address(address).map(prefix::nameOf).orElse(address);
  }

  private void giveBack(@Nullable String key) {
    if (key != null) {
      byAddress.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Accounts for bytes that a waiting client has sent; false if they are too many in all. */
  public boolean keep(int bytes) {
    if (early.addAndGet(bytes) <= limits.unfinished().bytes() / EARLY_SHARE) {
      return true;
    }
    early.addAndGet(-bytes);
    return false;
  }

  /** Such bytes are no longer kept. */
  public void release(int bytes) {
    early.addAndGet(-bytes);
  }

  /** Clients that wait now. */
  public int waiting() {
    return waiting.get();
  }

  /** The number of addresses with waiting clients. */
  int addresses() {
    return byAddress.size();
  }

  /** The bytes that are kept of waiting clients. */
  public long early() {
    return early.get();
  }
}
