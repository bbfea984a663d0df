package dev.parley.conformance.proxies;

import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class CaddyTest extends ProxyContract {

  /** No port for its administration, and none that leads from HTTP to HTTPS. */
  private static final String GLOBAL = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n";

  @Override
  ProxyProcess proxy(GatewayFixture one, GatewayFixture two, List<Change> more) {
    TestCertificate certificate = certificate();
    return ProxyProcess.start(folder, certificate, port -> {
      List<Change> changes =
          new ArrayList<>(
              List.of(
                  new Change("signal.example.org {", "https://:" + port + " {\n\tbind 127.0.0.1"
                      + (hasIpv6() ? " [::1]" : "")),
                  new Change("/etc/caddy/cert.pem", certificate.cert().toString()),
                  new Change("/etc/caddy/key.pem", certificate.key().toString())));
      changes.addAll(more);
      Path configuration = folder.resolve("Caddyfile");
      Files.writeString(configuration, GLOBAL + file("Caddyfile", one, two, changes));
      return List.of(ProxyProcess.find("caddy"), "run", "--adapter", "caddyfile", "--config",
          configuration.toString());
    });
  }

  /** It has none for open WebSockets. */
  @Override
  List<Change> shortTimeOut(int seconds) {
    return List.of();
  }

  @Override
  List<Change> fastChecks() {
    return List.of(new Change("health_interval 2s", "health_interval 100ms"));
  }

  @Override
  void awaitTakenOut(ProxyProcess proxy) {
    // It logs the first failed check, and acts on the second.
    proxy.awaitOutput(2, "\"status_code\":503");
  }
}
