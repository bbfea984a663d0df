package dev.parley.hub.redis;

import dev.parley.config.ServiceUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one Redis: finds it, does TLS, logs in. Each connection stands for itself:
 * there is no pool, and nothing is tried again here. RESP2 is spoken, which every Redis understands
 * and which the client library reads without mistaking pushes for answers.
 *
 * <p>With {@code rediss} the certificate must be for the host of the URL and signed by somebody
 * whom the JDK trusts.
 */
final class RedisConnector {

  private final Vertx vertx;
  private final RedisOptions options;
  private final Duration patience;

  /**
   * @param url as {@link ServiceUrl#requireRedis} wants it
   * @param patience how long a connection may take to be made, and each answer on it
   * @param trusted who may sign certificates; null for the JDK's own list
   */
  RedisConnector(
      Vertx vertx, ServiceUrl url, Duration patience, @Nullable TrustOptions trusted) {
    this.vertx = vertx;
    this.patience = patience;
    URI uri = url.requireRedis().uri();
    boolean secure = uri.getScheme().equals("rediss");
    this.options =
        new RedisOptions()
            .setConnectionString(withoutLogin(uri))
            .setPreferredProtocolVersion(ProtocolVersion.RESP2)
            .setPoolCleanerInterval(-1)
            .setPoolRecycleTimeout(-1)
            .setMaxPoolSize(1)
            .setNetClientOptions(
                new NetClientOptions()
                    .setConnectTimeout((int) patience.toMillis())
                    .setTcpKeepAlive(true)
                    .setTcpNoDelay(true)
                    .setSsl(secure)
                    .setHostnameVerificationAlgorithm(secure ? "HTTPS" : "")
                    .setTrustOptions(trusted));
    logIn(uri.getRawUserInfo());
  }

  /**
   * A URL that may appear in messages of the client library, which also would read a {@code +} in a
   * password as a blank.
   */
  private static String withoutLogin(URI uri) {
    int port = uri.getPort() < 0 ? 6379 : uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + ":" + port + uri.getRawPath();
  }

  private void logIn(@Nullable String userInfo) {
    if (userInfo == null) {
      return;
    }
    int colon = userInfo.indexOf(':');
    if (colon > 0) {
      options.setUser(decoded(userInfo.substring(0, colon)));
    }
    options.setPassword(decoded(userInfo.substring(colon + 1)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * A new connection, ready for commands. To be called on an event loop, on which it lives; fails
   * within the patience.
   */
  Future<RedisLink> open() {
    Redis client = Redis.createClient(vertx, options);
    return client
        .connect()
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .map(connection -> new RedisLink(client, connection, patience))
        .onFailure(
            cause -> {
              var unused = client.close();
            });
  }
}
