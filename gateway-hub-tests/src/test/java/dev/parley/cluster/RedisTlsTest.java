package dev.parley.cluster;

import static dev.parley.cluster.Member.failure;
import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.redis.RedisChannel;
import dev.parley.cluster.redis.RedisChannels;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceTls.Verify;
import dev.parley.config.ServiceUrl;
import dev.parley.dialect.Broker;
import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome.Granted;
import dev.parley.signal.PeerAddress;
import dev.parley.testkit.LogLines;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.hub.RecordingRecipient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** TLS to a Redis: settings that work, and the log line of each failure. */
@ExtendWith(VertxExtension.class)
class RedisTlsTest {

  private static final PeerAddress ANNA = new PeerAddress("default", "anna");

  @TempDir private static Path folder;
  @TempDir private static Path elsewhere;

  private static TestCertificate certificate;
  private static TestCertificate another;
  private static RedisServer redis;
  private static RedisServer mutual;
  private static RedisServer plain;

  private Vertx vertx;

  @BeforeAll
  static void start() {
    certificate = TestCertificate.in(folder);
    another = TestCertificate.in(elsewhere);
    redis = RedisServer.startWithTls(certificate);
    mutual = RedisServer.startWithMutualTls(certificate);
    plain = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
    mutual.close();
    plain.close();
  }

  @BeforeEach
  void take(Vertx vertx) {
    this.vertx = vertx;
  }

  private RedisHub hub(String url, ServiceTls tls) {
    // A long lease: a hub that is still within its lease logs nothing for a while.
    ClusterOptions options =
        ClusterOptions.DEFAULT.lasting(Duration.ofMinutes(1)).at(ServiceUrl.parse(url)).with(tls);
    return new RedisHub(
        vertx, options, MailboxLimits.DEFAULT, GroupLimits.DEFAULT, new SimpleMeterRegistry());
  }

  private static String at(String scheme, String host, int port) {
    return scheme + "://" + host + ":" + port;
  }

  private static ServiceTls trusting() {
    return ServiceTls.trusting(certificate.cert().toString());
  }

  private static ServiceTls showing(TestCertificate shown) {
    return new ServiceTls(
        certificate.cert().toString(), shown.cert().toString(), shown.key().toString(),
        Verify.FULL);
  }

  private static ServiceTls verifying(Verify verify) {
    return new ServiceTls(
        verify == Verify.NONE ? null : certificate.cert().toString(), null, null, verify);
  }

  private void works(String url, ServiceTls tls) {
    RedisHub hub = hub(url, tls);
    result(hub.start());
    RecordingRecipient anna = new RecordingRecipient();
    hub.claim(anna, Claim.of(ANNA));
    assertThat(anna.await(1)).containsExactly(new Granted(ANNA, false));
    result(hub.close());
  }

  private void fails(String url, ServiceTls tls, String... words) {
    assertThat(failure(hub(url, tls).start()).getMessage()).contains(words);
  }

  @Test
  void givenACertificateThatIsTrusted_whenANodeStarts_thenItWorks() {
    works(redis.url().toString(), trusting());
  }

  @Test
  void givenAnUntrustedCertificate_whenANodeStarts_thenTheLineNamesTheKey() {
    fails(
        redis.url().toString(), ServiceTls.DEFAULT,
        "its TLS certificate is not signed by a trusted authority", "cluster.tls.ca");
    fails(
        redis.url().toString(), ServiceTls.trusting(another.cert().toString()),
        "its TLS certificate is not signed by a trusted authority", "cluster.tls.ca",
        another.cert().toString());
  }

  @Test
  void givenACertificateForAnotherName_whenANodeStarts_thenTheLineNamesTheKey() {
    fails(
        at("rediss", "localhost", redis.port()), trusting(),
        "its TLS certificate is for another name", "localhost", "cluster.redis",
        "cluster.tls.verify");
  }

