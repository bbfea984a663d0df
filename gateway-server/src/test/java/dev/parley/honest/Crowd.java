package dev.parley.honest;

import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.WireClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A gateway with default limits, and clients behind it that a proxy says are anywhere. */
final class Crowd implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK_AGAIN_MILLIS = 5;

  private final GatewayFixture gateway;

  /** A gateway for a dialect. */
  Crowd(String dialect) {
    gateway = GatewayFixture.gateway().dialect(dialect).proxies("127.0.0.1").start();
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

  /** A peer of PeerJS that has been let in. */
  WireClient peer(String id, Map<String, String> headers) {
    WireClient client = WireClient.connect(
        gateway.wsUri("/peerjs?key=peerjs&token=t" + id + "&version=1.5.5&id=" + id), headers);
    client.awaitText(text -> text.equals("{\"type\":\"OPEN\"}"));
    return client;
  }

  /** Waits for something, and says how it stands if it does not come. */
  static void await(BooleanSupplier done, Supplier<String> state) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited " + PATIENCE + " in vain: " + state.get());
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  @Override
  public void close() {
    gateway.close();
  }
}
