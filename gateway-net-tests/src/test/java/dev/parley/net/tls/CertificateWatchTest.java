package dev.parley.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.LogLines;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class CertificateWatchTest {

  private static final Duration OFTEN = Duration.ofMillis(50);

  @TempDir Path folder;

  private final Vertx vertx;
  private int port;

  CertificateWatchTest(Vertx vertx) {
    this.vertx = vertx;
  }

  private void serve(TestCertificate certificate) {
    TlsOptions files = new TlsOptions(certificate.key().toString(), certificate.cert().toString());
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions().addKeyPath(files.key()).addCertPath(files.cert())))
            .requestHandler(request -> request.response().end("ok"));
    port = Waits.join("the server to listen", server.listen(0, "127.0.0.1")).actualPort();
    new CertificateWatch(vertx, server, files).start(OFTEN);
  }

  private SSLSocket connect(TestCertificate trusted) throws IOException {
    SSLSocket socket = (SSLSocket) trusted.clients().createSocket("127.0.0.1", port);
    socket.startHandshake();
    return socket;
  }

  private static BigInteger serialOf(SSLSocket socket) throws IOException {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
  }

  private static void answers(SSLSocket socket) throws IOException {
    socket.getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\nok") < 0) {
      int next = in.read();
      assertThat(next).isNotNegative();
      answer.append((char) next);
    }
  }

  /** Reconnects until the server uses {@code certificate}, which alone is trusted. */
  private SSLSocket connectWhenRenewed(TestCertificate certificate) {
    AtomicReference<SSLSocket> connected = new AtomicReference<>();
    Waits.until("the renewed certificate", () -> {
      try {
        connected.set(connect(certificate));
        return true;
      } catch (SSLException former) {
        return false;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    });
    return connected.get();
  }

  @Test
  void givenACertificateRenewedUnderLoad_whenClientsConnect_thenNewOnesGetItAndNoOpenOneIsDropped()
      throws IOException, InterruptedException {
    TestCertificate first = TestCertificate.in(folder);
    serve(first);
    try (SSLSocket open = connect(first)) {
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger answered = new AtomicInteger();
      Thread load =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (!stop.get()) {
                        answers(open);
                        answered.incrementAndGet();
                      }
                    } catch (IOException dropped) {
                      answered.set(Integer.MIN_VALUE);
                    }
                  });

      TestCertificate second = TestCertificate.in(folder);

      try (SSLSocket fresh = connectWhenRenewed(second)) {
        assertThat(serialOf(fresh)).isEqualTo(second.serial()).isNotEqualTo(first.serial());
        answers(fresh);
      }
      stop.set(true);
      load.join();
      assertThat(answered).as("answers on the connection that was open").hasPositiveValue();
      answers(open);
      assertThat(serialOf(open)).isEqualTo(first.serial());
    }
  }

  @Test
  void givenARenewedCertificateThatIsNone_whenClientsConnect_thenTheFormerOneStaysUntilItIsMended()
      throws IOException {
    TestCertificate first = TestCertificate.in(folder);
    serve(first);
    Files.writeString(first.cert(), "not a certificate");

    awaitLooks(6);
    connect(first).close();
    TestCertificate second = TestCertificate.in(folder);

    try (SSLSocket fresh = connectWhenRenewed(second)) {
      assertThat(serialOf(fresh)).isEqualTo(second.serial());
    }
  }

  @Test
  void givenARenewedCertificateOfAnotherKey_whenClientsConnect_thenTheFormerPairStaysUntilItFits()
      throws IOException {
    TestCertificate first = TestCertificate.in(folder);
    serve(first);
    TestCertificate elsewhere = TestCertificate.in(Files.createDirectory(folder.resolve("2")));
    Files.copy(elsewhere.cert(), first.cert(), StandardCopyOption.REPLACE_EXISTING);

    awaitLooks(6);
    connect(first).close();
    Files.copy(elsewhere.key(), first.key(), StandardCopyOption.REPLACE_EXISTING);

    try (SSLSocket fresh = connectWhenRenewed(elsewhere)) {
      assertThat(serialOf(fresh)).isEqualTo(elsewhere.serial());
    }
  }

  @Test
  void givenFilesThatAreGone_whenTheyStayAway_thenThatIsLoggedOnceUntilTheyAreBack()
      throws IOException {
    TestCertificate first = TestCertificate.in(folder);
    try (LogLines log = new LogLines(CertificateWatch.class, folder.toString())) {
      serve(first);
      Files.delete(first.cert());
      log.awaits("is not there any more");
      awaitLooks(5);
      connect(first).close();
      assertThat(log.lines()).singleElement().asString()
          .startsWith("WARN the certificate " + first.cert());

      TestCertificate second = TestCertificate.in(folder);
      connectWhenRenewed(second).close();
      log.awaits("was renewed");
      Files.delete(second.key());
      awaitMissing(log, 2);
    }
  }

  /** A timer with the same period runs beside the one under test. */
  private void awaitLooks(int looks) {
    CountDownLatch rounds = new CountDownLatch(looks);
    vertx.setPeriodic(OFTEN.toMillis(), id -> rounds.countDown());
    Waits.await("looks at the files", rounds);
  }

  private void awaitMissing(LogLines log, int lines) {
    Waits.until(() -> lines + " lines in " + log.lines(), () -> log.lines().stream()
        .filter(line -> line.contains("is not there any more")).count() >= lines);
  }
}
