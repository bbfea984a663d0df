package dev.parley.conformance.peerjs;

import dev.parley.conformance.differential.Server;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.util.List;

/** A server that is wrong on purpose: it admits all clients and relays nothing. */
final class SilentServer implements Server {

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  SilentServer() {
    server =
        vertx
            .createHttpServer()
            .webSocketHandler(socket -> socket.writeTextMessage("{\"type\":\"OPEN\"}"))
            .listen(0, "127.0.0.1")
            .await();
  }

  @Override
  public String name() {
    return "the silent server";
  }

  @Override
  public List<URI> addresses() {
    return List.of(URI.create("http://127.0.0.1:" + server.actualPort()));
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
