package dev.parley.conformance.proxies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HaproxyTest extends ProxyContract {

  private static final Change NO_CHECKS =
      new Change("check inter 2s fall 2 rise 1", "weight 1");

  @Override
  ProxyProcess proxy(GatewayFixture one, GatewayFixture two, List<Change> more) {
    TestCertificate certificate = certificate();
    return ProxyProcess.start(folder, certificate, port -> {
      Path both = folder.resolve("parley.pem");
      Files.writeString(both,
          Files.readString(certificate.cert()) + Files.readString(certificate.key()));
      String bind = "127.0.0.1:" + port + (hasIpv6() ? ",[::1]:" + port : "");
      List<Change> changes =
          new ArrayList<>(
              List.of(new Change("bind :443", "bind " + bind),
                  new Change("/etc/haproxy/parley.pem", both.toString())));
      changes.addAll(more);
      Path configuration = folder.resolve("haproxy.cfg");
      Files.writeString(configuration, file("haproxy.cfg", one, two, changes));
      return List.of(ProxyProcess.find("haproxy"), "-db", "-f", configuration.toString());
    });
  }

  @Override
  List<Change> shortTimeOut(int seconds) {
    return List.of(new Change("timeout tunnel 90s", "timeout tunnel " + seconds + "s"));
  }

  @Override
  List<Change> fastChecks() {
    return List.of(new Change("inter 2s", "inter 100ms"));
  }

  @Override
  void awaitTakenOut(ProxyProcess proxy) {
    proxy.awaitOutput(1, "Server parley/node1 is DOWN, reason: Layer7 wrong status, code: 503");
  }

  @Test
  void givenATimeOutBelowThePing_whenAClientIsIdle_thenItsConnectionIsCut() throws IOException {
    try (GatewayFixture one = GatewayFixture.gateway().dialect("linkup").start();
        ProxyProcess proxy = proxy(one, one, shortTimeOut(1));
        WireClient idle = proxy.connect("/linkup")) {
      assertThat(idle.awaitClosed().opcode()).isNotNull();
    }
  }

  @Test
  void givenANodeThatDrains_whenNoCheckHasFoundItYet_thenNoClientHearsOfIt() throws IOException {
    assertThat(refusedOfFour(List.of(NO_CHECKS))).isZero();
  }

  @Test
  void givenNoRetryAfter503_whenNoCheckHasFoundOutYet_thenClientsHearOfIt()
      throws IOException {
    assertThat(
        refusedOfFour(
            List.of(NO_CHECKS, new Change("empty-response 503", "empty-response"))))
        .isPositive();
  }

  private int refusedOfFour(List<Change> changes) throws IOException {
    try (GatewayFixture one = GatewayFixture.gateway().dialect("linkup").start();
        GatewayFixture two = GatewayFixture.gateway().dialect("linkup").start();
        ProxyProcess proxy = proxy(one, two, changes)) {
      one.drain(Duration.ofSeconds(5)).await();
      int refused = 0;
      for (int i = 0; i < 4; i++) {
        try (WireClient client = proxy.connect("/linkup")) {
          client.settle();
        } catch (UpgradeRefusedException away) {
          assertThat(away.status()).isEqualTo(503);
          refused++;
        }
      }
      return refused;
    }
  }
}
