package dev.parley.conformance.browser;

import static dev.parley.conformance.browser.Talker.assertTheyTalk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.browser.LinkupClient.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections between PeerJS and linkup beyond their simply opening. */
@FleetTest
class ConnectionCrossingBrowserTest {
  private static final String SECOND = "#2";
  /** The name of a peer in a second conversation with a linkup client. */
  private static final String ALIAS = "#2\u001f";
  private static final Duration TIME_TO_TELL_BOTH = Duration.ofMillis(200);

  // ---- several at once

  @Test
  void givenAConnection_whenPeerJsOpensASecondOneToTheSamePeer_thenBothWork_andEndByThemselves(
      Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    PeerJsClient p = fleet.peerJs("p");
    p.connect(l.id());
    l.awaitConnected(p.id());

    p.connect(l.id());

    assertTheyTalk(p, l.id() + SECOND, l, p.id() + ALIAS);
    assertTheyTalk(p, l);
    p.awaitGathered(l.id() + SECOND);
    p.close(l.id() + SECOND);
    l.awaitClosed(p.id() + ALIAS);
    assertTheyTalk(p, l);
  }

  @Test
  void givenAConnection_whenPeerJsCallsTheSamePeer_thenTheyTalkAndSeeEachOther(Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    l.turnCameraOn();
    PeerJsClient p = fleet.peerJs("p");
    p.connect(l.id());
    l.awaitConnected(p.id());

    p.call(l.id(), Map.of());

    p.picture(l.id()).awaitPlaying();
    l.picture(p.id() + ALIAS).awaitPlaying();
    assertTheyTalk(p, l);
  }

  @Test
  void givenALinkupClientThatIsAboutToCall_whenPeerJsCallsFirst_thenOnlyTheLinkupCallGetsThrough(
      Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    PeerJsClient p = fleet.peerJs("p");

    l.find(p.id());
    p.connect(l.id());
    p.awaitSent("OFFER", 1);
    l.callFound(p.id());

    l.awaitConnected(p.id());
    assertThat(p.awaitError().type()).isEqualTo("peer-unavailable");
    List<String> open = p.awaitOpenChannels(l.id());
    assertTheyTalk(p, open.getFirst(), l, p.id());
    assertThat(p.openChannels(l.id())).isEqualTo(open).hasSize(1);
    assertThat(l.channels(p.id())).containsExactly(p.id());
  }

  /** If one has begun to answer when it calls, there are two connections, as in PeerJS alone. */
  @ParameterizedTest(name = "PeerJS {0} ms later")
  @ValueSource(ints = {-50, -20, 0, 20, 50})
  void givenTwoClients_whenBothCallAtTheSameTime_thenTheyTalk(int millisLater, Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    PeerJsClient p = fleet.peerJs("p");

    Instant start = Instant.now().plus(TIME_TO_TELL_BOTH);
    l.connectAt(p.id(), start);
    p.connectAt(l.id(), start.plusMillis(millisLater));

    l.awaitConnected(p.id());
    p.say(p.awaitOpenChannels(l.id()).getFirst(), "from p");
    assertThat(l.hearOnAny(p.id())).isEqualTo("from p");
    l.say(p.id(), "from l");
    assertThat(p.hearOnAny(l.id())).isEqualTo("from l");
  }

  // ---- renegotiation

  @Test
  void givenAConnectionThatLinkupOpened_whenItOffersAgain_thenTheConnectionLives(Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    PeerJsClient p = fleet.peerJs("p");
    l.connect(p.id());
    p.awaitConnected(l.id());
    l.awaitConnected(p.id());
    double before = fleet.counted("parley.signals.undelivered", "linkup", "peerjs", "offer");

    l.addCamera(p.id());

    l.awaitSignalled("offer", 2);
    l.await(
        () -> fleet.counted("parley.signals.undelivered", "linkup", "peerjs", "offer") > before);
    assertTheyTalk(l, p);
    assertThat(p.openChannels(l.id())).hasSize(1);
  }

  @Test
  void givenAConnectionThatPeerJsOpened_whenLinkupAsksForANewOffer_thenTheConnectionLives(
      Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    PeerJsClient p = fleet.peerJs("p");
    p.connect(l.id());
    p.awaitConnected(l.id());
    l.awaitConnected(p.id());
    double before = fleet.counted("parley.signals.dropped", "linkup", "peerjs", "custom");

    l.addCamera(p.id());

    l.awaitSignalled("renegotiate", 1);
    l.await(
        () -> fleet.counted("parley.signals.dropped", "linkup", "peerjs", "custom") > before);
    assertTheyTalk(l, p);
    assertThat(p.openChannels(l.id())).hasSize(1);
  }

  // ---- ends

