package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Loopback;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which family of addresses clients reach a listener, as docs/configuration.md says. */
class ListenAddressesTest {

  @BeforeAll
  static void needsIpv6() {
    assumeTrue(Loopback.IPV6.isThere(), "this machine has no loopback of IPv6");
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0, true, true", "::, true, true", "127.0.0.1, true, false",
    "::1, false, true"})
  void givenAHost_whenClientsComeByEitherFamily_thenTheyAreServedWhereThePageSaysSo(
      String host, boolean overIpv4, boolean overIpv6)
      throws IOException {
    try (GatewayFixture gateway =
        GatewayFixture.gateway().dialect("peerjs", "/", Map.of()).host(host).start()) {
      assertThat(isServed(Loopback.IPV4, gateway.port())).isEqualTo(overIpv4);
      assertThat(isServed(Loopback.IPV6, gateway.port())).isEqualTo(overIpv6);
    }
  }

  private static boolean isServed(Loopback loopback, int port) throws IOException {
    try (Socket socket = new Socket(loopback.address(), port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(
          "GET /peerjs/id HTTP/1.1\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
          .startsWith("HTTP/1.1 200 ");
    } catch (ConnectException refused) {
      return false;
    }
  }
}
