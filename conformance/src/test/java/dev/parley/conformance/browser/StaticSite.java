package dev.parley.conformance.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Serves the tests' own pages and the libraries, from another origin than the server's, as real
 * sites do.
 */
final class StaticSite implements AutoCloseable {
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8");
  private static final List<String> OWN =
      List.of("picture.js", "peerjs.html", "peerjs-client.js", "linkup.html", "linkup-client.js",
          "peerolator.html", "peerolator-client.js", "rtc.html", "rtc-client.js");

  private final HttpServer server;

  private StaticSite(HttpServer server) {
    this.server = server;
  }

  static StaticSite start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      for (String name : OWN) {
        server.createContext("/" + name, exchange -> answer(exchange, resource(name)));
      }
      for (Path library : List.of(NpmPackages.peerJsLibrary(), NpmPackages.simplePeerLibrary(),
          NpmPackages.rtcLibrary())) {
        server.createContext("/" + library.getFileName(),
            exchange -> answer(exchange, Files.readAllBytes(library)));
      }
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

  /** A script of the tests' own pages. */
  static String script(String name) {
    try {
      return new String(resource(name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