  @Test
  void givenAConnection_whenPeerJsClosesIt_thenLinkupSeesIt_andEachCanCallAgain(Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    PeerJsClient p = fleet.peerJs("p");
    p.connect(l.id());
    assertTheyTalk(p, l);

    p.awaitGathered(l.id());
    p.close(l.id());
    l.awaitClosed(p.id());

    l.connect(p.id());
    assertTheyTalk(p, l);
    p.awaitGathered(l.id());
    p.close(l.id());
    l.awaitClosed(p.id());
    p.connect(l.id());
    // The gateway is not informed of the end of the former channel.
    assertTheyTalk(p, l.id(), l, p.id() + ALIAS);
  }

  @Test
  void givenAConnection_whenLinkupClosesIt_thenPeerJsSeesIt_andEachCanCallAgain(Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    PeerJsClient p = fleet.peerJs("p");
    l.connect(p.id());
    assertTheyTalk(l, p);

    p.awaitGathered(l.id());
    l.close(p.id());
    p.awaitClosed(l.id());

    p.connect(l.id());
    assertTheyTalk(p, l.id(), l, p.id() + ALIAS);
    p.awaitGathered(l.id());
    l.close(p.id() + ALIAS);
    p.awaitClosed(l.id());
    l.connect(p.id());
    assertTheyTalk(p, l);
  }

  @Test
  void givenAConnection_whenThePeerJsClientIsDestroyed_thenLinkupSeesIt_andItIsNotThere(
      Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    PeerJsClient p = fleet.peerJs("p");
    String gone = p.id();
    p.connect(l.id());
    assertTheyTalk(p, l);

    p.awaitGathered(l.id());
    p.destroy();

    l.awaitClosed(gone);
    fleet.awaitGone(gone);
    l.connect(gone);
    assertThat(l.awaitError()).isEqualTo("Peer not found (" + gone + ")");
  }

  @Test
  void givenAConnection_whenLinkupLosesTheBroker_thenTheConnectionLives(Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    LinkupClient witness = fleet.linkup("witness");
    PeerJsClient p = fleet.peerJs("p");
    p.connect(l.id());
    p.awaitConnected(l.id());
    l.awaitConnected(p.id());

    l.leaveBroker();
    fleet.awaitGone(l.id());
    witness.connect(l.id());
    assertThat(witness.awaitError()).isEqualTo("Peer not found (" + l.id() + ")");

    assertTheyTalk(p, l);
  }

  @Test
  void givenAConnection_whenPeerJsLosesTheServer_thenTheConnectionLives_andAnotherOneOpens(
      Fleet fleet) {
    try (CuttableProxy line = CuttableProxy.to(fleet.address())) {
      LinkupClient l = fleet.linkup("l");
      PeerJsClient p = fleet.peerJs("p", line.address());
      l.connect(p.id());
      l.awaitConnected(p.id());
      p.awaitConnected(l.id());

      line.cut();
      p.awaitDisconnected();

      assertTheyTalk(p, l);
      p.reconnect();
      p.awaitOpened(2);
      p.connect(l.id());
      assertTheyTalk(p, l.id() + SECOND, l, p.id() + ALIAS);
      assertTheyTalk(p, l);
    }
  }

  /** It takes a while until the linkup client notices that the former page is gone. */
  @Test
  void givenAConnectionThatLinkupOpened_whenThePageOfPeerJsIsReloaded_thenItCanCallAtOnce(
      Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    PeerJsClient before = fleet.peerJs("p");
    l.connect(before.id());
    l.awaitConnected(before.id());

    PeerJsClient p = fleet.reloaded(before);
    p.connect(l.id());

    assertTheyTalk(p, l.id(), l, p.id() + ALIAS);
  }

  @Test
  void givenAConnectionThatPeerJsOpened_whenItsPageIsReloaded_thenItCanCallAtOnce(Fleet fleet) {
    LinkupClient l = fleet.linkup("l");
    PeerJsClient before = fleet.peerJs("p");
    before.connect(l.id());
    before.awaitConnected(l.id());
    l.awaitConnected(before.id());

    PeerJsClient p = fleet.reloaded(before);
    p.connect(l.id());

    assertTheyTalk(p, l);
  }

  // ---- absent peers

  @Test
  void givenAPeerThatIsNotThereYet_whenItComesAsALinkupClient_thenTheConnectionOpens(Fleet fleet) {
    String id = Fleet.unique("l");
    LinkupClient l = fleet.newLinkup("l", Form.JSON_RPC);
    PeerJsClient p = fleet.peerJs("p");

    p.connect(id);
    p.awaitSent("CANDIDATE", 1);
    fleet.openAs(l, id);

    assertTheyTalk(p, l);
    assertThat(p.errors()).isEmpty();
  }

  @Test
  void givenAnIdThatAPeerJsClientHas_whenALinkupClientWantsIt_thenItIsTaken(Fleet fleet) {
    PeerJsClient p = fleet.peerJs("p");
    LinkupClient l = fleet.newLinkup("l", Form.JSON_RPC);

    l.startOpening(fleet.broker(), p.id());

    assertThat(l.awaitError()).isEqualTo("id \"" + p.id() + "\" already taken");
  }
}
