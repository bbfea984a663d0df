package dev.parley.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.config.Secret;
import dev.parley.ice.IceServersByRealm.Table;
import dev.parley.identity.Identity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IceServersByRealmTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final String STUN = "stun:turn.example.org:3478";
  private static final String TURN = "turn:turn.example.org:3478?transport=udp";

  private final MeterRegistry metrics = new SimpleMeterRegistry();

  private IceServersByRealm servers(Table table) {
    return new IceServersByRealm(table, InstantSource.fixed(NOW), metrics);
  }

  private static Table inAll(TurnOptions options) {
    return new Table(Map.of(), options);
  }

  private static TurnOptions turn(String secret) {
    return new TurnOptions(List.of(), List.of(TURN), new Secret(secret), Duration.ofHours(12));
  }

  private double issued() {
    return metrics.get("parley.turn.credentials").counter().count();
  }

  /** The password was computed with openssl: {@code openssl dgst -sha1 -hmac north -binary}. */
  @Test
  void givenStunAndTurn_whenAClientAsks_thenItGetsBothWithACredentialThatExpires()
      throws IOException {
    String json =
        servers(inAll(new TurnOptions(
            List.of(STUN), List.of(TURN, "turns:turn.example.org:5349?transport=tcp"),
            new Secret("north"), Duration.ofHours(1))))
            .of("default", Identity.of("anna")).orElseThrow();

    assertThat(json).isEqualTo("[{\"urls\":[\"stun:turn.example.org:3478\"]},"
        + "{\"urls\":[\"turn:turn.example.org:3478?transport=udp\","
        + "\"turns:turn.example.org:5349?transport=tcp\"],"
        + "\"username\":\"1700003600:anna\",\"credential\":\"+MLxLOEoYnWwCOD+2dzOXWFtASg=\"}]");
    JsonNode read = JsonMapper.builder().build().readTree(json);
    assertThat(read).hasSize(2);
    assertThat(issued()).isEqualTo(1);
  }

  @Test
  void givenAnUnknownClient_whenItAsks_thenTheUserNameHasTheExpiry() {
    assertThat(servers(inAll(turn("north"))).of("default", Identity.ANYONE).orElseThrow())
        .contains("\"username\":\"1700043200:anyone=");
  }

  @Test
  void givenStunAlone_whenAClientAsks_thenThereIsNoCredential() {
    Table table =
        inAll(new TurnOptions(List.of(STUN), List.of(), null, Duration.ofHours(1)));

    assertThat(servers(table).of("default", Identity.of("anna")))
        .contains("[{\"urls\":[\"stun:turn.example.org:3478\"]}]");
    assertThat(issued()).isZero();
  }

  @Test
  void givenNothing_whenAClientAsks_thenItGetsNothing() {
    assertThat(servers(Table.NONE).of("default", Identity.ANYONE)).isEmpty();
    assertThat(issued()).isZero();
  }

  @Test
  void givenRealms_whenTheirClientsAsk_thenEachHasItsOwnSecret_andOneMayHaveNone() {
    IceServersByRealm servers = servers(new Table(
        Map.of("acme", turn("south"), "quiet", TurnOptions.DEFAULT), turn("north")));

    String acme = servers.of("acme", Identity.of("anna")).orElseThrow();
    String other = servers.of("other", Identity.of("anna")).orElseThrow();

    assertThat(acme).isNotEqualTo(other);
    assertThat(other).isEqualTo(servers.of("default", Identity.of("anna")).orElseThrow());
    assertThat(servers.of("quiet", Identity.of("anna"))).isEmpty();
  }

  @Test
  void givenAnotherConfiguration_whenReplaced_thenTheNextCredentialIsOfTheNewSecret() {
    IceServersByRealm servers = servers(inAll(turn("north")));
    String before = servers.of("default", Identity.of("anna")).orElseThrow();

    servers.replace(inAll(turn("south")));

    assertThat(servers.of("default", Identity.of("anna")).orElseThrow()).isNotEqualTo(before);
  }
}
