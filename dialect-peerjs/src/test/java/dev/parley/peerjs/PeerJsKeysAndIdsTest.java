package dev.parley.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.WireClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PeerServer has not: more keys, each with a realm of its own, and short ids. */
class PeerJsKeysAndIdsTest {

  private final GatewayFixture gateway =
      GatewayFixture.gateway()
          .dialect(
              "peerjs", "/",
              Map.of(
                  "keys", Map.of("k2", "acme"), "allow_discovery", true, "generateClientId",
                  "short"))
          .start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private WireClient join(String key, String id) {
    WireClient client =
        WireClient.connect(gateway.wsUri("/peerjs?key=" + key + "&id=" + id + "&token=t-" + key));
    client.awaitTexts(1);
    return client;
  }

  private String peers(String key) {
    return HttpProbe.get(gateway.httpUri("/" + key + "/peers")).body();
  }

  @Test
  void givenTwoKeys_whenClientsUseTheSameId_thenBothHaveItAndSignalsStayInTheirRealm() {
    try (WireClient alice = join("peerjs", "alice");
        WireClient bob = join("peerjs", "bob");
        WireClient otherAlice = join("k2", "alice");
        WireClient otherBob = join("k2", "bob")) {
      alice.text("{\"type\":\"OFFER\",\"dst\":\"bob\",\"payload\":\"ours\"}");
      otherAlice.text("{\"type\":\"OFFER\",\"dst\":\"bob\",\"payload\":\"theirs\"}");

      assertThat(bob.awaitTexts(2).getLast()).contains("ours");
      assertThat(otherBob.awaitTexts(2).getLast()).contains("theirs");
      assertThat(List.of(alice, bob, otherAlice, otherBob)).noneMatch(WireClient::isOver);
    }
  }

  @ParameterizedTest
  @CsvSource({"peerjs, [\"ours\"]", "k2, [\"theirs\"]", "unknown, [\"ours\"]"})
  void givenPeersOfTwoRealms_whenListed_thenAKeyShowsItsOwnAndAnUnknownOneTheMounts(
      String key, String list) {
    try (WireClient ours = join("peerjs", "ours");
        WireClient theirs = join("k2", "theirs")) {
      assertThat(peers(key)).isEqualTo(list);
      assertThat(ours.isOver() || theirs.isOver()).isFalse();
    }
  }

  @Test
  void givenAnUnknownKey_whenAClientConnectsWithIt_thenItIsRefused() {
    try (WireClient client = join("unknown", "alice")) {
      assertThat(client.awaitTexts(1).getFirst()).contains("Invalid key provided");
      assertThat(client.awaitClosed().closeCode()).isEqualTo(1005);
    }
  }

  @Test
  void givenShortIds_whenAskedForTwo_thenTheyAreShortAndDiffer() {
    String first = HttpProbe.get(gateway.httpUri("/peerjs/id")).body();
    String second = HttpProbe.get(gateway.httpUri("/peerjs/id")).body();

    assertThat(List.of(first, second)).allMatch(id -> id.matches("[2-9a-hjkmnp-z]{12}"));
    assertThat(first).isNotEqualTo(second);
  }
}
