package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.local.LocalHub;
import dev.parley.metrics.SignalMetrics;
import dev.parley.net.limits.Limits;
import dev.parley.net.limits.OverloadLimits;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A node that has more to do than it can: whom it serves, and whom it does not. */
class OverloadedTest {

  private static final String OPEN = "{\"type\":\"OPEN\"}";

  private final AtomicReference<Vertx> vertx = new AtomicReference<>();
  private volatile boolean busy = true;

  @AutoClose private final GatewayFixture gateway =
      GatewayFixture.gateway()
          .eventLoops(1)
          .limits(Records.with(
              Limits.DEFAULT, "overload", new OverloadLimits(Duration.ofMillis(1), 100)))
          .hub((its, metrics) -> {
            vertx.set(its);
            return new LocalHub(its, Limits.DEFAULT.mailboxes(), new SignalMetrics(metrics));
          })
          .dialect("peerjs", "/", Map.of())
          .start();

  private WireClient peer(String id) {
    WireClient peer =
        WireClient.connect(gateway.wsUri("/peerjs?key=peerjs&token=t&id=" + id));
    peer.awaitText(OPEN::equals);
    return peer;
  }

  /** The loop is never in time while this goes on, and yet it does everything in the end. */
  private void work() {
    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    if (busy) {
      vertx.get().runOnContext(again -> work());
    }
  }

  private boolean isShedding() {
    return gateway.metrics().get("parley.overload").tag("cause", "loop_delay").gauge().value() > 0;
  }

  private void awaitShedding(boolean wanted) {
    Waits.until("shedding to be " + wanted, () -> isShedding() == wanted);
  }

  /** Refused with words at first, and when the overload lasts by the end of the connection. */
  private boolean isServed() {
    try (WireClient late = peer("late")) {
      return true;
    } catch (UpgradeRefusedException refused) {
      assertThat(refused.status()).isEqualTo(503);
      return false;
    } catch (UncheckedIOException closed) {
      return false;
    }
  }

  private double refusals() {
    return gateway.metrics().get("parley.connections.refused").tag("cause", "overload").counter()
        .count()
        + gateway.metrics().find("parley.handshakes.refused").tag("cause", "overloaded").counters()
            .stream().mapToDouble(Counter::count).sum();
  }

  @Test
  void givenALoopThatIsLate_whenClientsCome_thenTheyAreSentAwayAndThoseThatAreHereAreServed() {
    try (WireClient anna = peer("anna"); WireClient bert = peer("bert")) {
      vertx.get().runOnContext(begin -> work());
      awaitShedding(true);

      assertThat(isServed()).isFalse();
      assertThat(refusals()).isEqualTo(1);
      anna.text("{\"type\":\"OFFER\",\"dst\":\"bert\",\"payload\":1}");
      bert.awaitText(text -> text.contains("OFFER") && text.contains("anna"));

      busy = false;
      awaitShedding(false);
      assertThat(isServed()).isTrue();
    }
  }
}
