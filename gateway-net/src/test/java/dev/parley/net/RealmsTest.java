package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Bound;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RealmsTest {
  private static final List<String> LISTENER = List.of("https://listener.example");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Realms realms = new Realms(metrics);

  @Test
  void givenOriginsOfARealm_whenAsked_thenTheyReplaceThoseOfTheListener() {
    realms.replace(
        Map.of(
            "acme", new Realms.Settings(List.of("https://acme.example"), Bound.OFF),
            "closed", new Realms.Settings(List.of(), Bound.OFF)));

    assertThat(realms.origins("acme", LISTENER)).containsExactly("https://acme.example");
    assertThat(realms.origins("closed", LISTENER)).isEmpty();
    assertThat(realms.origins("elsewhere", LISTENER)).isEqualTo(LISTENER);
  }

  @Test
  void givenABound_whenItIsReached_thenOthersEnterOnceOneHasLeft() {
    realms.replace(Map.of("acme", new Realms.Settings(null, new Bound(1))));
    var first = new EmbeddedChannel();

    assertThat(realms.enter("acme", first)).isTrue();
    assertThat(realms.enter("acme", new EmbeddedChannel())).isFalse();
    assertThat(realms.enter("elsewhere", new EmbeddedChannel())).isTrue();
    var unused = first.close();
    assertThat(realms.enter("acme", new EmbeddedChannel())).isTrue();
  }

  @Test
  void givenVeryManyRealms_whenTheyAreUsed_thenTheMetricsHaveTheNamesOfTheConfigurationAlone() {
    realms.replace(Map.of("acme", new Realms.Settings(null, Bound.OFF)));

    for (int i = 0; i < 1_000; i++) {
      assertThat(realms.enter("realm" + i, new EmbeddedChannel())).isTrue();
      realms.refused("realm" + i);
    }
    realms.refused("acme");

    assertThat(metrics.getMeters()).extracting(meter -> meter.getId().getTag("realm"))
        .containsOnly("acme", Realms.OTHER).hasSize(4);
    assertThat(metrics.get("parley.realm.connections").tag("realm", Realms.OTHER).gauge().value())
        .isEqualTo(1_000);
    assertThat(metrics.get("parley.realm.refused").tag("realm", "acme").counter().count())
        .isEqualTo(1);
  }

  @Test
  void givenARealmThatIsNoLongerNamed_whenItsConnectionsEnd_thenItsCountReturnsToZero() {
    realms.replace(Map.of("acme", new Realms.Settings(null, Bound.OFF)));
    var connected = new EmbeddedChannel();
    assertThat(realms.enter("acme", connected)).isTrue();

    realms.replace(Map.of());
    var unused = connected.close();

    assertThat(metrics.get("parley.realm.connections").tag("realm", "acme").gauge().value())
        .isZero();
    assertThat(metrics.get("parley.realm.connections").tag("realm", Realms.OTHER).gauge().value())
        .isZero();
  }
}
