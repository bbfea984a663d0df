package dev.parley.policies.support;

import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceTls.Verify;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls web services, with every call bounded: in time, from the wait for a connection to the last
 * byte; in the bytes of the answer; and in how many run and wait at once. Follows no redirects, and
 * takes no compressed answers. Thread-safe.
 */
public final class WebClient {

  /** Less than the five seconds after which Node.js closes an idle connection. */
  private static final int KEEP_ALIVE_SECONDS = 3;

  private static final int WAITING_PER_CONNECTION = 16;

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final Duration timeout;
  private final int maxBytes;

  /**
   * @param connections how many calls are in flight at once; sixteen times as many wait
   * @param timeout how long a call may take
   * @param maxBytes how large a body may be
   */
  public WebClient(
      Vertx vertx, ServiceTls tls, int connections, Duration timeout, int maxBytes) {
    this.vertx = vertx;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
    client = vertx.httpClientBuilder()
        .with(network(tls, timeout))
        .with(new PoolOptions().setHttp1MaxSize(connections)
            .setMaxWaitQueueSize(WAITING_PER_CONNECTION * connections))
        .build();
  }

  private static HttpClientOptions network(ServiceTls tls, Duration timeout) {
    HttpClientOptions network =
        new HttpClientOptions()
            .setConnectTimeout((int) timeout.toMillis())
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setTrustAll(tls.verify() == Verify.NONE)
            .setVerifyHost(tls.verify() == Verify.FULL);
    if (tls.ca() != null) {
      network.setTrustOptions(new PemTrustOptions().addCertPath(tls.ca()));
    }
    if (tls.cert() != null && tls.key() != null) {
      network.setKeyCertOptions(
          new PemKeyCertOptions().addCertPath(tls.cert()).addKeyPath(tls.key()));
    }
    return network;
  }

  /** Asks by GET; fails with a {@link WebCallException} alone. */
  public Future<WebAnswer> get(URI url) {
    return new Call(HttpMethod.GET, url, MultiMap.caseInsensitiveMultiMap(), null).start();
  }

  /** Asks by POST; fails with a {@link WebCallException} alone. */
  public Future<WebAnswer> post(URI url, MultiMap headers, Buffer body) {
    return new Call(HttpMethod.POST, url, headers, body).start();
  }

  /** Ends all connections. */
  public Future<Void> close() {
    return client.close();
  }

  /** One call. Its end is decided once: by the answer, a failure, or the time-out. */
  private final class Call {

    private final HttpMethod method;
    private final URI url;
    private final MultiMap headers;
    private final @Nullable Buffer body;
    private final Promise<WebAnswer> end = Promise.promise();
    private volatile @Nullable HttpClientRequest request;

    Call(HttpMethod method, URI url, MultiMap headers, @Nullable Buffer body) {
      this.method = method;
      this.url = url;
      this.headers = headers;
      this.body = body;
    }

    Future<WebAnswer> start() {
      long timer = vertx.setTimer(timeout.toMillis(),
          id -> fail(WebCallException.Cause.SLOW, "no answer within " + timeout.toMillis() + "ms"));
      var unused = client.request(options()).onComplete(this::send, this::fail);
      return end.future().onComplete(ended -> vertx.cancelTimer(timer));
    }

    private RequestOptions options() {
      boolean secure = WebUrl.isSecure(url);
      int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
      String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
      String host = url.getHost().startsWith("[")
          ? url.getHost().substring(1, url.getHost().length() - 1) : url.getHost();
      return new RequestOptions()
          .setMethod(method).setHost(host).setPort(port).setSsl(secure)
          .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
          .setHeaders(headers)
          .setFollowRedirects(false)
          .setConnectTimeout(timeout.toMillis());
    }

    private void send(HttpClientRequest opened) {
      request = opened;
      if (end.future().isComplete()) {
        var unused = opened.reset();
        return;
      }
      Future<HttpClientResponse> response = body == null ? opened.send() : opened.send(body);
      var unused = response.onComplete(this::receive, this::fail);
    }

    private void receive(HttpClientResponse response) {
      Buffer received = Buffer.buffer();
      response.exceptionHandler(this::fail);
      response.handler(part -> {
        if (received.length() + part.length() > maxBytes) {
          fail(WebCallException.Cause.TOO_LARGE, "an answer of more than " + maxBytes + " bytes");
        } else {
          received.appendBuffer(part);
        }
      });
      response.endHandler(
          ended -> end.tryComplete(new WebAnswer(response.statusCode(), received)));
    }

    private void fail(Throwable failure) {
      fail(failure instanceof ConnectionPoolTooBusyException
          ? WebCallException.Cause.BUSY : WebCallException.Cause.UNREACHABLE,
          failure.getClass().getSimpleName());
    }

    private void fail(WebCallException.Cause cause, String text) {
      if (end.tryFail(new WebCallException(cause, text))) {
        HttpClientRequest sent = request;
        if (sent != null) {
          var unused = sent.reset();
        }
      }
    }
  }
}
