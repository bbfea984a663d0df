package dev.parley.conformance.browser;

import static dev.parley.conformance.browser.Talker.assertTheyTalk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Features of Peerolator's servers and clients, with one another and with others. */
@FleetTest
class PeerolatorCrossingBrowserTest {

  // ---- clients

  @ParameterizedTest
  @EnumSource
  void givenAClientWhoseServerIsAnybody_whenItCalls_thenTheyTalk(Kind kind, Fleet fleet) {
    Talker server = kind.join(fleet, "server");
    PeerolatorClient c = fleet.clientOf(server, "c");

    c.connect(server.id());

    assertTheyTalk(c, server);
    assertThat(c.errors()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void givenAClientWhoseServerIsAnybody_whenThatOneCalls_thenTheyTalk(Kind kind, Fleet fleet) {
    Talker server = kind.join(fleet, "server");
    PeerolatorClient c = fleet.clientOf(server, "c");

    server.connect(c.id());

    assertTheyTalk(server, c);
    assertThat(c.errors()).isEmpty();
  }

  @Test
  void givenAServerWithTwoClients_whenBothCall_thenItTalksWithEach(Fleet fleet) {
    PeerolatorClient s = fleet.server("s");
    PeerolatorClient one = fleet.clientOf(s, "one");
    PeerolatorClient other = fleet.clientOf(s, "other");

    one.connect(s.id());
    other.connect(s.id());

    assertTheyTalk(one, s);
    assertTheyTalk(other, s);
    assertThat(s.joined()).containsExactly(one.id(), other.id());
  }

  // ---- presence

  @Test
  void givenAServer_whenOthersCallIt_thenEachJoinsOnce_andIsGoneWhenItLeaves(Fleet fleet) {
    PeerolatorClient s = fleet.server("s");
    PeerJsClient p = fleet.peerJs("p");
    LinkupClient l = fleet.linkup("l");
    String idOfP = p.id();

    p.connect(s.id());
    assertTheyTalk(p, s);
    l.connect(s.id());
    assertTheyTalk(l, s);

    assertThat(s.joined()).containsExactly(idOfP, l.id());
    p.destroy();
    s.awaitGone(idOfP);
    s.awaitClosed(idOfP);
    l.leaveBroker();
    s.awaitGone(l.id());
    assertTheyTalk(l, s);
  }

  @Test
  void givenNobody_whenAServerCalls_thenItIsTold(Fleet fleet) {
    PeerolatorClient s = fleet.server("s");

    s.connect("nobody");

    assertThat(s.awaitUnavailable("nobody")).isEqualTo("absent");
  }

  // ---- form of messages

  @Test
  void givenPeerJsWithJson_whenItCallsAServer_thenTheServerKnows_andEachReadsTheOther(
      Fleet fleet) {
    PeerolatorClient s = fleet.server("s");
    PeerJsClient p = fleet.peerJs("p");

    p.connect(s.id(), Map.of("serialization", "json"));

    assertTheyTalk(p, s);
  }

  @Test
  void givenAConnection_whenPeerJsOpensASecondOne_thenBothWork(Fleet fleet) {
    PeerolatorClient s = fleet.server("s");
    PeerJsClient p = fleet.peerJs("p");
    p.connect(s.id());
    assertTheyTalk(p, s);

    p.connect(s.id());

    assertTheyTalk(p, s.id() + "#2", s, p.id() + "#2");
    assertTheyTalk(p, s);
  }

  // ---- renegotiation

  @Test
  void givenAConnectionThatLinkupOpened_whenItAddsItsCamera_thenTheServerSeesIt(Fleet fleet) {
    PeerolatorClient s = fleet.server("s");
    LinkupClient l = fleet.linkup("l");
    l.connect(s.id());
    assertTheyTalk(l, s);

    l.addCamera(s.id());

    s.picture(l.id()).awaitPlaying();
    assertTheyTalk(l, s);
  }

  @Test
  void givenAConnectionThatAServerOpened_whenLinkupAddsItsCamera_thenTheServerSeesIt(
      Fleet fleet) {
    PeerolatorClient s = fleet.server("s");
    LinkupClient l = fleet.linkup("l");
    s.connect(l.id());
    assertTheyTalk(l, s);

    l.addCamera(s.id());

    s.picture(l.id()).awaitPlaying();
    assertTheyTalk(l, s);
  }

  @Test
  void givenAConnectionThatAServerOpened_whenItAddsItsCamera_thenLinkupSeesIt(Fleet fleet) {
    PeerolatorClient s = fleet.server("s");
    LinkupClient l = fleet.linkup("l");
    s.connect(l.id());
    assertTheyTalk(l, s);

    s.addCamera(l.id());

    l.picture(s.id()).awaitPlaying();
    assertTheyTalk(l, s);
  }

  @Test
  void givenAConnection_whenAServerOffersAgain_thenItHearsThatPeerJsCannot_andTheyTalkOn(
      Fleet fleet) {
    PeerolatorClient s = fleet.server("s");
    PeerJsClient p = fleet.peerJs("p");
    s.connect(p.id());
    assertTheyTalk(s, p);

    s.addCamera(p.id());

    assertThat(s.awaitUnavailable(p.id())).isEqualTo("untranslatable");
    assertTheyTalk(s, p);
    assertThat(p.openChannels(s.id())).isEqualTo(List.of(s.id()));
  }

  // ---- ends

  @ParameterizedTest
  @EnumSource(names = "SERVER", mode = EnumSource.Mode.EXCLUDE)
  void givenAConnection_whenOneClosesIt_thenTheOtherSeesIt(Kind kind, Fleet fleet) {
    PeerolatorClient s = fleet.server("s");
    Talker one = kind.join(fleet, "one");
    Talker other = kind.join(fleet, "other");
    one.connect(s.id());
    s.connect(other.id());
    assertTheyTalk(one, s);
    assertTheyTalk(other, s);

    one.close(s.id());
    s.close(other.id());

    s.awaitClosed(one.id());
    other.awaitClosed(s.id());
  }
}
