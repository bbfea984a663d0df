package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Server;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;

/** Stands between clients and a server, and tampers with what the server says. */
final class TamperingServer implements Server {

  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient client = vertx.createWebSocketClient();
  private final URI target;
  private final Tampering tampering;
  private final HttpServer server;

  TamperingServer(Server target, Tampering tampering) {
    this.target = target.address();
    this.tampering = tampering;
    server = vertx.createHttpServer().webSocketHandler(this::accept).listen(0, "127.0.0.1").await();
  }

  private void accept(ServerWebSocket down) {
    down.pause();
    client
        .connect(target.getPort(), target.getHost(), down.uri())
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
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
