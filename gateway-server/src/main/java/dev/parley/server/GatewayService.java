package dev.parley.server;

import dev.parley.access.Bans;
import dev.parley.net.limits.AcceptGate;
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
   * @return the URLs of the dialects; failed, best with a {@link StartException}, if one listener
   *     cannot be opened, and then none is open
   */
  Future<List<Endpoint>> start();

  /**
   * Installs {@code gate}, which refuses connections over the limits on accept; call it before the
   * start.
   */
  default void guardedBy(AcceptGate gate) {}

  /**
   * The reason why the node cannot serve clients well at the moment, in a few words; empty if there
   * is none. Any thread.
   */
  Optional<String> trouble();

  /**
   * The reason why new clients are refused at the moment, in a few words; empty if they are
   * accepted. Any thread.
   */
  Optional<String> overload();

  /**
   * Takes what may change while the node runs from another configuration, all of it or nothing:
   * gates and realms, and the origins of listeners. Connected clients stay. Not called again before
   * it has completed.
   *
   * @return failed if nothing was taken
   * @throws dev.parley.config.ConfigurationException if a policy refuses its options; likewise
   */
  default Future<Void> reload(ParleyOptions options) {
    return Future.succeededFuture();
  }

  /** The bans of the node, or of its cluster. */
  default Bans bans() {
    return Bans.NONE;
  }

  /**
   * Drains: refuses new clients, disconnects the present ones so that they reconnect elsewhere, and
   * stops listening; called once, after a successful start.
   */
  Future<Void> drain();

  /** Makes the service of a configuration. */
  @FunctionalInterface
  interface Factory {
    /**
     * Runs the checks of dialects and policies: their options are valid, and the paths of dialects
     * do not conflict. Starts nothing.
     *
     * @param plugIns the providers that the options were read with
     * @throws dev.parley.config.ConfigurationException if a check fails
     */
    default void check(PlugIns plugIns, ParleyOptions options) {}

    /**
     * A service that has not started.
     *
     * @param plugIns the providers that the options were read with
     * @throws dev.parley.config.ConfigurationException if the options turn out to be wrong after
     *     all
     */
    GatewayService create(
        PlugIns plugIns, ParleyOptions options, Vertx vertx, MeterRegistry metrics);
  }
}
