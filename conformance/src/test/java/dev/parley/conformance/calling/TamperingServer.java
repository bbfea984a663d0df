package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Server;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.util.List;

/** A proxy of a server, at each of its addresses, that tampers with its messages. */
final class TamperingServer implements Server {

  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient client = vertx.createWebSocketClient();
  private final Server target;
  private final Tampering tampering;
  private final List<HttpServer> doors;

  TamperingServer(Server target, Tampering tampering) {
    this.target = target;
    this.tampering = tampering;
    doors = target.addresses().stream().map(this::door).toList();
  }

  private HttpServer door(URI address) {
    return vertx.createHttpServer().webSocketHandler(down -> accept(down, address))
        .listen(0, "127.0.0.1").await();
  }

  private void accept(ServerWebSocket down, URI address) {
    down.pause();
    client
        .connect(address.getPort(), address.getHost(), down.uri())
        .onFailure(refused -> down.close().onFailure(closed -> down.resume()))
        .onSuccess(up -> connect(down, up));
  }

  private void connect(ServerWebSocket down, WebSocket up) {
    Tampering.Line line = tampering.new Line();
    up.textMessageHandler(
        message -> line.passes(message).forEach(out -> down.writeTextMessage(out)));
    down.textMessageHandler(message -> up.writeTextMessage(message));
    up.closeHandler(closed -> down.close());
    down.closeHandler(closed -> up.close());
    down.resume();
  }

  @Override
  public String name() {
    return "the tampered one";
  }

  @Override
  public List<URI> addresses() {
    return doors.stream().map(door -> URI.create("http://127.0.0.1:" + door.actualPort()))
        .toList();
  }

  @Override
  public void getThrough() {
    target.getThrough();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
