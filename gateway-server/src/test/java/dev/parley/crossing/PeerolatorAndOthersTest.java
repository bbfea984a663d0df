package dev.parley.crossing;

import static dev.parley.crossing.Fleet.candidate;
import static dev.parley.crossing.Fleet.sdp;
import static dev.parley.crossing.LinkupWords.signal;
import static dev.parley.crossing.PeerJsWords.expire;
import static dev.parley.crossing.PeerolatorWords.about;
import static dev.parley.crossing.PeerolatorWords.gone;
import static dev.parley.crossing.PeerolatorWords.joined;
import static dev.parley.crossing.PeerolatorWords.translated;
import static dev.parley.crossing.PeerolatorWords.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Peerolator's servers and clients with clients of PeerJS and of linkup, each as caller and as
 * callee.
 */
class PeerolatorAndOthersTest {

  private static final String PEERJS_TERMS =
      ",\"label\":\"chat\",\"reliable\":true,\"serialization\":\"json\",\"metadata\":{\"x\":1}";

  private final Fleet fleet = Fleet.assemble();

  @AfterEach
  void disperse() {
    fleet.close();
  }

  private static String xSays(String to, String type, String message) {
    return PeerolatorWords.says("<" + to + ">", type, message);
  }

  private static String xHears(String from, String to, String type, String message) {
    return PeerolatorWords.hears("<" + from + ">", "<" + to + ">", type, message);
  }

  private static String pSays(String to, String type, String payload) {
    return PeerJsWords.says(type, "<" + to + ">", payload);
  }

  private static String pHears(String from, String to, String type, String payload) {
    return PeerJsWords.hears(type, "<" + from + ">", "<" + to + ">", payload);
  }

  private static String l(String from, String to, String signal) {
    return signal("<" + from + ">", "<" + to + ">", signal);
  }

  private static String xCandidate(String conversation, int number) {
    return PeerolatorWords.candidate(conversation, candidate(number));
  }

  // ---- PeerJS calls

