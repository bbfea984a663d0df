package dev.parley.crossing;

import static dev.parley.crossing.Fleet.candidate;
import static dev.parley.crossing.Fleet.sdp;
import static dev.parley.crossing.LinkupWords.enveloped;
import static dev.parley.crossing.LinkupWords.exists;
import static dev.parley.crossing.LinkupWords.packed;
import static dev.parley.crossing.LinkupWords.result;
import static dev.parley.crossing.LinkupWords.signal;
import static dev.parley.crossing.PeerJsWords.expire;
import static dev.parley.crossing.PeerJsWords.hears;
import static dev.parley.crossing.PeerJsWords.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Spread;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** PeerJS clients and linkup clients, each as caller and as callee. */
@ParameterizedClass
@EnumSource
class PeerJsAndLinkupTest {

  @AutoClose private final Fleet fleet;

  PeerJsAndLinkupTest(Spread spread) {
    this.fleet = Fleet.of(spread);
  }

  private static String pOffer(String connectionId, int session) {
    return PeerJsWords.offer(connectionId, sdp(session));
  }

  private static String lOffer(int session) {
    return LinkupWords.offer(sdp(session));
  }

  private static String lAnswer(int session) {
    return LinkupWords.answer(sdp(session));
  }

  private static String lCandidate(int number) {
    return LinkupWords.candidate(candidate(number));
  }

  private static String pCandidate(String connectionId, int number) {
    return PeerJsWords.candidate(connectionId, candidate(number));
  }

  // ---- PeerJS calls

  @Test
  void givenAPeerJsCaller_whenLinkupAnswers_thenEachIsToldInItsOwnWords() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p");

    p.sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(signal("<p>", "<l>", lOffer(11)));
    p.sends(says("CANDIDATE", "<l>", pCandidate("dc_1", 1)));
    l.gets(signal("<p>", "<l>", lCandidate(1)));
    l.sends(signal("<l>", "<p>", lAnswer(22)));
    p.gets(hears("ANSWER", "<l>", "<p>", PeerJsWords.answer("dc_1", sdp(22))));
    l.sends(signal("<l>", "<p>", lCandidate(2)));
    p.gets(hears("CANDIDATE", "<l>", "<p>", pCandidate("dc_1", 2)));
    l.getsNothingMore();
    p.getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenTheLinkupClientSpeaksTheOlderForm_thenItGetsText() {
    Actor l = fleet.oldLinkup("l");
    Actor p = fleet.peerJs("p");

    p.sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(enveloped("<p>", "<l>", packed(lOffer(11))));
    l.sends(enveloped("<l>", "<p>", packed(lAnswer(22))));
    p.gets(hears("ANSWER", "<l>", "<p>", PeerJsWords.answer("dc_1", sdp(22))));
    p.sends(says("CANDIDATE", "<l>", pCandidate("dc_1", 1)));
    l.gets(enveloped("<p>", "<l>", packed(lCandidate(1))));
  }

