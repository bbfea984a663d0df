package dev.parley.net.websocket;

import dev.parley.dialect.CloseReason;
import dev.parley.identity.Denial;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts rejected handshakes by cause, and logs each at debug: those rejected by HTTP status, and
 * those rejected by a dialect after the WebSocket was opened. Thread-safe.
 */
public final class HandshakeMetrics {

  /** The dialect label of a rejection whose dialect is unknown. */
  public static final String NO_DIALECT = "none";

  private static final Logger LOG = LoggerFactory.getLogger(HandshakeMetrics.class);

  private final ConcurrentHashMap<Key, Counter> refused = new ConcurrentHashMap<>();
  private final MeterRegistry registry;

  private final DenialLog denials = new DenialLog(System::nanoTime);

  private record Key(String dialect, String cause) {}

  public HandshakeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A request was rejected with an HTTP status. */
  public void refused(String dialect, String address, Refusal refusal) {
    count(dialect, refusal.cause().label());
    LOG.debug("handshake refused: cause={} status={} dialect={} address={} text={}",
        refusal.cause().label(), refusal.cause().status(), dialect, address, refusal.text());
  }

  /**
   * The gate of a realm has denied a client, which is answered with a status or in the words of its
   * dialect.
   */
  public void denied(String dialect, String realm, String address, Denial denial) {
    String cause = Refusal.of(denial).cause().label();
    count(dialect, cause);
    denials.add(realm);
    LOG.debug("client denied: cause={} dialect={} realm={} address={}", cause, dialect, realm,
        address);
  }

  /** A connection was closed before it was admitted. */
  public void refused(String dialect, String address, long connection, CloseReason reason) {
    String cause = reason.name().toLowerCase(Locale.ROOT);
    count(dialect, cause);
    LOG.debug("handshake refused: cause={} dialect={} connection={} address={}", cause, dialect,
        connection, address);
  }

  private void count(String dialect, String cause) {
    refused.computeIfAbsent(new Key(dialect, cause), this::register).increment();
  }

  private Counter register(Key key) {
    return Counter.builder("parley.handshakes.refused")
        .description("Handshakes refused, by cause")
        .tag("dialect", key.dialect)
        .tag("cause", key.cause)
        .register(registry);
  }
}
