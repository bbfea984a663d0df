package dev.parley.honest;

import dev.parley.net.limits.Limits;
import dev.parley.net.limits.OverloadLimits;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A gateway with default limits, and clients with different addresses according to a proxy. */
final class Crowd implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long LOOK_AGAIN_MILLIS = 20;

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

  /**
   * Waits for a condition as long as there is progress, however slow.
   *
   * @param state the progress
   */
  static void await(BooleanSupplier done, Supplier<String> state) throws InterruptedException {
    String seen = state.get();
    long since = System.nanoTime();
    while (!done.getAsBoolean()) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
      String now = state.get();
      if (!now.equals(seen)) {
        seen = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
        throw new AssertionError("for " + PATIENCE + " nothing has changed: " + now);
      }
    }
  }

  @Override
  public void close() {
    gateway.close();
  }
}
