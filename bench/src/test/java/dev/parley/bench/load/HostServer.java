package dev.parley.bench.load;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server with two kinds of clients, which it names itself: hosts connect to {@code /host}, guests
 * to {@code /guest/} and the name of their host. It greets each with its name, announces a guest to
 * its host, forwards {@code to}, and says "ok" to each signal.
 */
final class HostServer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, ServerWebSocket> clients = new ConcurrentHashMap<>();
  private final AtomicInteger names = new AtomicInteger();
  private final HttpServer server = vertx
      .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
      .webSocketHandler(this::connected).listen().await();

  int port() {
    return server.actualPort();
  }

  private void connected(ServerWebSocket socket) {
    String name = "given" + names.incrementAndGet();
    clients.put(name, socket);
    socket.textMessageHandler(message -> forward(socket, name, message));
    say(socket, "name:" + name);
    if (socket.path().startsWith("/guest/")) {
      say(clients.get(socket.path().substring("/guest/".length())), "guest:" + name);
    }
  }

  private void forward(ServerWebSocket sender, String from, String message) {
    int colon = message.indexOf(':');
    say(clients.get(message.substring(0, colon)), from + message.substring(colon));
    say(sender, "ok");
  }

  private static void say(ServerWebSocket to, String message) {
    var unused = to.writeTextMessage(message);
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
