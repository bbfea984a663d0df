package dev.parley.net;

import dev.parley.config.Bound;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is configured for realms, besides their gates: the web origins whose pages may connect, and
 * how many clients may be connected. The settings are replaced as a whole when the configuration is
 * read again; what is connected stays. Thread-safe.
 *
 * <p>The label {@code realm} of its metrics has the names that the configuration has, and {@code
 * other} for all others, so that clients cannot add values.
 */
public final class Realms {

  /** The label of all realms that the configuration does not name. */
  static final String OTHER = "other";

  private final MeterRegistry metrics;
  private final ConcurrentHashMap<String, Use> uses = new ConcurrentHashMap<>();
  private volatile Map<String, Settings> settings = Map.of();

  /**
   * The settings of one realm.
   *
   * @param origins the web origins whose pages may connect; null for those of the listener
   * @param connections how many WebSockets this node may have in the realm
   */
  public record Settings(@Nullable List<String> origins, Bound connections) {

    private static final Settings NONE = new Settings(null, Bound.OFF);

    public Settings {
      origins = origins == null ? null : List.copyOf(origins);
    }
  }

  /** The use of a realm, or of all that are not named. */
  private static final class Use {
    private final AtomicInteger connections = new AtomicInteger();
    private final Counter refused;

    Use(String label, MeterRegistry metrics) {
      Gauge.builder("parley.realm.connections", connections, AtomicInteger::get)
          .description("WebSocket connections that are open, by realm")
          .tag("realm", label)
          .strongReference(true)
          .register(metrics);
      this.refused =
          Counter.builder("parley.realm.refused")
              .description("Handshakes refused, by realm")
              .tag("realm", label)
              .register(metrics);
    }
  }

  /** Nothing is configured for any realm. */
  public Realms(MeterRegistry metrics) {
    this.metrics = metrics;
    replace(Map.of());
  }

  /** Replaces the settings of all realms. */
  public void replace(Map<String, Settings> replacement) {
    replacement.keySet().forEach(this::register);
    register(OTHER);
    settings = new HashMap<>(replacement);
  }

  private void register(String label) {
    uses.computeIfAbsent(label, name -> new Use(name, metrics));
  }

  /**
   * The web origins whose pages may connect to a realm.
   *
   * @param ofListener those of the listener that they come to
   */
  List<String> origins(String realm, List<String> ofListener) {
    List<String> own = settingsOf(realm).origins;
    return own == null ? ofListener : own;
  }

  /** Counts a WebSocket until its channel closes; false if the realm has all that it may have. */
  boolean enter(String realm, Channel channel) {
    Use use = useOf(realm);
    if (!settingsOf(realm).connections.allows(use.connections.incrementAndGet())) {
      use.connections.decrementAndGet();
      return false;
    }
    channel.closeFuture().addListener(closed -> use.connections.decrementAndGet());
    return true;
  }

  /** Counts a handshake that was refused. */
  void refused(String realm) {
    useOf(realm).refused.increment();
  }

  private Settings settingsOf(String realm) {
    return settings.getOrDefault(realm, Settings.NONE);
  }

  /** By the settings, and not by the uses: those of a realm that is named no longer remain. */
  private Use useOf(String realm) {
    String label = settings.containsKey(realm) ? realm : OTHER;
    return uses.computeIfAbsent(label, name -> new Use(name, metrics));
  }
}
