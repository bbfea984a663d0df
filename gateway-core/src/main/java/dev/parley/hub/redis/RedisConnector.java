package dev.parley.hub.redis;

import dev.parley.config.ServiceUrl;
import dev.parley.config.ServiceUrl.Host;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to a Redis: does TLS, logs in. Each connection stands for itself: there is no
 * pool, and nothing is tried again here. RESP2 is spoken, which every Redis understands and which
 * the client library reads without mistaking pushes for answers.
 *
 * <p>With TLS the certificate must be for the host and signed by somebody whom the JDK trusts.
 */
final class RedisConnector {

  private static final int DEFAULT_PORT = 6379;

  private final Vertx vertx;
  private final RedisOptions options;
  private final boolean secure;
  private final Duration patience;
  private final List<Host> hosts;
  private final @Nullable String user;
  private final @Nullable String password;

  /**
   * @param url as {@link ServiceUrl#requireRedis} or {@link ServiceUrl#requireRedisCluster} wants it
   * @param patience how long a connection may take to be made, and each answer on it
   * @param trusted who may sign certificates; null for the JDK's own list
   */
  RedisConnector(
      Vertx vertx, ServiceUrl url, Duration patience, @Nullable TrustOptions trusted) {
    this.vertx = vertx;
    this.patience = patience;
    URI uri = url.uri();
    this.secure = uri.getScheme().startsWith("rediss");
    this.hosts = url.hosts(DEFAULT_PORT);
    this.options =
        new RedisOptions()
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
    String login = url.login();
    int colon = login == null ? -1 : login.indexOf(':');
    this.user = login == null || colon <= 0 ? null : decoded(login.substring(0, colon));
    this.password = login == null ? null : decoded(login.substring(colon + 1));
    this.database = uri.getScheme().endsWith("+sentinel") ? "" : uri.getRawPath();
  }

  private final String database;

  /** By hand, as the client library would read a {@code +} in a password as a blank. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * A new connection to the first host, ready for commands. To be called on an event loop, on which
   * it lives; fails within the patience.
   */
  Future<RedisLink> open() {
    return open(hosts.getFirst(), true);
  }

  /**
   * As {@link #open()}, to another host.
   *
   * @param logIn whether it wants the login of the URL
   */
  Future<RedisLink> open(Host host, boolean logIn) {
    // No login in the URL: it may appear in messages of the client library.
    RedisOptions its =
        new RedisOptions(options)
            .setConnectionString((secure ? "rediss://" : "redis://") + host + database);
    if (logIn) {
      its.setUser(user).setPassword(password);
    }
    Redis client = Redis.createClient(vertx, its);
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
