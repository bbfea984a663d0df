package dev.parley.net.limits;

import dev.parley.config.Bound;
import dev.parley.config.Rate;
import dev.parley.net.proxy.IpNetwork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connection limiter, in total and per address: of WebSockets, and of all other connections from
 * the moment when they are accepted, including those in a TLS handshake. A connection without a
 * slot is refused with an answer. To bound those as well, only an eighth more than there are slots
 * are accepted; above that, connections are closed at once.
 *
 * <p>IPv6 addresses with the same {@code limits.addressPrefix} bits count as one address: a single
 * customer of a provider has all of them. A proxy's own address is not counted; that of the client
 * which it names is, when a WebSocket is opened. An address that connects faster than it may open
 * WebSockets and send requests together is closed at once, too.
 *
 * <p>Thread-safe; operations on one connection run on its event loop.
 */
public final class ConnectionLimiter {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimiter.class);
  private static final AttributeKey<Slot> PLACE =
      AttributeKey.valueOf(ConnectionLimiter.class, "place");
  private static final long LOG_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MIN_MARGIN = 8;
  private static final int MARGIN_SHARE = 8;

  private final Limits limits;
  private final AddressPrefix prefix;
  private final AddressRate arrivals;
  private final Counter tooFast;
  private final Predicate<InetAddress> mayBeProxy;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger webSockets = new AtomicInteger();
  private final ConcurrentHashMap<String, Count> byAddress = new ConcurrentHashMap<>();
  private final Map<Full, Counter> closed = new EnumMap<>(Full.class);
  private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - LOG_PAUSE_NANOS);

  /** A bound that is reached. */
  public enum Full {
    IN_ALL,
    OF_ADDRESS
  }

  /** Connections of one address: accepted ones, and those of them with a slot. */
  private record Count(int accepted, int taken) {
    static final Count NONE = new Count(0, 0);

    Count plus(int accepted, int taken) {
      return new Count(this.accepted + accepted, this.taken + taken);
    }
  }

  /** The slot of one connection, until its channel closes. */
  private final class Slot implements ChannelFutureListener {
    private @Nullable String address;
    private boolean taken;
    private boolean webSocket;

    Slot(@Nullable String address) {
      this.address = address;
    }

    @Override
    public void operationComplete(ChannelFuture closed) {
      leave(this);
    }
  }

  /**
   * @param mayBeProxy whether a connection from an address may be a proxy's, which is not counted
   */
  public ConnectionLimiter(Limits limits, Predicate<InetAddress> mayBeProxy,
      MeterRegistry metrics) {
    this.limits = limits;
    this.prefix = new AddressPrefix(limits.addressPrefix());
    this.arrivals = arrivals(limits, prefix);
    this.tooFast = refused("rate_of_address", metrics);
    this.mayBeProxy = mayBeProxy;
    metrics.gauge("parley.connections.used", taken, AtomicInteger::get);
    for (Full cause : Full.values()) {
      closed.put(cause, refused(cause.name().toLowerCase(Locale.ROOT), metrics));
    }
  }

  private static Counter refused(String cause, MeterRegistry metrics) {
    return Counter.builder("parley.connections.refused")
        .description("Connections closed when they were accepted, by the limit they met")
        .tag("cause", cause)
        .register(metrics);
  }

  /** Each connection is for at least one WebSocket or request, which have rates of their own. */
  private static AddressRate arrivals(Limits limits, AddressPrefix prefix) {
    boolean isOff = limits.connectionRate().isOff() || limits.requestRate().isOff();
    return new AddressRate(
        isOff ? Rate.OFF
            : new Rate(limits.connectionRate().perSecond() + limits.requestRate().perSecond()),
        (long) limits.connectionBurst() + limits.requestBurst(), prefix);
  }

  /** Counts an accepted connection, once; false if it is to be closed. */
  public boolean enter(Channel channel) {
    if (channel.attr(PLACE).get() != null) {
      return true;
    }
    InetAddress direct = directAddress(channel);
    if (direct != null && !arrivals.take(direct).isZero()) {
      tooFast.increment();
      return false;
    }
    String address = direct == null ? null : key(direct);
    Slot place = new Slot(address);
    Full full = enter(address);
    if (full != null) {
      report(full);
      Counter counter = closed.get(full);
      if (counter != null) {
        counter.increment();
      }
      return false;
    }
    channel.attr(PLACE).set(place);
    channel.closeFuture().addListener(place);
    var unused = take(place);
    return true;
  }

  private @Nullable Full enter(@Nullable String address) {
    if (accepted.incrementAndGet() > withMargin(limits.connections())) {
      accepted.decrementAndGet();
      return Full.IN_ALL;
    }
    if (address != null
        && count(address, 1, 0).accepted > withMargin(limits.connectionsPerAddress())) {
      count(address, -1, 0);
      accepted.decrementAndGet();
      return Full.OF_ADDRESS;
    }
    return null;
  }

  private static long withMargin(Bound bound) {
    return bound.isOff()
        ? Long.MAX_VALUE
        : (long) bound.most() + Math.max(MIN_MARGIN, bound.most() / MARGIN_SHARE);
  }

  /** Null if it does not identify the client. */
  private @Nullable InetAddress directAddress(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote
        && remote.getAddress() != null && !mayBeProxy.test(remote.getAddress())
            ? remote.getAddress()
            : null;
  }

  /**
   * Acquires a slot for a request, unless the connection has one; returns the bound that is
   * reached, if any.
   */
  public Optional<Full> take(Channel channel) {
    Slot place = channel.attr(PLACE).get();
    return place == null ? Optional.of(Full.IN_ALL) : take(place);
  }

  /**
   * Acquires a slot for a WebSocket of a client at {@code address}. It is kept until the channel
   * closes, since a WebSocket cannot become anything else.
   */
  public Optional<Full> takeWebSocket(Channel channel, String address) {
    Slot place = channel.attr(PLACE).get();
    if (place == null) {
      return Optional.of(Full.IN_ALL);
    }
    String known = IpNetwork.address(address).map(this::key).orElse(keyOfName(address));
    if (known != null && !known.equals(place.address)) {
      giveUp(place);
      move(place, known);
    }
    Optional<Full> full = take(place);
    if (full.isEmpty()) {
      place.webSocket = true;
      webSockets.incrementAndGet();
      forget(channel);
    }
    return full;
  }

  @SuppressWarnings("deprecation") // warns of concurrent use of the attribute
  private static void forget(Channel channel) {
    channel.attr(PLACE).remove();
  }

  private Optional<Full> take(Slot place) {
    if (place.taken) {
      return Optional.empty();
    }
    if (!limits.connections().allows(taken.incrementAndGet())) {
      taken.decrementAndGet();
      return Optional.of(Full.IN_ALL);
    }
    String address = place.address;
    if (address != null
        && !limits.connectionsPerAddress().allows(count(address, 0, 1).taken)) {
      count(address, 0, -1);
      taken.decrementAndGet();
      report(Full.OF_ADDRESS);
      return Optional.of(Full.OF_ADDRESS);
    }
    place.taken = true;
    return Optional.empty();
  }

  /** The connection is closing: releases its slot. */
  public void giveUp(Channel channel) {
    Slot place = channel.attr(PLACE).get();
    if (place != null) {
      giveUp(place);
    }
  }

  private void giveUp(Slot place) {
    if (place.taken) {
      place.taken = false;
      taken.decrementAndGet();
      if (place.address != null) {
        count(place.address, 0, -1);
      }
    }
    if (place.webSocket) {
      place.webSocket = false;
      webSockets.decrementAndGet();
    }
  }

  private void move(Slot place, String address) {
    if (place.address != null) {
      count(place.address, -1, 0);
    }
    place.address = address;
    count(address, 1, 0);
  }

  private void leave(Slot place) {
    giveUp(place);
    accepted.decrementAndGet();
    if (place.address != null) {
      count(place.address, -1, 0);
    }
  }

  private Count count(String address, int accepted, int taken) {
    Count now =
        byAddress.compute(
            address,
            (key, count) -> {
              Count next = (count == null ? Count.NONE : count).plus(accepted, taken);
              return next.equals(Count.NONE) ? null : next;
            });
    return now == null ? Count.NONE : now;
  }

  private @Nullable String keyOfName(String address) {
    return limits.connectionsPerAddress().isOff() ? null : address;
  }

  /** The common key of one client's addresses; null if they are not counted. */
  private @Nullable String key(InetAddress address) {
    if (limits.connectionsPerAddress().isOff()) {
      return null;
    }
    return prefix.nameOf(address);
  }

  private void report(Full full) {
    long now = System.nanoTime();
    long before = loggedAt.get();
    if (full == Full.OF_ADDRESS && now - before >= LOG_PAUSE_NANOS
        && loggedAt.compareAndSet(before, now)) {
      LOG.warn(
          "one address has too many connections, more of it are refused: limit={}; if clients come"
              + " through a proxy, name it in proxies (limits.connectionsPerAddress)",
          limits.connectionsPerAddress());
    }
  }

  /** Slots in use. */
  int taken() {
    return taken.get();
  }

  /** Slots in use by WebSockets. */
  public int webSockets() {
    return webSockets.get();
  }
}