  @Test
  void givenACertificateForAnotherName_whenNamesAreNotCompared_thenItWorks() {
    works(at("rediss", "localhost", redis.port()), verifying(Verify.CA));
    works(at("rediss", "localhost", redis.port()), verifying(Verify.NONE));
    fails(
        at("rediss", "localhost", redis.port()),
        new ServiceTls(another.cert().toString(), null, null, Verify.CA),
        "its TLS certificate is not signed by a trusted authority");
  }

  @Test
  void givenARedisThatWantsACertificate_whenThereIsNone_thenTheLineNamesTheKeys() {
    fails(
        mutual.url().toString(), trusting(),
        "it wants a TLS certificate of this node", "cluster.tls.cert", "cluster.tls.key");
  }

  @Test
  void givenARedisThatWantsACertificate_whenItIsShown_thenItWorksAndAnotherDoesNot() {
    works(mutual.url().toString(), showing(certificate));

    fails(
        mutual.url().toString(), showing(another), "it does not accept our certificate",
        "cluster.tls.cert");
  }

  // ---- something else at the port

  @Test
  void givenARedisWithoutTls_whenTheUrlWantsTls_thenThatIsSaid() {
    fails(
        at("rediss", "127.0.0.1", plain.port()), ServiceTls.DEFAULT,
        "it does not speak TLS on this port", "cluster.redis");
  }

  @Test
  void givenARedisWithTls_whenTheUrlWantsNone_thenThatIsSaid() {
    fails(
        at("redis", "127.0.0.1", redis.port()), ServiceTls.DEFAULT, "it wants TLS on this port",
        "rediss", "cluster.redis");
    fails(
        at("redis", "127.0.0.1", mutual.port()), ServiceTls.DEFAULT, "it wants TLS on this port",
        "rediss", "cluster.redis");
  }

  @Test
  void givenAWebServer_whenItIsTakenForARedis_thenThatIsSaid() {
    HttpServer web = web(new HttpServerOptions());
    for (String scheme : new String[] {"redis", "rediss"}) {
      fails(
          at(scheme, "127.0.0.1", web.actualPort()), ServiceTls.DEFAULT,
          "an HTTP server answers there", "cluster.redis");
    }
  }

  @Test
  void givenAWebServerWithTls_whenItIsTakenForARedis_thenThatIsSaid() {
    HttpServer web =
        web(
            new HttpServerOptions().setSsl(true).setKeyCertOptions(
                new PemKeyCertOptions().addCertPath(certificate.cert().toString())
                    .addKeyPath(certificate.key().toString())));
    fails(
        at("rediss", "127.0.0.1", web.actualPort()), trusting(), "an HTTP server answers there",
        "cluster.redis");
  }

  @Test
  void givenACertificateThatHasExpired_whenANodeStarts_thenThatIsSaid() throws IOException {
    TestCertificate expired =
        TestCertificate.expiredIn(Files.createDirectory(elsewhere.resolve("expired")));
    HttpServer server =
        web(
            new HttpServerOptions().setSsl(true).setKeyCertOptions(
                new PemKeyCertOptions().addCertPath(expired.cert().toString())
                    .addKeyPath(expired.key().toString())));
    fails(
        at("rediss", "127.0.0.1", server.actualPort()),
        ServiceTls.trusting(expired.cert().resolveSibling("ca.pem").toString()),
        "its TLS certificate is not valid at this time", "Renew it, or correct the clock");
  }

  private HttpServer web(HttpServerOptions options) {
    return result(
        vertx.createHttpServer(options).requestHandler(request -> request.response().end("hi"))
            .listen(0, "127.0.0.1"));
  }

  @Test
  void givenAChannel_whenItsRedisIsNotTrusted_thenTheLineNamesTheKeyOfTheDialect() {
    try (LogLines log = new LogLines(RedisChannel.class, ":" + redis.port())) {
      RedisChannels channels = new RedisChannels(vertx);
      Broker broker = Broker.of(redis.url(), "dialects.linkup.legacyCluster");
      new Member(channels, broker, "c");

      log.awaits("Name the PEM file of that authority in dialects.linkup.legacyCluster.tls.ca");
      result(channels.close());
    }
  }
}
