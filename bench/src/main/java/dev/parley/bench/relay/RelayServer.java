package dev.parley.bench.relay;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A server that forwards WebSocket frames without parsing them: the minimal work of a signaling
 * server on this stack. The query of the request has the id of the client and that of the recipient
 * of its frames; a frame for an absent recipient is dropped.
 */
public final class RelayServer implements AutoCloseable {

  private final Vertx vertx;
  private final int port;

  private RelayServer(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  /**
   * Starts a relay on a port of loopback that the system chooses.
   *
   * @param loops how many event loops share the port
   * @param links makes the link of each client
   */
  public static RelayServer start(int loops, Flushing flushing, Supplier<Link> links) {
    Vertx vertx = Vertx.vertx(
        new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(loops));
    try {
      Map<String, ServerWebSocket> clients = new ConcurrentHashMap<>();
      Promise<Integer> bound = Promise.promise();
      Future<String> deployed = vertx.deployVerticle(
          () -> new RelayVerticle(clients, flushing, links, bound),
          new DeploymentOptions().setInstances(loops));
      return new RelayServer(vertx, deployed.compose(id -> bound.future()).await());
    } catch (RuntimeException failed) {
      vertx.close().await();
      throw failed;
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
