package dev.parley.conformance.proxies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NginxTest extends ProxyContract {

  /** What Debian's own file says around what is in conf.d, as far as it matters here. */
  private static final String MAIN =
      """
      daemon off;
      master_process off;
      pid HOME/nginx.pid;
      error_log stderr notice;
      events { }
      http {
        client_body_temp_path HOME/body;
        proxy_temp_path HOME/proxy;
        fastcgi_temp_path HOME/fastcgi;
        uwsgi_temp_path HOME/uwsgi;
        scgi_temp_path HOME/scgi;
        include HOME/parley.conf;
      }
      """;

  @Override
  ProxyProcess proxy(GatewayFixture one, GatewayFixture two, List<Change> more) {
    TestCertificate certificate = certificate();
    return ProxyProcess.start(folder, certificate, port -> {
      List<Change> changes =
          new ArrayList<>(
              List.of(
                  new Change("listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;\n"
                      + (hasIpv6() ? "    listen [::1]:" + port + " ssl;\n" : "")),
                  new Change("/etc/ssl/parley/cert.pem", certificate.cert().toString()),
                  new Change("/etc/ssl/parley/key.pem", certificate.key().toString()),
                  new Change("/var/log/nginx/parley.log", folder.resolve("access.log")
                      .toString())));
      changes.addAll(more);
      Files.writeString(folder.resolve("parley.conf"), file("nginx.conf", one, two, changes));
      Path main = folder.resolve("nginx.conf");
      Files.writeString(main, MAIN.replace("HOME", folder.toString()));
      return List.of(ProxyProcess.find("nginx"), "-e", "stderr", "-p", folder.toString(), "-c",
          main.toString());
    });
  }

  @Override
  List<Change> shortTimeOut(int seconds) {
    return List.of(new Change("proxy_read_timeout 90s", "proxy_read_timeout " + seconds + "s"));
  }

  /** It has no health checks; it learns from answers. */
  @Override
  List<Change> fastChecks() {
    return List.of();
  }

  @Override
  void awaitTakenOut(ProxyProcess proxy) {}

  @Test
  void givenATimeOutBelowThePing_whenAClientIsIdle_thenItsConnectionIsCut() throws IOException {
    try (GatewayFixture one = GatewayFixture.gateway().dialect("linkup").start();
        ProxyProcess proxy = proxy(one, one, shortTimeOut(1));
        WireClient idle = proxy.connect("/linkup")) {
      assertThat(idle.awaitClosed().opcode()).isNotNull();
    }
  }

  @Test
  void givenATokenInAQuery_whenTheClientConnects_thenItIsNotInTheLog() throws IOException {
    try (GatewayFixture one = GatewayFixture.gateway().dialect("peerjs").start();
        ProxyProcess proxy = proxy(one, one, List.of())) {
      proxy.connect("/peerjs?key=peerjs&id=anna&token=geheim").close();
      Path log = folder.resolve("access.log");
      proxy.await("there is a line in the log", () -> text(log).contains("\n"));

      assertThat(text(log)).contains("/peerjs\" 101").doesNotContain("geheim");
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
