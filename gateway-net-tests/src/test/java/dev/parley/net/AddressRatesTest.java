package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.Rate;
import dev.parley.net.limits.Limits;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that open connections, or send requests, too fast; over real sockets. */
class AddressRatesTest {

  /** So slow that no test sees a second token. */
  private static final int BURST = 3;

  private static GatewayFixture gateway(String kind, String... proxies) {
    Limits slow =
        Records.with(Limits.DEFAULT, kind + "Rate", new Rate(1), kind + "Burst", BURST);
    // One token in a second, and many seconds to wait.
    return GatewayFixture.gateway().dialect("peerjs", "/", Map.of()).limits(slow).proxies(proxies)
        .start();
  }

  private static void connect(GatewayFixture gateway, String id, Map<String, String> headers) {
    try (WireClient client =
        WireClient.connect(gateway.wsUri("/peerjs?key=peerjs&token=t&id=" + id), headers)) {
      client.awaitText("{\"type\":\"OPEN\"}"::equals);
    }
  }

  private static double refused(GatewayFixture gateway) {
    Counter counter =
        gateway.metrics().find("parley.handshakes.refused").tag("cause", "address_rate").counter();
    return counter == null ? 0 : counter.count();
  }

  /** Connects until it is refused, which a machine that stands still for seconds delays. */
  private static void connectUntilRefused(GatewayFixture gateway, Map<String, String> headers) {
    assertThatThrownBy(() -> {
      for (int i = 0; i < 1_000; i++) {
        connect(gateway, "m" + i, headers);
      }
    }).isInstanceOfSatisfying(UpgradeRefusedException.class,
        refused -> assertThat(refused.status()).isEqualTo(429));
  }

  @ParameterizedTest
  @CsvSource({"203.0.113.1, 203.0.113.1, 203.0.113.2",
    "2001:db8::1, 2001:db8::ffff:1, 2001:db8:0:1::1"})
  void givenARate_whenAnAddressExceedsIt_thenItIsRefusedAndAnotherIsNot(
      String first, String same, String other) {
    try (GatewayFixture gateway = gateway("connection", "127.0.0.1")) {
      connectUntilRefused(gateway, Map.of("X-Forwarded-For", first));
      connectUntilRefused(gateway, Map.of("X-Forwarded-For", same));
      connect(gateway, "anna", Map.of("X-Forwarded-For", other));

      assertThat(refused(gateway)).isEqualTo(2);
    }
  }

  @Test
  void givenAnUntrustedProxy_whenAClientNamesManyAddresses_thenItIsRefusedAllTheSame() {
    try (GatewayFixture gateway = gateway("connection")) {
      assertThatThrownBy(() -> {
        for (int i = 0; i < 1_000; i++) {
          connect(gateway, "m" + i, Map.of("X-Forwarded-For", "203.0.113." + i % 256));
        }
      }).isInstanceOf(UpgradeRefusedException.class);
    }
  }

  @Test
  void givenARateOfRequests_whenAnAddressExceedsIt_thenItGets429AndMayConnectAndOthersAsk() {
    try (GatewayFixture gateway = gateway("request", "127.0.0.1")) {
      Map<String, String> mallory =
          Map.of("X-Forwarded-For", "203.0.113.1", "Origin", "https://app.example.org");
      HttpProbe.Answer answer = HttpProbe.send("GET", gateway.httpUri("/peerjs/id"), mallory);
      for (int i = 0; answer.status() == 200; i++) {
        assertThat(i).isLessThan(1_000);
        answer = HttpProbe.send("GET", gateway.httpUri("/peerjs/id"), mallory);
      }
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("retry-after")).contains("1");
      assertThat(answer.header("access-control-allow-origin"))
          .contains("https://app.example.org");
      assertThat(refused(gateway)).isOne();

      connect(gateway, "mallory", mallory);
      assertThat(
          HttpProbe.send("GET", gateway.httpUri("/peerjs/id"),
              Map.of("X-Forwarded-For", "203.0.113.2")).status())
          .isEqualTo(200);
    }
  }

  @Test
  void givenConnectionsThatAskForNothing_whenAnAddressMakesTooMany_thenTheyAreClosedWhenAccepted()
      throws IOException {
    Limits slow =
        Records.with(Limits.DEFAULT, "connectionRate", new Rate(1), "connectionBurst", BURST,
            "requestRate", new Rate(1), "requestBurst", BURST);
    try (GatewayFixture gateway =
        GatewayFixture.gateway().dialect("peerjs", "/", Map.of()).limits(slow).start()) {
      Counter closed =
          gateway.metrics().get("parley.connections.refused").tag("cause", "rate_of_address")
              .counter();
      for (int i = 0; closed.count() == 0; i++) {
        assertThat(i).isLessThan(10_000);
        new Socket(InetAddress.getLoopbackAddress(), gateway.port()).close();
      }
      assertThat(closed.count()).isPositive();
    }
  }
}