  @Test
  void givenNobody_whenAPeerJsClientCalls_thenItsCallExpires() {
    fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)))
        .gets(expire("<l>", "<p>")).getsNothingMore();
  }

  @Test
  void givenNobody_whenALinkupClientComesInTime_thenItGetsTheCallThatWaited() {
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)),
        says("CANDIDATE", "<l>", pCandidate("dc_1", 1)));

    Actor l = fleet.linkup("l");
    l.gets(signal("<p>", "<l>", lOffer(11)), signal("<p>", "<l>", lCandidate(1)));
    p.getsNothingMore();
  }

  @Test
  void givenACall_whenTheLinkupClientIsGoneBeforeItAnswers_thenTheCallExpires() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(1).vanishes();

    p.gets(expire("<l>", "<p>")).getsNothingMore();
  }

  @Test
  void givenACall_whenTheLinkupClientUnregisters_thenTheCallExpires() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(1).sends("{'method':'unregister'}");

    p.gets(expire("<l>", "<p>")).getsNothingMore();
  }

  @Test
  void givenAnAnsweredCall_whenTheLinkupClientIsGone_thenPeerJsHearsNothing() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(1).sends(signal("<l>", "<p>", lAnswer(22)));
    p.gets(1);
    l.leaves();

    p.getsNothingMore();
  }

  @Test
  void givenTwoCallsOfOnePeer_whenTheLinkupClientAnswersBoth_thenEachHasAName() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p");

    p.sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(signal("<p>", "<l>", lOffer(11)));
    l.sends(signal("<l>", "<p>", lAnswer(21)));
    p.gets(hears("ANSWER", "<l>", "<p>", PeerJsWords.answer("dc_1", sdp(21))));
    p.sends(says("OFFER", "<l>", pOffer("dc_2", 12)));
    l.gets(signal("<p>" + LinkupWords.SECOND, "<l>", lOffer(12)));
    p.sends(says("CANDIDATE", "<l>", pCandidate("dc_2", 2)),
        says("CANDIDATE", "<l>", pCandidate("dc_1", 1)));
    l.gets(signal("<p>" + LinkupWords.SECOND, "<l>", lCandidate(2)),
        signal("<p>", "<l>", lCandidate(1)));
    l.sends(signal("<l>", "<p>" + LinkupWords.SECOND, lAnswer(22)));
    p.gets(hears("ANSWER", "<l>", "<p>", PeerJsWords.answer("dc_2", sdp(22))));
    l.sends(signal("<l>", "<p>" + LinkupWords.SECOND, lCandidate(4)),
        signal("<l>", "<p>", lCandidate(3)));
    p.gets(hears("CANDIDATE", "<l>", "<p>", pCandidate("dc_2", 4)),
        hears("CANDIDATE", "<l>", "<p>", pCandidate("dc_1", 3)));
    l.sends(exists("e", "<p>" + LinkupWords.SECOND)).gets(result("e", "true"));
  }

  @Test
  void givenAPeerWhoseIdLooksLikeAName_whenBothCall_thenTheLinkupClientTellsThemApart() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p");
    Actor thief = fleet.stage().actor("thief")
        .connects("/peerjs?key=peerjs&token=t&id=<p>%232").gets("{'type':'OPEN'}");
    p.sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(signal("<p>", "<l>", lOffer(11)));

    thief.sends(says("OFFER", "<l>", pOffer("dc_3", 13)));
    l.gets(signal("<p>#2", "<l>", lOffer(13)));
    p.sends(says("OFFER", "<l>", pOffer("dc_2", 12)));
    l.gets(signal("<p>" + LinkupWords.SECOND, "<l>", lOffer(12)));

    l.sends(signal("<l>", "<p>#2", lAnswer(23)),
        signal("<l>", "<p>" + LinkupWords.SECOND, lAnswer(22)));
    thief.gets(hears("ANSWER", "<l>", "<p>#2", PeerJsWords.answer("dc_3", sdp(23))));
    p.gets(hears("ANSWER", "<l>", "<p>", PeerJsWords.answer("dc_2", sdp(22))));
    thief.sends(says("CANDIDATE", "<l>", pCandidate("dc_3", 3)));
    l.gets(signal("<p>#2", "<l>", lCandidate(3))).getsNothingMore();
    p.getsNothingMore();
    thief.getsNothingMore();
  }

  /** UTF-8 has no bytes for it, but JSON has an escape. */
  @Test
  void givenHalfOfASurrogatePairInADescription_whenItIsToldToAnother_thenThatOneIsNotHarmed() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p");

    p.sends(says("OFFER", "<l>", PeerJsWords.offer("dc_1", "v=0\\r\\ns=\\ud800\\r\\n")));

    l.gets(signal("<p>", "<l>", LinkupWords.offer("v=0\\r\\ns=\\ud800\\r\\n")));
    l.sends(exists("e", "<p>")).gets(result("e", "true"));
  }

  @Test
  void givenANameForASecondConversation_whenAPeerWantsItAsItsId_thenItCannotHaveIt() {
    fleet.stage().actor("thief").connects("/linkup")
        .sends("{'jsonrpc':'2.0','id':'r','method':'register','params':{'id':'<p>"
            + LinkupWords.SECOND + "'}}")
        .gets("{'jsonrpc':'2.0','id':'r','result':null,'error':{'code':-32602,'message':"
            + "'Invalid params: id: it has control characters','data':null}}");
  }

  /** Neither dialect has a message for the end of a connection. */
  @Test
  void givenCallsThatWereAnswered_whenOnePeerCallsAgainAndAgain_thenEachCallGetsThrough() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p");

    for (int call = 1; call <= 40; call++) {
      String name = call == 1 ? "<p>" : "<p>" + LinkupWords.called(call);
      p.sends(says("OFFER", "<l>", pOffer("dc_" + call, call)));
      l.gets(signal(name, "<l>", lOffer(call)))
          .sends(signal("<l>", name, lAnswer(100 + call)));
      p.gets(hears("ANSWER", "<l>", "<p>", PeerJsWords.answer("dc_" + call, sdp(100 + call))));
    }
  }

  @Test
  void givenCallsThatAreNotAnswered_whenOnePeerCallsAgainAndAgain_thenTheyAreRefusedInTheEnd() {
    fleet.linkup("l");
    Actor p = fleet.peerJs("p");

    for (int call = 1; call <= 17; call++) {
      p.sends(says("OFFER", "<l>", pOffer("dc_" + call, call)));
    }

    p.gets(expire("<l>", "<p>")).getsNothingMore();
  }

  @Test
  void givenAPeerJsClient_whenItLeavesAConversation_thenItsStrayCandidatesAreDropped() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(1).sends(signal("<l>", "<p>", lAnswer(22)));
    p.gets(1).sends("{'type':'LEAVE','dst':'<l>'}",
        says("CANDIDATE", "<l>", pCandidate("dc_1", 1)));

    l.getsNothingMore();
    p.getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "peerjs", "linkup", "bye")).isEqualTo(1);
    assertThat(fleet.counted("parley.signals.dropped", "peerjs", "linkup", "candidate"))
        .isEqualTo(1);
  }

  @Test
  void givenAPeerJsClientThatCameBack_whenItSendsAnOldCandidate_thenItIsDropped() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(1).sends(signal("<l>", "<p>", lAnswer(22)));
    p.gets(1).leaves();
    fleet.peerJs("p").sends(says("CANDIDATE", "<l>", pCandidate("dc_1", 1)),
        says("OFFER", "<l>", pOffer("dc_2", 12)));

    l.gets(signal("<p>", "<l>", lOffer(12))).getsNothingMore();
  }

  @Test
  void givenACandidateOfNoConversation_whenSent_thenTheLinkupClientIsSpared() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("CANDIDATE", "<l>", pCandidate("dc_1", 1)));

    l.getsNothingMore();
    p.getsNothingMore();
  }

  @Test
  void givenTheEndOfCandidates_whenAPeerJsClientSaysSo_thenItIsDroppedAndCounted() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)),
        says("CANDIDATE", "<l>", PeerJsWords.candidate("dc_1", "null")));

    l.gets(1).getsNothingMore();
    p.getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "peerjs", "linkup", "end_of_candidates"))
        .isEqualTo(1);
  }

  // ---- serialization in offers

  private Actor peerJs(String name, String key, String version) {
    return fleet.stage().actor(name)
        .connects("/peerjs?key=" + key + "&token=t&id=<" + name + ">&version=" + version)
        .gets("{'type':'OPEN'}");
  }

  @ParameterizedTest
  @CsvSource({"1, json", "1.5.5, raw", "2, raw"})
  void givenPeerJsClientsOfSeveralKinds_whenLinkupCalls_thenEachHearsWhatItUnderstands(
      String version, String serialization) {
    Actor p = peerJs("p", "peerjs", version);
    fleet.linkup("l").sends(signal("<l>", "<p>", lOffer(11)));

    p.gets(hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?dc>", sdp(11))
        .replace("\"raw\"", "\"" + serialization + "\"")));
  }

  @Test
  void givenARealmWhoseClientsNeedJson_whenLinkupCalls_thenTheOfferSaysSo() {
    fleet.reassemble("peerjs",
        Map.of("foreignOffers", Map.of("serialization", "raw", "byRealm", Map.of("default", "json"),
            "byVersion", Map.of("1.5.5", "raw"))));
    Actor old = fleet.peerJs("old");
    Actor young = peerJs("young", "peerjs", "1.5.5");
    fleet.linkup("l").sends(signal("<l>", "<old>", lOffer(11)),
        signal("<l>", "<young>", lOffer(12)));

    old.gets(hears("OFFER", "<l>", "<old>", PeerJsWords.translatedOffer("<?one>", sdp(11))
        .replace("\"raw\"", "\"json\"")));
    young.gets(hears("OFFER", "<l>", "<young>", PeerJsWords.translatedOffer("<?two>", sdp(12))));
  }

  @Test
  void givenACandidateThatSaysNotWhereItBelongs_whenTranslated_thenItDoes() {
    Actor l = fleet.linkup("l");
    fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)),
        says("CANDIDATE", "<l>", PeerJsWords.candidate("dc_1", "{\"candidate\":\"c\"}")));

    l.gets(1).gets(signal("<p>", "<l>",
        LinkupWords.candidate("{\"candidate\":\"c\",\"sdpMid\":null,\"sdpMLineIndex\":0}")));
  }

  @Test
  void givenAnOfferThatIsNone_whenAPeerJsClientSendsIt_thenItExpiresAndNobodyElseHears() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", "{\"sdp\":\"v=0\"}"),
        says("OFFER", "<l>", "5"), "{'type':'OFFER','dst':'<l>'}");

    p.gets(expire("<l>", "<p>"), expire("<l>", "<p>"), expire("<l>", "<p>"));
    l.getsNothingMore().isStillConnected();
  }

  // ---- linkup calls

  @Test
  void givenALinkupCaller_whenPeerJsAnswers_thenEachIsToldInItsOwnWords() {
    Actor p = fleet.peerJs("p");
    Actor l = fleet.linkup("l");

    l.sends(exists("e", "<p>")).gets(result("e", "true"));
    l.sends(signal("<l>", "<p>", lOffer(11)), signal("<l>", "<p>", lCandidate(1)));
    p.gets(hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?dc>", sdp(11))),
        hears("CANDIDATE", "<l>", "<p>", pCandidate("<dc>", 1)));
    p.sends(says("ANSWER", "<l>", PeerJsWords.answer("<dc>", sdp(22))),
        says("CANDIDATE", "<l>", pCandidate("<dc>", 2)));
    l.gets(signal("<p>", "<l>", lAnswer(22)), signal("<p>", "<l>", lCandidate(2)));
    l.sends(signal("<l>", "<p>", lCandidate(3)));
    p.gets(hears("CANDIDATE", "<l>", "<p>", pCandidate("<dc>", 3))).getsNothingMore();
    assertThat(fleet.stage().resolve("<dc>")).startsWith("dc_");
  }

  @Test
  void givenALinkupCallerOfTheOlderForm_whenPeerJsAnswers_thenItGetsText() {
    Actor p = fleet.peerJs("p");
    Actor l = fleet.oldLinkup("l");

    l.sends("{'id':1,'message':{'type':'find','id':'<p>'}}")
        .gets("{'id':1,'message':'<p>','error':null}");
    l.sends(enveloped("<l>", "<p>", packed(lOffer(11))));
    p.gets(hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?dc>", sdp(11))));
    p.sends(says("ANSWER", "<l>", PeerJsWords.answer("<dc>", sdp(22))));
    l.gets(enveloped("<p>", "<l>", packed(lAnswer(22))));
  }

  @Test
  void givenAnOfferOfVideo_whenALinkupClientCalls_thenItIsAMediaConnection() {
    Actor p = fleet.peerJs("p");
    fleet.linkup("l")
        .sends(signal("<l>", "<p>", LinkupWords.offer(sdp(11, "video"))));

    p.gets(hears("OFFER", "<l>", "<p>", PeerJsWords.translatedCall("<?mc>", sdp(11, "video"))));
    assertThat(fleet.stage().resolve("<mc>")).startsWith("mc_");
  }

  @Test
  void givenACandidateOfAnOldSimplePeer_whenItHasNoType_thenItIsUnderstood() {
    Actor p = fleet.peerJs("p");
    fleet.linkup("l").sends(signal("<l>", "<p>", lOffer(11)),
        signal("<l>", "<p>", "{\"candidate\":" + candidate(1) + "}"));

    p.gets(1).gets(hears("CANDIDATE", "<l>", "<p>", pCandidate("<?dc>", 1)));
  }

  @Test
  void givenTheEndOfCandidates_whenALinkupClientSaysSo_thenItIsDropped() {
    Actor p = fleet.peerJs("p");
    fleet.linkup("l").sends(signal("<l>", "<p>", lOffer(11)),
        signal("<l>", "<p>", "{\"candidate\":null}"),
        signal("<l>", "<p>", "{\"type\":\"candidate\",\"candidate\":{\"candidate\":\"\"}}"));

    p.gets(1).getsNothingMore();
  }

  @Test
  void givenAnAnsweredCall_whenTheLinkupClientOffersAgain_thenPeerJsIsSpared() {
    Actor p = fleet.peerJs("p");
    Actor l = fleet.linkup("l").sends(signal("<l>", "<p>", lOffer(11)));
    p.gets(hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?dc>", sdp(11))))
        .sends(says("ANSWER", "<l>", PeerJsWords.answer("<dc>", sdp(22))));
    l.gets(1).sends(signal("<l>", "<p>", lOffer(11)));

    p.getsNothingMore();
    assertThat(
        fleet.counted("parley.signals.undelivered", "linkup", "peerjs", "offer")).isEqualTo(1);
  }

  @Test
  void givenAnAnsweredCallOfPeerJs_whenTheLinkupClientOffersAgain_thenPeerJsIsSpared() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(1).sends(signal("<l>", "<p>", lAnswer(22)));
    p.gets(1);
    l.sends(signal("<l>", "<p>", lOffer(22)));

    p.getsNothingMore();
  }

  @Test
  void givenAnAnsweredCall_whenTheLinkupClientCallsAnew_thenItIsANewConnection() {
    Actor p = fleet.peerJs("p");
    Actor l = fleet.linkup("l").sends(signal("<l>", "<p>", lOffer(11)));
    p.gets(hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?one>", sdp(11))))
        .sends(says("ANSWER", "<l>", PeerJsWords.answer("<one>", sdp(21))));
    l.gets(1).sends(signal("<l>", "<p>", lOffer(12)), signal("<l>", "<p>", lCandidate(1)));
    p.gets(hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?two>", sdp(12))),
        hears("CANDIDATE", "<l>", "<p>", pCandidate("<two>", 1)));
    p.sends(says("ANSWER", "<l>", PeerJsWords.answer("<two>", sdp(22))));
    l.gets(signal("<p>", "<l>", lAnswer(22)));
  }

  /** A page that was reloaded: the linkup client may not have noticed. */
  @Test
  void givenAConnectionThatLinkupBegan_whenThePeerComesBackAndCalls_thenItIsNotTakenForThatOne() {
    Actor l = fleet.linkup("l");
    Actor before = fleet.peerJs("p");
    l.sends(signal("<l>", "<p>", lOffer(11)));
    before.gets(hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?one>", sdp(11))))
        .sends(says("ANSWER", "<l>", PeerJsWords.answer("<one>", sdp(21))));
    l.gets(1);
    before.leaves();

    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 12)),
        says("CANDIDATE", "<l>", pCandidate("<one>", 1))).settles();
    // Else the client could start another call before it, and the owner of the candidate would be
    // ambiguous.
    l.gets(signal("<p>" + LinkupWords.SECOND, "<l>", lOffer(12)))
        .settles()
        .sends(signal("<l>", "<p>" + LinkupWords.SECOND, lAnswer(22)),
            signal("<l>", "<p>", lOffer(13)));
    p.gets(hears("ANSWER", "<l>", "<p>", PeerJsWords.answer("dc_1", sdp(22))),
        hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?two>", sdp(13))))
        .sends(says("ANSWER", "<l>", PeerJsWords.answer("<two>", sdp(23))));
    l.gets(signal("<p>", "<l>", lAnswer(23))).getsNothingMore();
  }

  @Test
  void givenARequestToOfferAgain_whenALinkupClientSendsIt_thenItIsDroppedAndCounted() {
    Actor p = fleet.peerJs("p");
    fleet.linkup("l").sends(signal("<l>", "<p>", lOffer(11)),
        signal("<l>", "<p>", "{\"type\":\"renegotiate\",\"renegotiate\":true}"));

    p.gets(1).getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "linkup", "peerjs", "custom"))
        .isEqualTo(1);
  }

  @Test
  void givenNobody_whenALinkupClientCalls_thenOnlyARequestIsAnswered() {
    fleet.linkup("l")
        .sends(signal("<l>", "<p>", lOffer(11)),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"signal\",\"params\":{\"from\":\"<l>\","
                + "\"to\":\"<p>\",\"signal\":" + lOffer(11) + "}}")
        .gets("{'jsonrpc':'2.0','id':1,'result':null,'error':"
            + "{'code':-32603,'message':'Peer not found (<p>)','data':null}}")
        .getsNothingMore();
  }

  @Test
  void givenACallToPeerJs_whenItIsGoneBeforeItAnswers_thenLinkupHearsNothing() {
    Actor p = fleet.peerJs("p");
    Actor l = fleet.linkup("l").sends(signal("<l>", "<p>", lOffer(11)));
    p.gets(1).leaves();

    l.getsNothingMore();
    l.sends(exists("e", "<p>")).gets(result("e", "false"));
  }

  // ---- both call at once

  @Test
  void givenALinkupCall_whenPeerJsCallsAtTheSameTime_thenTheLinkupCallWins() {
    Actor p = fleet.peerJs("p");
    Actor l = fleet.linkup("l").sends(signal("<l>", "<p>", lOffer(11)));
    p.gets(hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?dc>", sdp(11))));

    p.sends(says("OFFER", "<l>", pOffer("dc_own", 12)),
        says("CANDIDATE", "<l>", pCandidate("dc_own", 1)));
    p.gets(expire("<l>", "<p>"));
    p.sends(says("CANDIDATE", "<l>", pCandidate("dc_own", 2)),
        says("ANSWER", "<l>", PeerJsWords.answer("<dc>", sdp(22))),
        says("CANDIDATE", "<l>", pCandidate("<dc>", 3)));

    l.gets(signal("<p>", "<l>", lAnswer(22)), signal("<p>", "<l>", lCandidate(3)))
        .getsNothingMore();
    p.getsNothingMore();
  }

  @Test
  void givenAPeerJsCallThatWasPassedOn_whenTheLinkupClientOffersToo_thenItsOfferIsWithheld() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(1).sends(signal("<l>", "<p>", lOffer(33)), signal("<l>", "<p>", lCandidate(1)),
        signal("<l>", "<p>", lAnswer(22)), signal("<l>", "<p>", lCandidate(2)));

    p.gets(hears("ANSWER", "<l>", "<p>", PeerJsWords.answer("dc_1", sdp(22))),
        hears("CANDIDATE", "<l>", "<p>", pCandidate("dc_1", 2))).getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "linkup", "peerjs", "offer")).isEqualTo(1);
  }

  @Test
  void givenALinkupClientThatHasJustAsked_whenPeerJsCallsAndLinkupToo_thenTheLinkupCallWins() {
    Actor p = fleet.peerJs("p");
    Actor l = fleet.linkup("l").sends(exists("e", "<p>")).gets(result("e", "true"));
    p.sends(says("OFFER", "<l>", pOffer("dc_1", 11)),
        says("CANDIDATE", "<l>", pCandidate("dc_1", 1))).settles();
    l.sends(signal("<l>", "<p>", lOffer(12)));

    p.getsInAnyOrder(expire("<l>", "<p>"),
        hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?dc>", sdp(12))));
    p.sends(says("CANDIDATE", "<l>", pCandidate("dc_1", 2)),
        says("ANSWER", "<l>", PeerJsWords.answer("<dc>", sdp(22))));
    l.gets(signal("<p>", "<l>", lAnswer(22))).getsNothingMore();
  }

  @Test
  void givenALinkupClientThatHasJustAsked_whenItDoesNotCall_thenItGetsTheCallThatWaited() {
    Actor p = fleet.peerJs("p");
    Actor l = fleet.linkup("l").sends(exists("e", "<p>")).gets(result("e", "true"));
    p.sends(says("OFFER", "<l>", pOffer("dc_1", 11)),
        says("CANDIDATE", "<l>", pCandidate("dc_1", 1)),
        says("CANDIDATE", "<l>", pCandidate("dc_1", 2)));

    l.gets(signal("<p>", "<l>", lOffer(11)), signal("<p>", "<l>", lCandidate(1)),
        signal("<p>", "<l>", lCandidate(2)));
    l.sends(signal("<l>", "<p>", lAnswer(22)));
    p.gets(hears("ANSWER", "<l>", "<p>", PeerJsWords.answer("dc_1", sdp(22)))).getsNothingMore();
  }

  @Test
  void givenAPeerJsCallThatWasPassedOn_whenLinkupHasAskedMeanwhile_thenItHearsAfterItsAnswer() {
    fleet.reassemble("linkup", Map.of("glareWait", "10s"));
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(1).sends(exists("e", "<p>")).getsNothingMore();

    l.sends(signal("<l>", "<p>", lAnswer(22))).gets(result("e", "true"));
    l.sends(signal("<l>", "<p>", lOffer(33)));

    p.gets(hears("ANSWER", "<l>", "<p>", PeerJsWords.answer("dc_1", sdp(22))),
        hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?dc>", sdp(33))));
  }

  @Test
  void givenAPeerJsCallThatIsNotAnswered_whenLinkupAsksForTheCaller_thenItHearsSoonAllTheSame() {
    Actor l = fleet.linkup("l");
    fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)));

    l.gets(1).sends(exists("e", "<p>"), exists("f", "<p>"))
        .gets(result("e", "true"), result("f", "true"));
  }

  @Test
  void givenALinkupCallThatIsOver_whenPeerJsCallsRightAfterIt_thenItsCallNeedNotWait() {
    fleet.reassemble("linkup", Map.of("glareWait", "10s"));
    Actor p = fleet.peerJs("p");
    Actor l = fleet.linkup("l").sends(exists("e", "<p>")).gets(result("e", "true"));
    l.sends(signal("<l>", "<p>", lOffer(11)));
    p.gets(hears("OFFER", "<l>", "<p>", PeerJsWords.translatedOffer("<?dc>", sdp(11))))
        .sends(says("ANSWER", "<l>", PeerJsWords.answer("<dc>", sdp(22))));
    l.gets(signal("<p>", "<l>", lAnswer(22)));

    p.sends(says("OFFER", "<l>", pOffer("dc_1", 12)));

    l.gets(signal("<p>" + LinkupWords.SECOND, "<l>", lOffer(12)));
  }

  // ---- presence

  @Test
  void givenPeersOfBothDialects_whenLookedFor_thenEachSeesTheOther() {
    Actor p = fleet.peerJs("p");
    Actor l = fleet.linkup("l");

    assertThat(fleet.peers()).isEqualTo(fleet.stage().resolve("[\"<p>\",\"<l>\"]"));
    l.sends(exists("1", "<p>")).gets(result("1", "true"));
    p.leaves();
    l.sends(exists("2", "<p>")).gets(result("2", "false"));
  }

  @Test
  void givenDiscoveryOfOnesOwn_whenListed_thenLinkupClientsAreNotThere() {
    fleet.reassemble("peerjs", Map.of("discoverOwnOnly", true));
    fleet.peerJs("p");
    fleet.linkup("l");

    assertThat(fleet.peers()).isEqualTo(fleet.stage().resolve("[\"<p>\"]"));
  }

  @Test
  void givenAnIdOfOneDialect_whenTheOtherWantsIt_thenItIsTaken() {
    fleet.linkup("l");
    fleet.peerJs("p");

    fleet.stage().actor("thief").connects("/peerjs?key=peerjs&token=t&id=<l>")
        .gets("{'type':'ID-TAKEN','payload':{'msg':'ID is taken'}}");
    fleet.stage().actor("other").connects("/linkup")
        .sends("{'jsonrpc':'2.0','id':1,'method':'register','params':{'id':'<p>'}}")
        .gets("{'jsonrpc':'2.0','id':1,'result':null,'error':{'code':-32603,"
            + "'message':'id \"<p>\" already taken','data':null}}");
  }

  @Test
  void givenTwoRealms_whenOneCallsIntoTheOther_thenNobodyIsThere() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p", "other");

    l.sends(exists("e", "<p>")).gets(result("e", "false"));
    p.sends(says("OFFER", "<l>", pOffer("dc_1", 11))).gets(expire("<l>", "<p>"));
    l.getsNothingMore();
  }

  @Test
  void givenAnAppThatMoves_whenTheSamePeerComesBackInTheOtherDialect_thenItIsTheSamePeer() {
    Actor friend = fleet.linkup("friend");
    Actor before = fleet.peerJs("mover").sends(says("OFFER", "<friend>", pOffer("dc_1", 11)));
    friend.gets(1).sends(signal("<friend>", "<mover>", lAnswer(22)));
    before.gets(1).leaves();

    Actor after = fleet.linkup("mover").sends(signal("<mover>", "<friend>", lOffer(33)));
    friend.gets(signal("<mover>", "<friend>", lOffer(33)))
        .sends(signal("<friend>", "<mover>", lAnswer(44)));
    after.gets(signal("<friend>", "<mover>", lAnswer(44)));
  }

  @Test
  void givenSignalsOfEachPair_whenCounted_thenTheMetricsTellWhoTalksToWhom() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p").sends(says("OFFER", "<l>", pOffer("dc_1", 11)));
    l.gets(1).sends(signal("<l>", "<p>", lAnswer(22)));
    p.gets(1);

    assertThat(fleet.counted("parley.signals.delivered", "peerjs", "linkup", "offer"))
        .isEqualTo(1);
    assertThat(fleet.counted("parley.signals.delivered", "linkup", "peerjs", "answer"))
        .isEqualTo(1);
  }
}
