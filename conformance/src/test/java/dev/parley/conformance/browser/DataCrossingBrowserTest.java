package dev.parley.conformance.browser;

import static dev.parley.conformance.browser.Talker.assertTheyTalk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.browser.LinkupClient.Form;
import dev.parley.testkit.Spread;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients of every dialect open channels to one another, and each receives the other's messages.
 */
@FleetTest
class DataCrossingBrowserTest {
  private static final Map<String, Object> MESSAGE =
      Map.of("text", "grüße 🌍", "list", List.of(1, -2.5, true));

  /** All but servers of Peerolator with one another: they talk with clients only. */
  static Stream<Arguments> pairs() {
    return Stream.of(Spread.values())
        .flatMap(spread -> Stream.of(Kind.values())
            .flatMap(caller -> Stream.of(Kind.values())
                .filter(callee -> caller != Kind.SERVER || callee != Kind.SERVER)
                .map(callee -> Arguments.of(spread, caller, callee))));
  }

  @ParameterizedTest(name = "{0}: {1} calls {2}")
  @MethodSource("pairs")
  void givenTwoClients_whenOneConnectsToTheOther_thenEachReadsWhatTheOtherSays(Spread spread,
      Kind caller, Kind callee, Fleets fleets) {
    Fleet fleet = fleets.over(spread);
    Talker one = caller.join(fleet, "one");
    Talker other = callee.join(fleet, "other");

    one.connect(other.id());

    assertTheyTalk(one, other);
  }

  @Test
  void givenALinkupClient_whenItCallsPeerJs_thenTheConnectionIsRawAndReliable(Fleet fleet) {
    PeerJsClient p = fleet.peerJs("p");
    LinkupClient l = fleet.linkup("l");

    l.connect(p.id());
    p.awaitConnected(l.id());

    assertThat(p.connectionProperty(l.id(), "serialization")).isEqualTo("raw");
    assertThat(p.connectionProperty(l.id(), "reliable")).isEqualTo(true);
    assertThat(p.connectionProperty(l.id(), "type")).isEqualTo("data");
  }

  /** The library reads bytes only then, and linkup's clients send text: one way works by itself. */
  @ParameterizedTest
  @MethodSource("forms")
  void givenPeerJsWithJson_whenItCallsLinkup_thenLinkupReadsIt_andIsReadIfItSendsBytes(Form form,
      Fleet fleet) {
    PeerJsClient p = fleet.peerJs("p");
    LinkupClient l = fleet.linkup("l", form);

    p.connect(l.id(), Map.of("serialization", "json"));
    p.awaitConnected(l.id());
    l.awaitConnected(p.id());

    p.say(l.id(), MESSAGE);
    assertThat(l.hear(p.id())).isEqualTo(MESSAGE);
    l.say(p.id(), "text is lost on it");
    l.sayInBytes(p.id(), MESSAGE);
    assertThat(p.hear(l.id())).isEqualTo(MESSAGE);
    assertThat(l.errors(p.id())).isEmpty();
  }

  static Stream<Form> forms() {
    return Stream.of(Form.values());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void givenALinkupClientWithoutTrickle_whenItCallsPeerJsAndIsCalled_thenTheyTalk(Form form,
      Fleet fleet) {
    PeerJsClient p = fleet.peerJs("p");
    PeerJsClient q = fleet.peerJs("q");
    LinkupClient l = fleet.newLinkup("l", form).with("trickle", false);
    fleet.open(l, "l");

    l.connect(p.id());
    q.connect(l.id());

    for (PeerJsClient other : List.of(p, q)) {
      assertTheyTalk(l, other);
    }
  }

  @Test
  void givenClientsOfEveryDialect_whenEveryoneIsConnectedToEveryone_thenAllTalk(Fleet fleet) {
    List<Talker> all = Stream.of(Kind.values()).map(kind -> kind.join(fleet, "any")).toList();

    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        all.get(i).connect(all.get(j).id());
      }
    }

    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        all.get(i).awaitConnected(all.get(j).id());
        all.get(j).awaitConnected(all.get(i).id());
        assertTheyTalk(all.get(i), all.get(j));
      }
    }
  }

  @Test
  void givenPings_whenTheBrokerAnswersThem_thenALinkupClientGoesOn(Fleet fleet) {
    LinkupClient l = fleet.newLinkup("l", Form.JSON_RPC).with("pingInterval", 50);
    fleet.open(l, "l").awaitPongs(3);
    PeerJsClient p = fleet.peerJs("p");

    l.connect(p.id());

    assertTheyTalk(l, p);
    assertThat(l.errors()).isEmpty();
  }
}
