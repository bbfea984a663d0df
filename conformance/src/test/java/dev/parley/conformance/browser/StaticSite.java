package dev.parley.conformance.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Serves the test's own page and the library, from an origin that is not the server's: as on the
 * sites that use PeerJS.
 */
final class StaticSite implements AutoCloseable {
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8");

  private final HttpServer server;

  private StaticSite(HttpServer server) {
    this.server = server;
  }

  static StaticSite start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/client.html", exchange -> answer(exchange, resource("client.html")));
      server.createContext("/client.js", exchange -> answer(exchange, resource("client.js")));
      server.createContext("/peerjs.min.js",
          exchange -> answer(exchange, Files.readAllBytes(NpmPackages.peerJsLibrary())));
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return new StaticSite(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As browsers send it; localhost is a secure context, so that pages may use the camera. */
  String origin() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream content = StaticSite.class.getResourceAsStream("/browser/" + name)) {
      if (content == null) {
        throw new IllegalStateException("No test resource browser/" + name);
      }
      return content.readAllBytes();
    }
  }

  private static void answer(HttpExchange exchange, byte[] content) throws IOException {
    String path = exchange.getRequestURI().getPath();
    exchange.getResponseHeaders().set("Content-Type",
        TYPES.get(path.substring(path.lastIndexOf('.') + 1)));
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }
}