  @Test
  void givenAPeerJsCaller_whenAServerAnswers_thenEachIsToldInItsOwnWords() {
    Actor x = fleet.peerolator("x");
    Actor p = fleet.peerJs("p");

    p.sends(pSays("x", "OFFER", PeerJsWords.offer("dc_1", sdp(11))),
        pSays("x", "CANDIDATE", PeerJsWords.candidate("dc_1", candidate(1))));
    x.gets(joined("x", "p"),
        xHears("p", "x", "OFFER", translated("offer", sdp(11), PEERJS_TERMS, "dc_1")),
        xHears("p", "x", "CANDIDATE", xCandidate("dc_1", 1)));
    x.sends(xSays("p", "ANSWER", PeerolatorWords.answer("dc_1", sdp(22))),
        xSays("p", "CANDIDATE", xCandidate("dc_1", 2)),
        xSays("p", "CANDIDATE", PeerolatorWords.candidate("dc_1", "null")));
    p.gets(pHears("x", "p", "ANSWER", PeerJsWords.answer("dc_1", sdp(22))),
        pHears("x", "p", "CANDIDATE", PeerJsWords.candidate("dc_1", candidate(2))))
        .getsNothingMore();
    p.leaves();
    x.gets(gone("x", "p")).getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenTheServerNamesNoConversation_thenItsAnswerArrivesAllTheSame() {
    Actor x = fleet.peerolator("x");
    Actor p = fleet.peerJs("p").sends(pSays("x", "OFFER", PeerJsWords.offer("dc_1", sdp(11))));

    x.gets(2).sends(xSays("p", "ANSWER", "{\"sdp\":\"" + sdp(22) + "\"}"),
        xSays("p", "CANDIDATE", "{\"candidate\":" + candidate(2) + "}"));
    p.gets(pHears("x", "p", "ANSWER", PeerJsWords.answer("dc_1", sdp(22))),
        pHears("x", "p", "CANDIDATE", PeerJsWords.candidate("dc_1", candidate(2))));
  }

  @Test
  void givenAPeerJsCaller_whenTheServerDeclines_thenTheCallExpires() {
    Actor x = fleet.peerolator("x");
    Actor p = fleet.peerJs("p").sends(pSays("x", "OFFER", PeerJsWords.offer("dc_1", sdp(11))));

    x.gets(2).sends(xSays("p", "BYE", about("dc_1")));
    p.gets(expire("<x>", "<p>")).getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenTheServerHangsUpLater_thenItIsLeft() {
    Actor x = fleet.peerolator("x");
    Actor p = fleet.peerJs("p").sends(pSays("x", "OFFER", PeerJsWords.offer("dc_1", sdp(11))));

    x.gets(2).sends(xSays("p", "ANSWER", PeerolatorWords.answer("dc_1", sdp(22))),
        xSays("p", "BYE", about("dc_1")));
    p.gets(1).gets(PeerJsWords.leave("<x>", "<p>")).getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenTheServerVanishesUnanswered_thenTheCallExpires() {
    Actor x = fleet.peerolator("x");
    Actor p = fleet.peerJs("p").sends(pSays("x", "OFFER", PeerJsWords.offer("dc_1", sdp(11))));

    x.gets(2).vanishes();
    p.gets(expire("<x>", "<p>")).getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenTheServerVanishesAfterItsAnswer_thenPeerJsHearsNothing() {
    Actor x = fleet.peerolator("x");
    Actor p = fleet.peerJs("p").sends(pSays("x", "OFFER", PeerJsWords.offer("dc_1", sdp(11))));

    x.gets(2).sends(xSays("p", "ANSWER", PeerolatorWords.answer("dc_1", sdp(22))));
    p.gets(1);
    x.vanishes();
    fleet.untilGone("x");
    p.getsNothingMore();
  }

  @Test
  void givenAClientOfAnother_whenAPeerJsClientCallsIt_thenTheCallExpires() {
    fleet.peerolator("x");
    Actor c = fleet.peerolatorClient("c", "x");

    fleet.peerJs("p").sends(pSays("c", "OFFER", PeerJsWords.offer("dc_1", sdp(11))))
        .gets(expire("<c>", "<p>")).getsNothingMore();
    c.getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenItSendsLeave_thenTheServerIsTold() {
    Actor x = fleet.peerolator("x");
    fleet.peerJs("p").sends(pSays("x", "OFFER", PeerJsWords.offer("dc_1", sdp(11))),
        "{'type':'LEAVE','dst':'<x>'}");

    x.gets(2).gets(xHears("p", "x", "BYE", about("dc_1"))).getsNothingMore();
  }

  // ---- PeerJS is called

  @Test
  void givenAPeerJsClientAsItsServer_whenAClientCalls_thenEachIsToldInItsOwnWords() {
    Actor p = fleet.peerJs("p");
    Actor c = fleet.peerolatorClient("c", "p");

    c.sends(xSays("p", "OFFER", PeerolatorWords.offer("c1", sdp(11))),
        xSays("p", "CANDIDATE", xCandidate("c1", 1)));
    p.gets(pHears("c", "p", "OFFER", PeerJsWords.translatedOffer("c1", sdp(11))),
        pHears("c", "p", "CANDIDATE", PeerJsWords.candidate("c1", candidate(1))));
    p.sends(pSays("c", "ANSWER", PeerJsWords.answer("c1", sdp(22))),
        pSays("c", "CANDIDATE", PeerJsWords.candidate("c1", candidate(2))));
    c.gets(xHears("p", "c", "ANSWER", translated("answer", sdp(22), "", "c1")),
        xHears("p", "c", "CANDIDATE", xCandidate("c1", 2)));
    p.leaves();
    c.gets(gone("c", "p")).getsNothingMore().isStillConnected();
  }

  @Test
  void givenAPeerJsClient_whenAServerCallsItWithoutAName_thenTheConversationHasOne() {
    Actor p = fleet.peerJs("p");
    Actor x = fleet.peerolator("x");

    x.sends(xSays("p", "OFFER", "{\"sdp\":\"" + sdp(11) + "\"}"),
        xSays("p", "CANDIDATE", "{\"candidate\":" + candidate(1) + "}"));
    p.gets(pHears("x", "p", "OFFER", PeerJsWords.translatedOffer("<?name>", sdp(11))),
        pHears("x", "p", "CANDIDATE", PeerJsWords.candidate("<name>", candidate(1))));
    p.sends(pSays("x", "ANSWER", PeerJsWords.answer("<name>", sdp(22))));
    x.gets(joined("x", "p"),
        xHears("p", "x", "ANSWER", translated("answer", sdp(22), "", "<name>")));
  }

  @Test
  void givenACallToPeerJs_whenItVanishesUnanswered_thenTheCallerIsTold() {
    Actor p = fleet.peerJs("p");
    Actor c = fleet.peerolatorClient("c", "p");

    c.sends(xSays("p", "OFFER", PeerolatorWords.offer("c1", sdp(11))));
    p.gets(1).vanishes();
    c.getsInAnyOrder(unavailable("<p>", "<c>", "c1", "gone"), gone("c", "p")).getsNothingMore();
  }

  @Test
  void givenAConnectionWithPeerJs_whenItIsOfferedAnew_thenTheCallerIsToldAndPeerJsIsSpared() {
    Actor p = fleet.peerJs("p");
    Actor c = fleet.peerolatorClient("c", "p");

    c.sends(xSays("p", "OFFER", PeerolatorWords.offer("c1", sdp(11))));
    p.gets(1).sends(pSays("c", "ANSWER", PeerJsWords.answer("c1", sdp(22))));
    c.gets(1).sends(xSays("p", "OFFER", PeerolatorWords.offer("c1", sdp(11))));
    c.gets(unavailable("<p>", "<c>", "c1", "untranslatable"));
    p.getsNothingMore();
  }

  @Test
  void givenNobody_whenAServerCalls_thenItIsTold() {
    fleet.peerolator("x").sends(xSays("p", "OFFER", PeerolatorWords.offer("c1", sdp(11))))
        .gets(unavailable("<p>", "<x>", "c1", "absent")).getsNothingMore();
  }

  @Test
  void givenNobody_whenAClientComes_thenItIsClosedWithoutHello() {
    fleet.stage().actor("c").connects("/peerolator/client/<p>").isClosed(1008).getsNothingMore();
  }

  @Test
  void givenWhatPeerJsHasNoWordFor_whenAServerSaysIt_thenItIsDroppedAndCounted() {
    Actor p = fleet.peerJs("p");
    fleet.peerolator("x").sends(xSays("p", "chat", "1"), xSays("p", "RENEGOTIATE", "{}"))
        .getsNothingMore();

    p.getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "peerolator", "peerjs", "custom"))
        .isEqualTo(2);
  }

  // ---- linkup

  @Test
  void givenALinkupCaller_whenAServerAnswers_thenEachIsToldInItsOwnWords() {
    Actor x = fleet.peerolator("x");
    Actor l = fleet.linkup("l");

    l.sends(l("l", "x", LinkupWords.offer(sdp(11))),
        l("l", "x", LinkupWords.candidate(candidate(1))));
    x.gets(joined("x", "l"),
        xHears("l", "x", "OFFER", translated("offer", sdp(11), "", "<?name>")),
        xHears("l", "x", "CANDIDATE", xCandidate("<name>", 1)));
    x.sends(xSays("l", "ANSWER", PeerolatorWords.answer("<name>", sdp(22))),
        xSays("l", "CANDIDATE", xCandidate("<name>", 2)),
        xSays("l", "CANDIDATE", PeerolatorWords.candidate("<name>", "null")));
    l.gets(l("x", "l", LinkupWords.answer(sdp(22))),
        l("x", "l", LinkupWords.candidate(candidate(2)))).getsNothingMore();
    l.leaves();
    x.gets(gone("x", "l")).getsNothingMore();
  }

  @Test
  void givenALinkupClientAsItsServer_whenAClientCalls_thenEachIsToldInItsOwnWords() {
    Actor l = fleet.linkup("l");
    Actor c = fleet.peerolatorClient("c", "l");

    c.sends(xSays("l", "OFFER", PeerolatorWords.offer("c1", sdp(11))),
        xSays("l", "CANDIDATE", xCandidate("c1", 1)));
    l.gets(l("c", "l", LinkupWords.offer(sdp(11))),
        l("c", "l", LinkupWords.candidate(candidate(1))));
    l.sends(l("l", "c", LinkupWords.answer(sdp(22))),
        l("l", "c", LinkupWords.candidate(candidate(2))));
    c.gets(xHears("l", "c", "ANSWER", translated("answer", sdp(22), "", "c1")),
        xHears("l", "c", "CANDIDATE", xCandidate("c1", 2))).getsNothingMore();
  }

  @Test
  void givenAConnectionWithLinkup_whenEitherSideRenegotiates_thenItIsTheSameConversation() {
    Actor l = fleet.linkup("l");
    Actor c = fleet.peerolatorClient("c", "l");
    c.sends(xSays("l", "OFFER", PeerolatorWords.offer("c1", sdp(11))));
    l.gets(1).sends(l("l", "c", LinkupWords.answer(sdp(22))));
    c.gets(1);

    l.sends(l("l", "c", "{\"type\":\"renegotiate\",\"renegotiate\":true}"));
    c.gets(xHears("l", "c", "RENEGOTIATE",
        "{\"type\":\"renegotiate\",\"detail\":true,\"conversation\":\"c1\"}"));
    c.sends(xSays("l", "OFFER", PeerolatorWords.offer("c1", sdp(11))));
    l.gets(l("c", "l", LinkupWords.offer(sdp(11))));
    l.sends(l("l", "c", LinkupWords.answer(sdp(22))));
    c.gets(xHears("l", "c", "ANSWER", translated("answer", sdp(22), "", "c1")));
    c.sends(xSays("l", "RENEGOTIATE", about("c1")));
    l.gets(l("c", "l", "{\"type\":\"renegotiate\",\"renegotiate\":true}")).getsNothingMore();
  }

  @Test
  void givenWhatWouldBreakLinkup_whenAServerSaysIt_thenItIsDroppedAndCounted() {
    Actor l = fleet.linkup("l");
    fleet.peerolator("x").sends(xSays("l", "chat", "1"), xSays("l", "BYE", "{}"))
        .getsNothingMore();

    l.getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "peerolator", "linkup", "custom"))
        .isEqualTo(1);
  }

  @Test
  void givenAServer_whenLinkupAsksForIt_thenItIsThereUntilItLeaves() {
    Actor x = fleet.peerolator("x");
    Actor l = fleet.linkup("l");

    l.sends(LinkupWords.exists("1", "<x>")).gets(LinkupWords.result("1", "true"));
    x.leaves();
    fleet.untilGone("x");
    l.sends(LinkupWords.exists("2", "<x>")).gets(LinkupWords.result("2", "false"));
  }

  // ---- realms

  @Test
  void givenAPeerOfAnotherRealm_whenItCallsAServer_thenTheyDoNotReachEachOther() {
    Actor x = fleet.peerolator("x");

    fleet.peerJs("p", "other").sends(pSays("x", "OFFER", PeerJsWords.offer("dc_1", sdp(11))))
        .gets(expire("<x>", "<p>"));
    x.getsNothingMore();
  }
}
