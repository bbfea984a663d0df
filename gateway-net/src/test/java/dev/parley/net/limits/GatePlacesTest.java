package dev.parley.net.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Bound;
import dev.parley.config.ByteSize;
import dev.parley.net.limits.ConnectionLimiter.Full;
import dev.parley.net.limits.GatePlaces.Entry;
import dev.parley.net.limits.GatePlaces.Place;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatePlacesTest {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final GatePlaces places =
      new GatePlaces(
          OtherLimits.with(
              Map.of("gateWaiting", new Bound(3), "gateWaitingPerAddress", new Bound(2),
                  "message", ByteSize.ofKiB(1), "unfinished", ByteSize.ofKiB(8))),
          metrics);

  private Place enter(String address) {
    assertThat(places.enter(address)).isInstanceOf(Entry.Entered.class);
    return ((Entry.Entered) places.enter(address)).place();
  }

  @Test
  void givenPlacesThatAreTaken_whenMoreCome_thenTheBoundIsNamedAndOneThatLeavesFreesOne() {
    Place second = enter("2001:db8::1");
    assertThat(places.enter("2001:db8::2")).isEqualTo(new Entry.Refused(Full.OF_ADDRESS));
    assertThat(places.enter("192.0.2.1")).isInstanceOf(Entry.Entered.class);
    assertThat(places.enter("192.0.2.2")).isEqualTo(new Entry.Refused(Full.IN_ALL));
    assertThat(places.waiting()).isEqualTo(3);

    second.leave();
    second.leave();

    assertThat(places.waiting()).isEqualTo(2);
    assertThat(metrics.get("parley.gate.waiting").gauge().value()).isEqualTo(2);
    assertThat(places.enter("2001:db8::3")).isInstanceOf(Entry.Entered.class);
    assertThat(places.addresses()).isEqualTo(2);
  }

  @Test
  void givenEarlyBytes_whenTheyAreTooManyInAll_thenTheLastAreNotKept() {
    assertThat(places.keep(1024)).isTrue();
    assertThat(places.keep(1)).isFalse();
    places.release(1024);

    assertThat(places.early()).isZero();
    assertThat(places.keep(1024)).isTrue();
  }
}
