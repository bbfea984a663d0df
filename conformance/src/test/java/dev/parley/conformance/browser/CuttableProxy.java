package dev.parley.conformance.browser;

import dev.parley.testkit.waits.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A TCP proxy between one client and a server that can cut connections. It forwards bytes without
 * parsing them. Every client of a test gets its own, so that a cut affects one client alone. New
 * connections are accepted at any time, after a cut too.
 */
final class CuttableProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();

  private CuttableProxy(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  static CuttableProxy to(InetSocketAddress target) {
    try {
      CuttableProxy proxy =
          new CuttableProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().name("proxy-accept").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /** Cuts every connection, without a WebSocket close. The server detects it before the client. */
  void cut() {
    links.forEach(Link::cut);
  }

  /**
   * Cuts every connection for the client only: the server's half stays half-open, as after a
   * network failure.
   */
  void loseClient() {
    links.forEach(Link::lose);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    links.forEach(Link::close);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        open(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void open(Socket client) throws IOException {
    Socket server = new Socket();
    try {
      server.connect(target);
    } catch (IOException e) {
      // The server is down: the client sees its connection end.
      client.close();
      return;
    }
    Link link = new Link(client, server);
    links.add(link);
    Thread.ofVirtual().name("proxy-up").start(link::pumpUp);
    Thread.ofVirtual().name("proxy-down").start(link::pumpDown);
  }

  /**
   * One connection. Whichever side ends, the other is ended too, unless the client was lost on
   * purpose.
   */
  private static final class Link {
    private final Socket client;
    private final Socket server;
    private final CountDownLatch serverEnded = new CountDownLatch(1);
    private volatile boolean lost;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void pumpUp() {
      pump(client, server);
      if (!lost) {
        endServerOutput();
      }
    }

    void pumpDown() {
      pump(server, client);
      serverEnded.countDown();
      close(client);
      if (!lost) {
        close(server);
      }
    }

    void cut() {
      endServerOutput();
      Waits.await("the server to close a connection that has ended", serverEnded);
      close(client);
    }

    void lose() {
      lost = true;
      close(client);
    }

    void close() {
      close(client);
      close(server);
    }

    private void endServerOutput() {
      try {
        server.shutdownOutput();
      } catch (IOException e) {
        // It is closed already, or the server was faster: in both cases nothing more is sent there.
      }
    }

    private static void pump(Socket from, Socket to) {
      try {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException e) {
        // One of the two was closed or reset, which ends the connection like an orderly close.
      }
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
