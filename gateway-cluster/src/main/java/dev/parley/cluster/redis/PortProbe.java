package dev.parley.cluster.redis;

import dev.parley.config.ServiceUrl.Host;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Probes a port where no Redis answered as expected: it may be a Redis without TLS, a port that
 * requires TLS, or a web server. Sends no secrets. Confined to one event loop.
 */
final class PortProbe {

  /** The first TLS handshake of a fresh process is slow. */
  private static final int MILLIS = 2_000;

  /** A command that Redis answers with an error, and at the same time a request to a web server. */
  private static final Buffer QUESTION = Buffer.buffer("PING / HTTP/1.0\r\n\r\n");

  private final LoopContext loop;
  private final Vertx vertx;
  private final RedisEndpoint endpoint;

  PortProbe(LoopContext loop, RedisEndpoint endpoint) {
    this.loop = loop;
    this.vertx = loop.vertx();
    this.endpoint = endpoint;
  }

  /**
   * One connection.
   *
   * @param connected succeeds when it is established, with TLS if requested
   * @param start the beginning of the answer
   */
  private record Contact(Future<NetSocket> connected, Future<String> start) {

    boolean isHttp() {
      return start.succeeded() && start.result().startsWith("HTTP/");
    }

    boolean isRedis() {
      return start.succeeded()
          && (start.result().startsWith("+PONG") || start.result().startsWith("-"));
    }

    /** Whether the peer spoke TLS and refused, for example because it requires a certificate. */
    boolean isAlert() {
      return start.cause() instanceof SSLException refused
          && String.valueOf(refused.getMessage()).contains("fatal alert");
    }
  }

  /** The problem with the port, as soon as it is detected; never fails. */
  Future<Optional<RedisTrouble>> look(Host host) {
    assert loop.isCurrent();
    Contact plain = ask(host, plainOptions());
    Contact secure = ask(host, secureOptions());
    Promise<Optional<RedisTrouble>> seen = Promise.promise();
    for (Future<?> news : List.of(plain.start, secure.connected, secure.start)) {
      var unused =
          news.onComplete(
              come -> {
                RedisTrouble found = endpoint.url().isSecure() ? behindTls(plain, secure)
                    : behindPlain(plain, secure);
                if (found != null) {
                  seen.tryComplete(Optional.of(found.at(host.toString())));
                }
              });
    }
    var unused =
        Future.join(plain.start, secure.start)
            .onComplete(both -> seen.tryComplete(Optional.empty()));
    return seen.future();
  }

  private @Nullable RedisTrouble behindTls(Contact plain, Contact secure) {
    if (plain.isRedis()) {
      return RedisTrouble.plain(endpoint);
    }
    if (plain.isHttp() || secure.isHttp()) {
      return RedisTrouble.http(endpoint);
    }
    return secure.isAlert() && endpoint.tls().cert() == null ? RedisTrouble.noCertificate(endpoint)
        : null;
  }

  private @Nullable RedisTrouble behindPlain(Contact plain, Contact secure) {
    if (plain.isHttp()) {
      return RedisTrouble.http(endpoint);
    }
    return secure.connected.succeeded() || secure.isAlert() ? RedisTrouble.secure(endpoint) : null;
  }

  private static NetClientOptions plainOptions() {
    return new NetClientOptions().setConnectTimeout(MILLIS);
  }

  private static NetClientOptions secureOptions() {
    return plainOptions()
        .setSsl(true)
        .setTrustAll(true)
        .setHostnameVerificationAlgorithm("")
        .setSslHandshakeTimeout(MILLIS)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  /** Sends the question and reads the beginning of the answer. */
  private Contact ask(Host host, NetClientOptions options) {
    NetClient client = vertx.createNetClient(options);
    Promise<String> heard = Promise.promise();
    Future<NetSocket> connected =
        connect(client, host)
            .onFailure(heard::tryFail)
            .onSuccess(socket -> ask(socket, heard));
    Future<String> start =
        heard
            .future()
            .timeout(MILLIS, TimeUnit.MILLISECONDS)
            .onComplete(
                done -> {
                  var unused = client.close();
                });
    return new Contact(connected, start);
  }

  private static Future<NetSocket> connect(NetClient client, Host host) {
    try {
      return client.connect(host.port(), host.bare());
    } catch (IllegalStateException closing) {
      // Vert.x is closing, and this node with it.
      return Future.failedFuture(closing);
    }
  }

  private static void ask(NetSocket socket, Promise<String> heard) {
    socket.exceptionHandler(heard::tryFail);
    socket.closeHandler(
        closed -> heard.tryFail(new IllegalStateException("the connection was closed")));
    socket.handler(bytes -> heard.tryComplete(bytes.toString(StandardCharsets.ISO_8859_1)));
    var unused = socket.write(QUESTION).onFailure(heard::tryFail);
  }
}
