package dev.parley.bench.relay;

import dev.parley.bench.wire.PeerJsOffer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One event loop's share of a relay. */
final class RelayVerticle extends VerticleBase {

  private static final Pattern QUERY = Pattern.compile("id=(\\w+)&to=(\\w+)");
  /** All instances have one port, which the system chooses. */
  private static final int ALL_INSTANCES = 1;
  private static final short POLICY_VIOLATION = 1008;

  private final Map<String, ServerWebSocket> clients;
  private final Flushing flushing;
  private final Supplier<Link> links;
  private final Promise<Integer> bound;

  RelayVerticle(Map<String, ServerWebSocket> clients, Flushing flushing, Supplier<Link> links,
      Promise<Integer> bound) {
    this.clients = clients;
    this.flushing = flushing;
    this.links = links;
    this.bound = bound;
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer(new HttpServerOptions()
            // Clients do not answer when a server goes: it must not wait for that.
            .setWebSocketClosingTimeout(0)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false))
        .webSocketHandler(this::connected)
        .listen(SocketAddress.sharedRandomPort(ALL_INSTANCES, "127.0.0.1"))
        .onSuccess(server -> bound.tryComplete(server.actualPort()));
  }

  private void connected(ServerWebSocket socket) {
    Matcher query = QUERY.matcher(String.valueOf(socket.query()));
    if (query.matches()) {
      serve(socket, query.group(1), query.group(2));
    } else {
      var unused = socket.close(POLICY_VIOLATION, "id and to expected");
    }
  }

  private void serve(ServerWebSocket socket, String id, String partner) {
    flushing.arrange(socket);
    Link link = links.get();
    clients.put(id, socket);
    socket.closeHandler(ended -> clients.remove(id, socket));
    socket.frameHandler(frame -> forward(frame, partner, link));
    var unused = socket.writeTextMessage(PeerJsOffer.OPEN);
  }

  private void forward(WebSocketFrame frame, String partner, Link link) {
    ServerWebSocket recipient = clients.get(partner);
    if (recipient != null && !frame.isClose() && !frame.isPing()) {
      link.forward(frame, recipient);
    }
  }
}
