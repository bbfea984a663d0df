package dev.parley.crossing;

import static dev.parley.crossing.Fleet.candidate;
import static dev.parley.crossing.Fleet.sdp;
import static dev.parley.crossing.LinkupWords.exists;
import static dev.parley.crossing.LinkupWords.result;
import static dev.parley.crossing.LinkupWords.signal;
import static dev.parley.crossing.PeerJsWords.expire;
import static dev.parley.crossing.PeerolatorWords.gone;
import static dev.parley.crossing.PeerolatorWords.hears;
import static dev.parley.crossing.PeerolatorWords.joined;
import static dev.parley.crossing.PeerolatorWords.says;
import static dev.parley.crossing.PeerolatorWords.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Spread;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Peerolator's servers and clients with PeerJS and linkup clients, as callers and as callees. */
@ParameterizedClass
@EnumSource
class PeerolatorAndOthersTest {

  @AutoClose private final Fleet fleet;

  PeerolatorAndOthersTest(Spread spread) {
    this.fleet = Fleet.of(spread);
  }

  private static String pSays(String type, String to, String payload) {
    return PeerJsWords.says(type, to, payload);
  }

  private static String pHears(String type, String from, String to, String payload) {
    return PeerJsWords.hears(type, from, to, payload);
  }

  private static String xOffer(String conversation, int session) {
    return PeerolatorWords.offer(conversation, sdp(session));
  }

  private static String xAnswer(String conversation, int session) {
    return PeerolatorWords.answer(conversation, sdp(session));
  }

