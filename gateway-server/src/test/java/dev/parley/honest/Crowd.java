package dev.parley.honest;

import dev.parley.net.limits.Limits;
import dev.parley.net.limits.OverloadLimits;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import java.util.Map;

/** A gateway with default limits, and clients with different addresses according to a proxy. */
final class Crowd implements AutoCloseable {

  private final GatewayFixture gateway;

  /**
   * A gateway for a dialect, without overload protection: the load of this machine is not caused by
   * its clients.
   */
  Crowd(String dialect) {
    gateway = GatewayFixture.gateway().dialect(dialect).proxies("127.0.0.1")
        .limits(Records.with(Limits.DEFAULT, "overload", OverloadLimits.OFF)).start();
  }

  GatewayFixture gateway() {
    return gateway;
  }

  /** The headers of a client with an address of its own. */
  static Map<String, String> from(int number) {
    return Map.of("X-Forwarded-For", address(number));
  }

  /** One of 65,536 addresses. */
  static String address(int number) {
    return "203." + (number >> 8 & 0xFF) + "." + (number & 0xFF) + ".9";
  }

  /** A peer of PeerJS that has been admitted. */
  WireClient peer(String id, Map<String, String> headers) {
    WireClient client = WireClient.connect(
        gateway.wsUri("/peerjs?key=peerjs&token=t" + id + "&version=1.5.5&id=" + id), headers);
    client.awaitText(text -> text.equals("{\"type\":\"OPEN\"}"));
    return client;
  }

  @Override
  public void close() {
    gateway.close();
  }
}
