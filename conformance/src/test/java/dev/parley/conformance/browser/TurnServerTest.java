package dev.parley.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.config.Secret;
import dev.parley.ice.IceServersByRealm;
import dev.parley.ice.TurnOptions;
import dev.parley.identity.Identity;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real coturn accepts the credentials that Parley issues, until they expire. */
class TurnServerTest {

  private static final String OLD = "old-secret";
  private static final String NEW = "new-secret";
  private static final Duration TTL = Duration.ofMinutes(1);
  private static final int UNAUTHORIZED = 401;
  private static final int BAD_REQUEST = 400;
  private static final int QUOTA_REACHED = 486;

  @TempDir static Path home;
  private static Coturn coturn;

  @BeforeAll
  static void start() {
    coturn = Coturn.start(home, OLD, NEW);
  }

  @AfterAll
  static void stop() {
    coturn.close();
  }

  private record Credential(String user, String password) {

    Instant expiry() {
      return Instant.ofEpochSecond(Long.parseLong(user.substring(0, user.indexOf(':'))));
    }

    TurnProbe probe() {
      return new TurnProbe(coturn.address(), user, password);
    }

    int allocate() {
      try (TurnProbe probe = probe()) {
        return probe.allocate();
      }
    }
  }

  /** As Parley issues it when its clock shows this time. */
  private static Credential issued(Instant now, String secret, String subject) {
    return issued(now, secret, Identity.of(subject));
  }

  private static Credential issued(Instant now, String secret, Identity identity) {
    TurnOptions options =
        new TurnOptions(List.of(), List.of(coturn.uri("udp")), new Secret(secret), TTL);
    String json =
        new IceServersByRealm(new IceServersByRealm.Table(Map.of(), options),
            InstantSource.fixed(now), new SimpleMeterRegistry())
            .of("default", identity).orElseThrow();
    try {
      JsonNode server = JsonMapper.builder().build().readTree(json).get(0);
      return new Credential(server.get("username").asText(), server.get("credential").asText());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Credential expiringIn(Duration time) {
    return issued(Instant.now().minus(TTL).plus(time), OLD, "anna");
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD, NEW})
  void givenTwoSecrets_whenACredentialIsOfEitherOne_thenItIsTaken(String secret) {
    assertThat(issued(Instant.now(), secret, secret).allocate()).isEqualTo(TurnProbe.OK);
  }

  @Test
  void givenTwoSecrets_whenACredentialIsOfAThirdOne_thenItIsRefused() {
    assertThat(issued(Instant.now(), "another", "anna").allocate()).isEqualTo(UNAUTHORIZED);
  }

  @Test
  void givenACredential_whenItHasExpired_thenItIsRefused() {
    assertThat(expiringIn(Duration.ofSeconds(-2)).allocate()).isEqualTo(UNAUTHORIZED);
  }

  @Test
  void givenARelay_whenItsCredentialExpires_thenItGoesOn_andNoOtherIsBegun() {
    List<TurnProbe> late = new ArrayList<>();
    try {
      Credential credential = expiringIn(Duration.ofSeconds(2));
      TurnProbe probe = credential.probe();
      late.add(probe);
      while (probe.allocate() != TurnProbe.OK) {
        // The machine was too busy to begin one in time.
        credential = expiringIn(Duration.ofSeconds(2));
        probe = credential.probe();
        late.add(probe);
      }
      Credential expiring = credential;
      Waits.until("the end of the credential", () -> Instant.now().isAfter(expiring.expiry()));
      // The clock of coturn ticks once a second.
      Waits.until("coturn has seen it", () -> expiring.allocate() == UNAUTHORIZED);

      assertThat(probe.refresh()).isEqualTo(TurnProbe.OK);
    } finally {
      late.forEach(TurnProbe::close);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Jane Doe", "O'Brien", "a\"b", "a\\b", "tab\there", "a:b", "1:2", "100%",
    "zoë", "union-selection", "ann@example.org"})
  void givenASubject_whenItIsUnusual_thenItsCredentialIsTaken(String subject) {
    assertThat(issued(Instant.now(), OLD, subject).allocate()).isEqualTo(TurnProbe.OK);
  }

  @Test
  void givenAVeryLongSubject_whenItsCredentialIsShown_thenItIsTaken() {
    assertThat(issued(Instant.now(), OLD, "ë".repeat(5_000)).allocate()).isEqualTo(TurnProbe.OK);
  }

  /** Why subjects are encoded: the same password, and the name as it is. */
  @Test
  void givenASubjectThatIsNotEncoded_whenItHasAQuote_thenCoturnRefusesIt() {
    String user = Instant.now().plus(TTL).getEpochSecond() + ":O'Brien";

    try (TurnProbe probe = new TurnProbe(coturn.address(), user, "any")) {
      assertThat(probe.allocate()).isEqualTo(BAD_REQUEST);
    }
  }

  /** Its credentials are all different. */
  @Test
  void givenASubject_whenItBeginsVeryManyRelays_thenItHasAQuotaAndOthersHaveTheirs() {
    List<TurnProbe> relays = new ArrayList<>();
    try {
      for (int i = 0; i < Coturn.QUOTA; i++) {
        TurnProbe relay = issued(Instant.now().plusSeconds(i), OLD, "greedy").probe();
        relays.add(relay);
        assertThat(relay.allocate()).isEqualTo(TurnProbe.OK);
      }

      assertThat(issued(Instant.now(), NEW, "greedy").allocate()).isEqualTo(QUOTA_REACHED);
      assertThat(issued(Instant.now(), OLD, "modest").allocate()).isEqualTo(TurnProbe.OK);
    } finally {
      relays.forEach(TurnProbe::close);
    }
  }

  @Test
  void givenClientsWithoutASubject_whenManyComeInTheSameSecond_thenTheyShareNoQuota() {
    Instant now = Instant.now();
    List<TurnProbe> relays = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * Coturn.QUOTA; i++) {
        TurnProbe relay = issued(now, OLD, Identity.ANYONE).probe();
        relays.add(relay);
        assertThat(relay.allocate()).isEqualTo(TurnProbe.OK);
      }
    } finally {
      relays.forEach(TurnProbe::close);
    }
  }
}
