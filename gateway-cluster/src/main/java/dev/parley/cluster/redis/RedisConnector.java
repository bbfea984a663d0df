package dev.parley.cluster.redis;

import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceTls.Verify;
import dev.parley.config.ServiceUrl;
import dev.parley.config.ServiceUrl.Host;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to a Redis, with TLS and login. Connections are independent: there is no pool
 * and no retry here. Speaks RESP2, which every Redis understands and which the client library
 * parses without taking pushes for answers.
 *
 * <p>With TLS, files are read again for each connection. Failures are {@link
 * RedisTroubleException}s if more is known than the exception says: as long as a host has never
 * answered as a Redis, its port is probed, see {@link PortProbe}. Confined to one event loop.
 */
public final class RedisConnector {

  private static final Logger LOG = LoggerFactory.getLogger(RedisConnector.class);
  private static final int DEFAULT_PORT = 6379;

  /** A host that has not accepted a connection by then is probed. */
  private static final Duration SUSPICION = Duration.ofMillis(500);

  private final LoopContext loop;
  private final Vertx vertx;
  private final RedisEndpoint endpoint;
  private final PortProbe probe;
  private final RedisOptions options;
  private final boolean secure;
  private final Duration patience;
  private final List<Host> hosts;
  private final Set<Host> proven = new HashSet<>();
  private final @Nullable String user;
  private final @Nullable String password;
  private final String database;

  /**
   * @param endpoint which Redis
   * @param patience the time-out of connecting, and of each answer
   */
  public RedisConnector(LoopContext loop, RedisEndpoint endpoint, Duration patience) {
    this.loop = loop;
    this.vertx = loop.vertx();
    this.endpoint = endpoint;
    this.probe = new PortProbe(loop, endpoint);
    this.patience = patience;
    ServiceUrl url = endpoint.url();
    URI uri = url.uri();
    this.secure = url.isSecure();
    this.hosts = url.hosts(DEFAULT_PORT);
    this.options =
        new RedisOptions()
            .setPreferredProtocolVersion(ProtocolVersion.RESP2)
            .setPoolCleanerInterval(-1)
            .setPoolRecycleTimeout(-1)
            .setMaxPoolSize(1)
            .setNetClientOptions(network(endpoint.tls(), secure, patience));
    String login = url.login();
    int colon = login == null ? -1 : login.indexOf(':');
    this.user = login == null || colon <= 0 ? null : decoded(login.substring(0, colon));
    this.password = login == null ? null : decoded(login.substring(colon + 1));
    this.database = uri.getScheme().endsWith("+sentinel") ? "" : uri.getRawPath();
  }

  private static NetClientOptions network(ServiceTls tls, boolean secure, Duration patience) {
    NetClientOptions network =
        new NetClientOptions()
            .setConnectTimeout((int) patience.toMillis())
            .setTcpKeepAlive(true)
            .setTcpNoDelay(true)
            .setSsl(secure)
            .setTrustAll(secure && tls.verify() == Verify.NONE)
            .setHostnameVerificationAlgorithm(
                secure && tls.verify() == Verify.FULL ? "HTTPS" : "");
    if (tls.ca() != null) {
      network.setTrustOptions(new PemTrustOptions().addCertPath(tls.ca()));
    }
    if (tls.cert() != null && tls.key() != null) {
      network.setKeyCertOptions(
          new PemKeyCertOptions().addCertPath(tls.cert()).addKeyPath(tls.key()));
    }
    return network;
  }

  /** Decoded by hand: the client library would read a {@code +} in a password as a blank. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * Opens a connection to the first host, ready for commands. The connection is confined to the
   * event loop. Fails within the time-out.
   */
  public Future<RedisLink> open() {
    return open(hosts.getFirst(), true);
  }

  /**
   * As {@link #open()}, to another host.
   *
   * @param logIn whether to use the login of the URL
   */
  Future<RedisLink> open(Host host, boolean logIn) {
    assert loop.isCurrent();
    // No login in the URL: messages of the client library may contain it.
    RedisOptions its =
        new RedisOptions(options)
            .setConnectionString((secure ? "rediss://" : "redis://") + host + database);
    if (logIn) {
      its.setUser(user).setPassword(password);
    }
    Redis client = Redis.createClient(vertx, its);
    Promise<RedisLink> opened = Promise.promise();
    long suspicion =
        proven.contains(host)
            ? -1
            : vertx.setTimer(
                SUSPICION.toMillis(),
                id -> probe.look(host).onSuccess(
                    found -> found.ifPresent(
                        wrong -> opened.tryFail(new RedisTroubleException(wrong, null)))));
    var unused =
        client
            .connect()
            .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .onComplete(
                connected -> {
                  vertx.cancelTimer(suspicion);
                  if (opened.future().isComplete()) {
                    LOG.debug("{}: too late", host, connected.cause());
                  } else if (connected.succeeded()) {
                    proven.add(host);
                    opened.complete(new RedisLink(loop, client, connected.result(), patience));
                  } else {
                    explain(host, connected.cause()).onFailure(opened::tryFail);
                  }
                });
    return opened.future().onFailure(cause -> close(client));
  }

  private static void close(Redis client) {
    var unused = client.close();
  }

  /** Fails with the problem, as far as a probe can find it out. */
  private Future<RedisLink> explain(Host host, Throwable cause) {
    RedisTrouble trouble = RedisTrouble.of(cause, endpoint);
    if (proven.contains(host) || !trouble.isVague()) {
      return trouble.at(host.toString()).failure(cause);
    }
    return probe.look(host).compose(
        found -> found.orElseGet(() -> trouble.at(host.toString())).failure(cause));
  }
}
