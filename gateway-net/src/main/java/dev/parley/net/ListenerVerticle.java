package dev.parley.net;

import dev.parley.net.tls.CertificateWatch;
import dev.parley.net.tls.TlsEngineOptions;
import dev.parley.net.tls.TlsOptions;
import dev.parley.net.websocket.HandshakeDeadline;
import dev.parley.net.websocket.RequestHead;
import dev.parley.net.websocket.WebSocketUpgrade;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One event loop's share of a listener. All instances of a listener share one port. */
final class ListenerVerticle extends VerticleBase {

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(75);
  private static final Duration CERTIFICATE_LOOK = Duration.ofSeconds(10);

  /**
   * The kernel's send buffer of one connection, in bytes; Linux doubles it for its own bookkeeping.
   * Unbounded, a client that does not read would cost some megabytes of kernel memory that no limit
   * covers. The value is the bandwidth-delay product of 10 Mbit/s and 100 ms. A signal has a few
   * kilobytes; faster output queues in this process, where it is accounted for.
   */
  static final int SEND_BUFFER = 128 * 1024;

  private final ListenerOptions options;
  private final ListenerServer server;
  private final int number;
  private final Node node;
  private final Runnable renegotiations;
  private final Promise<Integer> bound;

  /**
   * @param number the listener's index, from 0
   * @param renegotiations called when a client's second handshake was refused
   * @param bound receives the port from the first instance that is bound
   */
  ListenerVerticle(
      int number, ListenerOptions options, ListenerServer server, Node node,
      Runnable renegotiations, Promise<Integer> bound) {
    this.number = number;
    this.options = options;
    this.server = server;
    this.node = node;
    this.renegotiations = renegotiations;
    this.bound = bound;
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer(httpOptions())
        .connectionHandler(this::connected)
        .requestHandler(server::handle)
        .invalidRequestHandler(server::invalid)
        .listen(address())
        .onSuccess(this::opened);
  }

  private void connected(HttpConnection connection) {
    Channel channel = WebSocketUpgrade.channelOf(connection);
    if (node.limiter().enter(channel)) {
      HandshakeDeadline.start(connection, node.limits().handshake());
    } else {
      var unused = channel.close();
    }
  }

  private void opened(HttpServer http) {
    boolean isFirst = bound.tryComplete(http.actualPort());
    TlsOptions tls = options.tls();
    if (isFirst && tls != null) {
      new CertificateWatch(vertx, http, tls).start(CERTIFICATE_LOOK);
    }
  }

  /** A port chosen by the system is shared by all event loops of this listener. */
  private SocketAddress address() {
    return options.port() == 0
        ? SocketAddress.sharedRandomPort(1 + number, options.host())
        : SocketAddress.inetSocketAddress(options.port(), options.host());
  }

  private HttpServerOptions httpOptions() {
    HttpServerOptions http =
        new HttpServerOptions()
            .setUseAlpn(false)
            .setHttp2ClearTextEnabled(false)
            .setCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setStrictThreadMode(true)
            .setReuseAddress(true)
            .setTcpNoDelay(true)
            .setSendBufferSize(SEND_BUFFER)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout((int) KEEP_ALIVE.toMillis());
    RequestHead.bound(http, node.limits().head());
    TlsOptions tls = options.tls();
    if (tls != null) {
      http.setSsl(true)
          .setKeyCertOptions(tls.pair())
          .setSslEngineOptions(new TlsEngineOptions(renegotiations));
      tls.clientAuthorities()
          .ifPresent(ca -> http.setTrustOptions(ca).setClientAuth(ClientAuth.REQUEST));
    }
    return http;
  }
}
