package dev.parley.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.access.Gate;
import dev.parley.access.Gates;
import dev.parley.echo.EchoProvider;
import dev.parley.identity.Identity;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.WireClient;
import io.vertx.core.Promise;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients with certificates of their own, as policies see them. */
class ClientCertificateTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final List<Optional<BigInteger>> seen = new CopyOnWriteArrayList<>();
  private final Policy policy = handshake -> {
    seen.add(handshake.request().clientCertificate().map(X509Certificate::getSerialNumber));
    Promise<Verdict> later = Promise.promise();
    Thread.ofVirtual().start(() -> later.complete(new Verdict.Admitted(Identity.ANYONE)));
    return later.future();
  };
  private TestCertificate server;
  private TestCertificate anna;
  private TestCertificate mallory;

  @BeforeEach
  void makeCertificates(@TempDir Path folder) throws IOException {
    server = TestCertificate.in(Files.createDirectory(folder.resolve("server")));
    anna = TestCertificate.in(Files.createDirectory(folder.resolve("anna")));
    mallory = TestCertificate.in(Files.createDirectory(folder.resolve("mallory")));
  }

  /** Asks for certificates that are signed by {@code anna}'s, which has signed itself. */
  private GatewayFixture gateway(@Nullable String clientCa) {
    return GatewayFixture.gateway().provider(new EchoProvider())
        .dialect(EchoProvider.NAME, "/", Map.of())
        .tls(new TlsOptions(server.key().toString(), server.cert().toString(), clientCa))
        .gates(new Gates(
            new Gates.Table(Map.of(), new Gate(List.of(new Gate.Entry("fake", policy))))))
        .start();
  }

  private static byte[] pem(Path file) throws IOException {
    return Base64.getMimeDecoder()
        .decode(Files.readString(file).replaceAll("-----[A-Z ]+-----", "").strip());
  }

  private static X509Certificate certificate(TestCertificate files)
      throws IOException, GeneralSecurityException {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem(files.cert())));
  }

  /** Sockets of a client that trusts the server and shows a certificate. */
  private SSLSocketFactory showing(TestCertificate own)
      throws IOException, GeneralSecurityException {
    PrivateKey key =
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pem(own.key())));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("own", key, PASSWORD, new Certificate[] {certificate(own)});
    keys.setCertificateEntry("server", certificate(server));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static void echo(GatewayFixture gateway, SSLSocketFactory tls) {
    try (WireClient client = WireClient.connect(gateway.wsUri("/"), Map.of(), tls)) {
      client.text("hello");
      client.awaitText("hello"::equals);
    }
  }

  @Test
  void givenAnAuthority_whenClientsCome_thenAPolicySeesTheVerifiedCertificateOrNone()
      throws IOException, GeneralSecurityException {
    try (GatewayFixture gateway = gateway(anna.cert().toString())) {
      echo(gateway, showing(anna));
      echo(gateway, server.clients());

      assertThat(seen).containsExactly(Optional.of(anna.serial()), Optional.empty());
    }
  }

  @Test
  void givenAnAuthority_whenAClientShowsACertificateOfAnother_thenItIsNotServed()
      throws IOException, GeneralSecurityException {
    SSLSocketFactory tls = showing(mallory);
    try (GatewayFixture gateway = gateway(anna.cert().toString())) {
      // A client only sends what fits the authorities that the server names, so it may send none.
      try {
        echo(gateway, tls);
      } catch (RuntimeException refused) {
        assertThat(refused).hasCauseInstanceOf(IOException.class);
      }

      assertThat(seen).doesNotContain(Optional.of(mallory.serial()));
      echo(gateway, showing(anna));
    }
  }

  @Test
  void givenNoAuthority_whenAClientHasACertificate_thenItIsNotAskedForIt()
      throws IOException, GeneralSecurityException {
    SSLSocketFactory tls = showing(anna);
    try (GatewayFixture gateway = gateway(null)) {
      echo(gateway, tls);

      assertThat(seen).containsExactly(Optional.empty());
    }
  }

  @Test
  void givenNoFile_whenStarted_thenTheListenerSaysSo() {
    assertThatThrownBy(() -> gateway("/nowhere/ca.pem").close())
        .hasStackTraceContaining("/nowhere/ca.pem");
  }
}
