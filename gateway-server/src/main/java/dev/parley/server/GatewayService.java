package dev.parley.server;

import dev.parley.dialect.DialectProvider;
import dev.parley.net.AcceptGate;
import dev.parley.server.config.ParleyOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** The clients' side of the process, as its start and its stop see it. */
public interface GatewayService {
  /**
   * Listens on every listener; called once.
   *
   * @return where the dialects are; failed, best with a {@link StartException}, if one listener
   *     cannot be had, and then nothing listens
   */
  Future<List<Endpoint>> start();

  /** Has {@code gate} refuse connections over the limits when they are accepted; before the start. */
  default void guardedBy(AcceptGate gate) {}

  /**
   * What keeps clients from being served well now, in a few words; empty if nothing does. Any
   * thread.
   */
  Optional<String> trouble();

  /**
   * Why new clients are refused for now, in a few words; empty if the node can take them. Any
   * thread.
   */
  Optional<String> overload();

  /**
   * Takes no new clients, sends those that are here away so that they come back elsewhere, and
   * stops listening; called once, after a start that succeeded.
   */
  Future<Void> drain();

  /** Makes the service of a configuration. */
  @FunctionalInterface
  interface Factory {
    /**
     * Checks what only the dialects know: whether their options are sound, and their paths do not
     * get into each other's way. Starts nothing.
     *
     * @param dialects the providers that the options were read with
     * @throws dev.parley.config.ConfigurationException if something is wrong
     */
    default void check(List<DialectProvider<?>> dialects, ParleyOptions options) {}

    /**
     * A service that has not started.
     *
     * @param dialects the providers that the options were read with
     * @throws dev.parley.config.ConfigurationException if the options turn out to be wrong after
     *     all
     */
    GatewayService create(
        List<DialectProvider<?>> dialects, ParleyOptions options, Vertx vertx,
        MeterRegistry metrics);
  }
}