  private static String xCandidate(String conversation, int number) {
    return PeerolatorWords.candidate(conversation, candidate(number));
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

  // ---- PeerJS and a Peerolator server

  @Test
  void givenAPeerJsCaller_whenAServerAnswers_thenItJoinedFirstAndIsGoneLast() {
    Actor s = fleet.server("s");
    Actor p = fleet.peerJs("p");

    p.sends(pSays("OFFER", "<s>", PeerJsWords.offer("dc_1", sdp(11))),
        pSays("CANDIDATE", "<s>", PeerJsWords.candidate("dc_1", candidate(1))));
    s.gets(joined("<s>", "<p>"),
        hears("<p>", "<s>", "OFFER", PeerolatorWords.offerOfPeerJs("dc_1", sdp(11))),
        hears("<p>", "<s>", "CANDIDATE", xCandidate("dc_1", 1)));
    s.sends(says("<p>", "ANSWER", xAnswer("dc_1", 22)),
        says("<p>", "CANDIDATE", xCandidate("dc_1", 2)),
        says("<p>", "CANDIDATE", PeerolatorWords.candidate("dc_1", "null")));
    p.gets(pHears("ANSWER", "<s>", "<p>", PeerJsWords.answer("dc_1", sdp(22))),
        pHears("CANDIDATE", "<s>", "<p>", PeerJsWords.candidate("dc_1", candidate(2))))
        .getsNothingMore();
    p.leaves();
    s.gets(gone("<s>", "<p>")).getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenTheServerDeclines_thenTheCallExpires() {
    Actor s = fleet.server("s");
    Actor p = fleet.peerJs("p").sends(
        pSays("OFFER", "<s>", PeerJsWords.offer("dc_1", sdp(11))));
    s.gets(2).sends(says("<p>", "BYE", "{\"conversation\":\"dc_1\"}"));

    p.gets(expire("<s>", "<p>")).getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenTheServerIsGoneBeforeItAnswers_thenTheCallExpires() {
    Actor s = fleet.server("s");
    Actor p = fleet.peerJs("p").sends(
        pSays("OFFER", "<s>", PeerJsWords.offer("dc_1", sdp(11))));
    s.gets(2).vanishes();

    p.gets(expire("<s>", "<p>")).getsNothingMore();
  }

  @Test
  void givenAnAnsweredCall_whenTheServerHangsUp_thenPeerJsIsToldToLeave() {
    Actor s = fleet.server("s");
    Actor p = fleet.peerJs("p").sends(
        pSays("OFFER", "<s>", PeerJsWords.offer("dc_1", sdp(11))));
    s.gets(2).sends(says("<p>", "ANSWER", xAnswer("dc_1", 22)),
        says("<p>", "BYE", "{\"conversation\":\"dc_1\"}"));

    p.gets(1).gets(PeerJsWords.leave("<s>", "<p>")).getsNothingMore();
  }

  @Test
  void givenTwoAnsweredCalls_whenTheServerHangsUpOne_thenPeerJsKeepsBoth() {
    Actor s = fleet.server("s");
    Actor p = fleet.peerJs("p").sends(
        pSays("OFFER", "<s>", PeerJsWords.offer("dc_1", sdp(11))),
        pSays("OFFER", "<s>", PeerJsWords.offer("dc_2", sdp(12))));
    s.gets(3).sends(says("<p>", "ANSWER", xAnswer("dc_1", 21)),
        says("<p>", "ANSWER", xAnswer("dc_2", 22)),
        says("<p>", "BYE", "{\"conversation\":\"dc_1\"}"));

    p.gets(pHears("ANSWER", "<s>", "<p>", PeerJsWords.answer("dc_1", sdp(21))),
        pHears("ANSWER", "<s>", "<p>", PeerJsWords.answer("dc_2", sdp(22)))).getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "peerolator", "peerjs", "bye"))
        .isEqualTo(1);
  }

  @Test
  void givenAServer_whenItCallsAPeerJsClient_thenTheConversationIsTheConnection() {
    Actor p = fleet.peerJs("p");
    Actor s = fleet.server("s");

    s.sends(says("<p>", "OFFER", xOffer("talk", 11)),
        says("<p>", "CANDIDATE", xCandidate("talk", 1)));
    p.gets(pHears("OFFER", "<s>", "<p>", PeerJsWords.translatedOffer("talk", sdp(11))),
        pHears("CANDIDATE", "<s>", "<p>", PeerJsWords.candidate("talk", candidate(1))));
    p.sends(pSays("ANSWER", "<s>", PeerJsWords.answer("talk", sdp(22))),
        pSays("CANDIDATE", "<s>", PeerJsWords.candidate("talk", candidate(2))));
    s.gets(joined("<s>", "<p>"), hears("<p>", "<s>", "ANSWER", xAnswer("talk", 22)),
        hears("<p>", "<s>", "CANDIDATE", xCandidate("talk", 2)));
    p.sends("{'type':'LEAVE','dst':'<s>'}");
    s.gets(hears("<p>", "<s>", "BYE", "{\"conversation\":\"talk\"}"));
  }

  @ParameterizedTest
  @CsvSource({"json, json", "binary, binary", "raw, raw", "morse, raw"})
  void givenAServerThatNamesASerialization_whenPeerJsKnowsIt_thenItIsThat(
      String named, String told) {
    Actor p = fleet.peerJs("p");
    fleet.server("s").sends(says("<p>", "OFFER", "{\"sdp\":\"" + sdp(11)
        + "\",\"serialization\":\"" + named + "\",\"conversation\":\"talk\"}"));

    p.gets(pHears("OFFER", "<s>", "<p>", PeerJsWords.translatedOffer("talk", sdp(11))
        .replace("\"raw\"", "\"" + told + "\"")));
  }

  @Test
  void givenAnAnsweredCall_whenTheServerOffersAgain_thenItIsToldThatPeerJsCannot() {
    Actor p = fleet.peerJs("p");
    Actor s = fleet.server("s").sends(says("<p>", "OFFER", xOffer("talk", 11)));
    p.gets(1).sends(pSays("ANSWER", "<s>", PeerJsWords.answer("talk", sdp(22))));
    s.gets(2).sends(says("<p>", "OFFER", xOffer("talk", 11)));

    s.gets(unavailable("<p>", "<s>", "talk", "untranslatable"));
    p.getsNothingMore();
  }

  @Test
  void givenNobody_whenAServerCalls_thenItIsTold() {
    fleet.server("s").sends(says("<p>", "OFFER", xOffer("talk", 11)))
        .gets(unavailable("<p>", "<s>", "talk", "absent")).getsNothingMore();
  }

  @Test
  void givenACallToPeerJs_whenItIsGoneBeforeItAnswers_thenTheServerIsTold() {
    Actor p = fleet.peerJs("p");
    Actor s = fleet.server("s").sends(says("<p>", "OFFER", xOffer("talk", 11)));
    p.gets(1).leaves();

    s.gets(unavailable("<p>", "<s>", "talk", "gone")).getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenTheServerNamesNoConversation_thenItsAnswerArrivesAllTheSame() {
    Actor s = fleet.server("s");
    Actor p = fleet.peerJs("p").sends(
        pSays("OFFER", "<s>", PeerJsWords.offer("dc_1", sdp(11))));
    s.gets(2).sends(says("<p>", "ANSWER", "{\"sdp\":\"" + sdp(22) + "\"}"),
        says("<p>", "CANDIDATE", "{\"candidate\":" + candidate(2) + "}"));

    p.gets(pHears("ANSWER", "<s>", "<p>", PeerJsWords.answer("dc_1", sdp(22))),
        pHears("CANDIDATE", "<s>", "<p>", PeerJsWords.candidate("dc_1", candidate(2))));
  }

  @Test
  void givenAServerThatNamesNoConversation_whenItCallsAPeerJsClient_thenItHasAName() {
    Actor p = fleet.peerJs("p");
    Actor s = fleet.server("s").sends(says("<p>", "OFFER", "{\"sdp\":\"" + sdp(11) + "\"}"),
        says("<p>", "CANDIDATE", "{\"candidate\":" + candidate(1) + "}"));
    p.gets(pHears("OFFER", "<s>", "<p>", PeerJsWords.translatedOffer("<?name>", sdp(11))),
        pHears("CANDIDATE", "<s>", "<p>", PeerJsWords.candidate("<name>", candidate(1))))
        .sends(pSays("ANSWER", "<s>", PeerJsWords.answer("<name>", sdp(22))));

    s.gets(joined("<s>", "<p>"), hears("<p>", "<s>", "ANSWER", xAnswer("<name>", 22)));
  }

  @Test
  void givenAnAnsweredCall_whenTheServerVanishes_thenPeerJsHearsNothing() {
    Actor s = fleet.server("s");
    Actor p = fleet.peerJs("p").sends(
        pSays("OFFER", "<s>", PeerJsWords.offer("dc_1", sdp(11))));
    s.gets(2).sends(says("<p>", "ANSWER", xAnswer("dc_1", 22)));
    p.gets(1);
    s.leaves();

    p.getsNothingMore();
  }

  @Test
  void givenAPeerJsClientOfAnotherRealm_whenItCallsAServer_thenTheyDoNotReachEachOther() {
    Actor s = fleet.server("s");

    fleet.peerJs("p", "other").sends(pSays("OFFER", "<s>", PeerJsWords.offer("dc_1", sdp(11))))
        .gets(expire("<s>", "<p>"));
    s.getsNothingMore();
  }

  // ---- PeerJS and a Peerolator client

  @Test
  void givenAClientWhoseServerIsAPeerJsClient_whenItCalls_thenItIsAnswered() {
    Actor p = fleet.peerJs("p");
    Actor c = fleet.client("c", "p");
    p.getsNothingMore();

    c.sends(says("<p>", "OFFER", xOffer("talk", 11)));
    p.gets(pHears("OFFER", "<c>", "<p>", PeerJsWords.translatedOffer("talk", sdp(11))));
    p.sends(pSays("ANSWER", "<c>", PeerJsWords.answer("talk", sdp(22))));
    c.gets(hears("<p>", "<c>", "ANSWER", xAnswer("talk", 22)));
    p.leaves();
    c.gets(gone("<c>", "<p>")).isStillConnected();
  }

  @Test
  void givenAClientThatCalls_whenItsPeerJsServerVanishesUnanswered_thenItIsToldOfBoth() {
    Actor p = fleet.peerJs("p");
    Actor c = fleet.client("c", "p").sends(says("<p>", "OFFER", xOffer("talk", 11)));
    p.gets(1).vanishes();

    c.getsInAnyOrder(unavailable("<p>", "<c>", "talk", "gone"), gone("<c>", "<p>"))
        .getsNothingMore().isStillConnected();
  }

  @Test
  void givenAClientOfAServer_whenAPeerJsClientCallsIt_thenItIsRefusedOnce() {
    fleet.server("s");
    Actor c = fleet.client("c", "s");
    Actor p = fleet.peerJs("p").sends(
        pSays("OFFER", "<c>", PeerJsWords.offer("dc_1", sdp(11))),
        pSays("CANDIDATE", "<c>", PeerJsWords.candidate("dc_1", candidate(1))));

    p.gets(expire("<c>", "<p>")).getsNothingMore();
    c.getsNothingMore();
  }

  @Test
  void givenAnIdThatNobodyHas_whenAClientOpensIt_thenItIsClosedWithoutHello() {
    fleet.stage().actor("c").connects("/peerolator/client/<p>").isClosed(1008).getsNothingMore();
  }

  // ---- linkup and a Peerolator server

  @Test
  void givenALinkupCaller_whenAServerAnswers_thenItJoinedFirstAndIsGoneLast() {
    Actor s = fleet.server("s");
    Actor l = fleet.linkup("l").sends(exists("e", "<s>")).gets(result("e", "true"));

    l.sends(signal("<l>", "<s>", lOffer(11)), signal("<l>", "<s>", lCandidate(1)));
    s.gets(joined("<s>", "<l>"),
        hears("<l>", "<s>", "OFFER", xOffer("<?talk>", 11)),
        hears("<l>", "<s>", "CANDIDATE", xCandidate("<talk>", 1)));
    s.sends(says("<l>", "ANSWER", xAnswer("<talk>", 22)),
        says("<l>", "CANDIDATE", xCandidate("<talk>", 2)),
        says("<l>", "CANDIDATE", PeerolatorWords.candidate("<talk>", "null")),
        says("<l>", "BYE", "{\"conversation\":\"<talk>\"}"));
    l.gets(signal("<s>", "<l>", lAnswer(22)), signal("<s>", "<l>", lCandidate(2)))
        .getsNothingMore();
    l.leaves();
    s.gets(gone("<s>", "<l>")).getsNothingMore();
  }

  @Test
  void givenALinkupCaller_whenItNegotiatesAnew_thenItIsTheSameConversation() {
    Actor s = fleet.server("s");
    Actor l = fleet.linkup("l").sends(signal("<l>", "<s>", lOffer(11)));
    s.gets(joined("<s>", "<l>"), hears("<l>", "<s>", "OFFER", xOffer("<?talk>", 11)))
        .sends(says("<l>", "ANSWER", xAnswer("<talk>", 22)));
    l.gets(1).sends(signal("<l>", "<s>", lOffer(11)));
    s.gets(hears("<l>", "<s>", "OFFER", xOffer("<talk>", 11)))
        .sends(says("<l>", "ANSWER", xAnswer("<talk>", 22)));
    l.gets(signal("<s>", "<l>", lAnswer(22)));
  }

  @Test
  void givenALinkupClientThatWasCalled_whenItNegotiatesAnew_thenItIsTheSameConversation() {
    Actor l = fleet.linkup("l");
    Actor s = fleet.server("s").sends(says("<l>", "OFFER", xOffer("talk", 11)));
    l.gets(1).sends(signal("<l>", "<s>", lAnswer(22)));
    s.gets(joined("<s>", "<l>"), hears("<l>", "<s>", "ANSWER", xAnswer("talk", 22)));
    l.sends(signal("<l>", "<s>", lOffer(22)));
    s.gets(hears("<l>", "<s>", "OFFER", xOffer("talk", 22)));
  }

  @Test
  void givenAServer_whenItCallsALinkupClient_thenItIsAnsweredInItsConversation() {
    Actor l = fleet.linkup("l");
    Actor s = fleet.server("s").sends(says("<l>", "OFFER", xOffer("talk", 11)),
        says("<l>", "CANDIDATE", xCandidate("talk", 1)));

    l.gets(signal("<s>", "<l>", lOffer(11)), signal("<s>", "<l>", lCandidate(1)))
        .sends(signal("<l>", "<s>", lAnswer(22)), signal("<l>", "<s>", lCandidate(2)),
            signal("<l>", "<s>", "{\"type\":\"renegotiate\",\"renegotiate\":true}"),
            signal("<l>", "<s>", "{\"candidate\":null}"));
    s.gets(joined("<s>", "<l>"), hears("<l>", "<s>", "ANSWER", xAnswer("talk", 22)),
        hears("<l>", "<s>", "CANDIDATE", xCandidate("talk", 2)),
        hears("<l>", "<s>", "RENEGOTIATE",
            "{\"type\":\"renegotiate\",\"detail\":true,\"conversation\":\"talk\"}"),
        hears("<l>", "<s>", "CANDIDATE", PeerolatorWords.candidate("talk", "null")));
  }

  @Test
  void givenAServerThatAsksForANewOffer_whenTheLinkupClientKnowsThat_thenItIsAsked() {
    Actor l = fleet.linkup("l");
    Actor s = fleet.server("s").sends(says("<l>", "OFFER", xOffer("talk", 11)));
    l.gets(1).sends(signal("<l>", "<s>", lAnswer(22)));
    s.gets(2).sends(says("<l>", "RENEGOTIATE",
        "{\"type\":\"renegotiate\",\"detail\":true,\"conversation\":\"talk\"}"));

    l.gets(signal("<s>", "<l>", "{\"type\":\"renegotiate\",\"renegotiate\":true}"));
  }

  @Test
  void givenAnotherTypeOfMessage_whenAServerSendsIt_thenTheLinkupClientIsSpared() {
    Actor l = fleet.linkup("l");
    fleet.server("s").sends(says("<l>", "chat", "{\"text\":\"hello\"}")).settles();

    l.getsNothingMore().isStillConnected();
    assertThat(fleet.counted("parley.signals.dropped", "peerolator", "linkup", "custom"))
        .isEqualTo(1);
  }

  @Test
  void givenACallOfAServer_whenTheLinkupClientCallsItAtTheSameTime_thenTheFirstWins() {
    Actor l = fleet.linkup("l");
    Actor s = fleet.server("s").sends(says("<l>", "OFFER", xOffer("talk", 11)));
    l.gets(1).sends(signal("<l>", "<s>", lOffer(33)), signal("<l>", "<s>", lAnswer(22)));

    s.gets(joined("<s>", "<l>"), hears("<l>", "<s>", "ANSWER", xAnswer("talk", 22)))
        .getsNothingMore();
  }

  @Test
  void givenACallOfALinkupClient_whenTheServerCallsItToo_thenTheServerIsTold() {
    Actor s = fleet.server("s");
    Actor l = fleet.linkup("l").sends(signal("<l>", "<s>", lOffer(11)));
    s.gets(2).sends(says("<l>", "OFFER", xOffer("mine", 33)))
        .gets(unavailable("<l>", "<s>", "mine", "rejected"));

    l.getsNothingMore();
  }

  // ---- linkup and a Peerolator client

  @Test
  void givenAClientWhoseServerIsALinkupClient_whenItCalls_thenItIsAnswered() {
    Actor l = fleet.linkup("l");
    Actor c = fleet.client("c", "l");

    c.sends(says("<l>", "OFFER", xOffer("talk", 11)));
    l.gets(signal("<c>", "<l>", lOffer(11))).sends(signal("<l>", "<c>", lAnswer(22)));
    c.gets(hears("<l>", "<c>", "ANSWER", xAnswer("talk", 22)));
    l.sends("{'method':'unregister'}");
    c.gets(gone("<c>", "<l>"));
  }

  @Test
  void givenPeersOfAllDialects_whenListed_thenAllAreThere() {
    fleet.peerJs("p");
    fleet.linkup("l");
    fleet.server("s");
    fleet.client("c", "s");

    assertThat(fleet.peers())
        .isEqualTo(fleet.stage().resolve("[\"<p>\",\"<l>\",\"<s>\",\"<c>\"]"));
  }
}
