package dev.parley.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnOptionsTest {

  private static final Secret SECRET = new Secret("s3cret");
  private static final Duration TTL = Duration.ofHours(1);

  @ParameterizedTest
  @ValueSource(strings = {"stun:turn.example.org", "stun:turn.example.org:3478",
    "stun:turn.example.org:53", "stun:192.0.2.7:3478", "stun:[2001:db8::7]",
    "stun:[2001:db8::7]:3478", "stun:turn:65535"})
  void givenTheUriOfAStunServer_whenConfigured_thenItIsTaken(String uri) {
    assertThat(new TurnOptions(List.of(uri), List.of(), null, TTL).stun()).containsExactly(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"turn:turn.example.org", "turn:turn.example.org:3478",
    "turn:turn.example.org?transport=tcp", "turn:turn.example.org:3478?transport=udp",
    "turns:turn.example.org:5349?transport=tcp", "turn:[2001:db8::7]:3478?transport=udp",
    "turns:host:443?transport=tcp", "turn:host:80", "turn:host:53?transport=udp",
    "turn:host:1024"})
  void givenTheUriOfATurnServer_whenConfigured_thenItIsTaken(String uri) {
    assertThat(new TurnOptions(List.of(), List.of(uri), SECRET, TTL).turn()).containsExactly(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "turn.example.org", "stun://turn.example.org", "STUN:host",
    "stun:host?transport=udp", "stun:", "stun::3478", "stun:host:0", "stun:host:65536",
    "stun:host:123456", "stun:host:", "stun:a b", "stun:user@host", "stun:host/", "turn:host",
    "stun:host\n", "stun:2001:db8::7", "https://host",
    "stuns:host", "stun:host:993", "stun:host:5060", "stun:host:65537"})
  void givenAnotherTextForAStunServer_whenConfigured_thenItsKeyIsNamed(String uri) {
    assertThatThrownBy(() -> new TurnOptions(List.of("stun:a", uri), List.of(), null, TTL))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("stun.1: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stun:host", "turn:host?transport=", "turn:host?transport=UDP",
    "turn:host?transport=sctp", "turn:host?transport=udp&x=1", "turn:user:password@host",
    "turn://host", "turn:host#x", "turn:host:3478?",
    "turn:host:444?transport=tcp", "turns:host:993", "turn:host:6000", "turns:host:10080"})
  void givenAnotherTextForATurnServer_whenConfigured_thenItsKeyIsNamed(String uri) {
    assertThatThrownBy(() -> new TurnOptions(List.of(), List.of(uri), SECRET, TTL))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("turn.0: ");
  }

  @Test
  void givenATurnServerWithoutASecret_whenConfigured_thenItIsAskedFor() {
    assertThatThrownBy(() -> new TurnOptions(List.of(), List.of("turn:host"), null, TTL))
        .hasMessage("secret: 'null' is not valid; expected the secret of the TURN servers,"
            + " their static-auth-secret");
  }

  @Test
  void givenAnEmptySecret_whenConfigured_thenItIsRefusedWithoutBeingShown() {
    assertThatThrownBy(() -> new TurnOptions(List.of(), List.of(), new Secret(""), TTL))
        .hasMessage("secret: '***' is not valid; expected a text that is not empty");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 59, 30 * 24 * 3600 + 1})
  void givenATimeOutOfBounds_whenConfigured_thenTheBoundsAreNamed(long seconds) {
    assertThatThrownBy(
        () -> new TurnOptions(List.of(), List.of(), null, Duration.ofSeconds(seconds)))
        .hasMessageStartingWith("ttl: ")
        .hasMessageEndingWith("expected a duration from 1m to 720h");
  }

  @Test
  void givenASecret_whenTheOptionsArePrinted_thenItIsMasked() {
    assertThat(new TurnOptions(List.of(), List.of("turn:host"), SECRET, TTL).toString())
        .doesNotContain("s3cret");
  }
}
