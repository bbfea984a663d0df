package dev.parley.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Candidates that arrive before their offer or answer, between each two dialects. Some clients send
 * all of them, and their end, before their description; so does a page that waits for something in
 * between.
 */
@ParameterizedClass
@EnumSource
class EarlyCandidatesTest {

  private static final int BOUND = 128;

  @AutoClose private final Fleet fleet;

  EarlyCandidatesTest(Spread spread) {
    this.fleet = Fleet.of(spread);
  }

  /** Pairs of caller and callee. */
  record Pair(Speaker caller, Speaker callee) {

    @Override
    public String toString() {
      return caller + " calls " + callee;
    }
  }

  static Stream<Pair> pairs() {
    return Stream.of(Speaker.values())
        .flatMap(caller -> Stream.of(Speaker.values()).map(callee -> new Pair(caller, callee)))
        .filter(pair -> !pair.caller().dialect().equals(pair.callee().dialect()));
  }

  static Stream<Pair> pairsWithKeys() {
    return pairs().filter(pair -> pair.caller.hasKeys());
  }

  /** Only these choose their own ids, so that they can reconnect with the same. */
  static Stream<Pair> pairsThatComeBack() {
    return pairs().filter(
        pair -> !pair.caller.dialect().equals("peerolator") && pair.callee != Speaker.CLIENT);
  }

  private static String sdp(int session, String fragment) {
    return Fleet.sdp(session).replace("ice-ufrag:u", "ice-ufrag:" + fragment);
  }

  private static String candidate(int number, String fragment) {
    return Fleet.candidate(number).replace("\"u\"", "\"" + fragment + "\"");
  }

  private static String end(String fragment) {
    return "{\"candidate\":\"\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0,\"usernameFragment\":\""
        + fragment + "\"}";
  }

  /** Two clients, one of which calls the other, and the messages of one of their conversations. */
  private final class Call {
    private final Pair pair;
    private final Actor caller;
    private final Actor callee;

    Call(Pair pair) {
      this.pair = pair;
      // A client of the other one connects after it.
      if (pair.caller == Speaker.CLIENT) {
        callee = pair.callee.comes(fleet, "b", "a");
        caller = pair.caller.comes(fleet, "a", "b");
      } else {
        caller = pair.caller.comes(fleet, "a", "b");
        callee = pair.callee.comes(fleet, "b", "a");
      }
    }

    /** Announces the caller to the callee, if its protocol has a message for it. */
    void introducesCaller() {
      if (pair.callee.isIntroduced()) {
        callee.gets(PeerolatorWords.joined("<b>", "<a>"));
      }
    }

    void introducesCallee() {
      if (pair.caller.isIntroduced()) {
        caller.gets(PeerolatorWords.joined("<a>", "<b>"));
      }
    }

    void trickles(String key, String... candidates) {
      for (String each : candidates) {
        caller.sends(pair.caller.trickles("<a>", "<b>", key, each));
      }
    }

    void offers(String key, String sdp) {
      caller.sends(pair.caller.offers("<a>", "<b>", key, sdp));
    }

    void tricklesBack(String key, String... candidates) {
      for (String each : candidates) {
        callee.sends(pair.callee.trickles("<b>", "<a>", key(key), each));
      }
    }

    void answers(String key, String sdp) {
      callee.sends(pair.callee.answers("<b>", "<a>", key(key), sdp));
    }

    /** The callee's key for a conversation, which the gateway makes if the caller has none. */
    private String key(String key) {
      return pair.caller.hasKeys() ? key : "<" + key + ">";
    }

    void calleeHearsOffer(String key, String sdp) {
      String heard = pair.caller.hasKeys() ? key : "<?" + key + ">";
      callee.gets(pair.callee.hearsOffer(pair.caller, "<a>", "<b>", heard, sdp));
    }

    void calleeHears(String key, String... candidates) {
      for (String each : candidates) {
        callee.gets(pair.callee.hearsCandidate("<a>", "<b>", key(key), each));
      }
    }

    void calleeHearsEnd(String key) {
      if (pair.callee.hearsTheEnd()) {
        calleeHears(key, "null");
      }
    }

    void callerHearsAnswer(String key, String sdp) {
      caller.gets(pair.caller.hearsAnswer("<b>", "<a>", key, sdp));
    }

    void callerHears(String key, String... candidates) {
      for (String each : candidates) {
        caller.gets(pair.caller.hearsCandidate("<b>", "<a>", key, each));
      }
    }

    void callerHearsEnd(String key) {
      if (pair.caller.hearsTheEnd()) {
        callerHears(key, "null");
      }
    }

    double counted(String metric, String kind) {
      return fleet.counted(metric, pair.caller.dialect(), pair.callee.dialect(), kind);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void givenCandidatesBeforeTheirOffer_whenTheOfferComes_thenTheyFollowItInOrder(Pair pair) {
    Call call = new Call(pair);
    call.trickles("k1", candidate(1, "u1"), candidate(2, "u1"));
    call.callee.getsNothingMore();

    call.offers("k1", sdp(11, "u1"));
    call.trickles("k1", candidate(3, "u1"));

    call.introducesCaller();
    call.calleeHearsOffer("k1", sdp(11, "u1"));
    call.calleeHears("k1", candidate(1, "u1"), candidate(2, "u1"), candidate(3, "u1"));
    call.callee.getsNothingMore();
    call.caller.getsNothingMore().isStillConnected();
    assertThat(call.counted("parley.signals.delivered", "candidate")).isEqualTo(3);
    assertThat(call.counted("parley.signals.dropped", "candidate")).isZero();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void givenCandidatesBeforeTheAnswer_whenTheAnswerComes_thenTheyFollowItInOrder(Pair pair) {
    Call call = new Call(pair);
    call.offers("k1", sdp(11, "u1"));
    call.introducesCaller();
    call.calleeHearsOffer("k1", sdp(11, "u1"));
    call.tricklesBack("k1", candidate(1, "u2"), candidate(2, "u2"));
    call.caller.getsNothingMore();

    call.answers("k1", sdp(22, "u2"));
    call.tricklesBack("k1", candidate(3, "u2"));

    call.introducesCallee();
    call.callerHearsAnswer("k1", sdp(22, "u2"));
    call.callerHears("k1", candidate(1, "u2"), candidate(2, "u2"), candidate(3, "u2"));
    call.caller.getsNothingMore();
    call.callee.getsNothingMore();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void givenTheEndOfCandidatesBeforeTheDescriptions_whenTheseCome_thenItIsLastAndCountedAsThat(
      Pair pair) {
    Call call = new Call(pair);
    call.trickles("k1", candidate(1, "u1"), end("u1"));
    call.offers("k1", sdp(11, "u1"));
    call.introducesCaller();
    call.calleeHearsOffer("k1", sdp(11, "u1"));
    call.calleeHears("k1", candidate(1, "u1"));
    call.calleeHearsEnd("k1");
    call.tricklesBack("k1", candidate(2, "u2"), end("u2"));
    call.answers("k1", sdp(22, "u2"));

    call.introducesCallee();
    call.callerHearsAnswer("k1", sdp(22, "u2"));
    call.callerHears("k1", candidate(2, "u2"));
    call.callerHearsEnd("k1");
    call.caller.getsNothingMore();
    call.callee.getsNothingMore();
    assertThat(call.counted("parley.signals.delivered", "candidate")).isEqualTo(1);
    assertThat(call.counted("parley.signals.dropped", "candidate")).isZero();
    assertThat(
        call.counted(
            pair.callee.hearsTheEnd() ? "parley.signals.delivered" : "parley.signals.dropped",
            "end_of_candidates"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("pairsWithKeys")
  void givenTwoConversations_whenTheirCandidatesAndOffersAreMixed_thenEachHasItsOwn(Pair pair) {
    Call call = new Call(pair);
    call.trickles("k1", candidate(1, "u1"));
    call.trickles("k2", candidate(2, "u2"));
    call.trickles("k1", candidate(3, "u1"));
    call.offers("k2", sdp(12, "u2"));
    call.introducesCaller();
    call.calleeHearsOffer("k2", sdp(12, "u2"));
    call.calleeHears("k2", candidate(2, "u2"));
    call.callee.getsNothingMore();

    call.offers("k1", sdp(11, "u1"));

    if (pair.callee.hasKeys()) {
      call.calleeHearsOffer("k1", sdp(11, "u1"));
      call.calleeHears("k1", candidate(1, "u1"), candidate(3, "u1"));
    } else {
      // Its protocol has names for conversations with a peer.
      call.callee.gets(
          pair.callee.hearsOffer(pair.caller, "<a>" + LinkupWords.SECOND, "<b>", "", sdp(11, "u1")),
          pair.callee.hearsCandidate("<a>" + LinkupWords.SECOND, "<b>", "", candidate(1, "u1")),
          pair.callee.hearsCandidate("<a>" + LinkupWords.SECOND, "<b>", "", candidate(3, "u1")));
    }
    call.callee.getsNothingMore();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void givenMoreCandidatesThanAreHeld_whenTheOfferComes_thenTheFirstFollowAndTheRestIsCounted(
      Pair pair) {
    Call call = new Call(pair);
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= BOUND + 3; i++) {
      all.add(candidate(i, "u1"));
    }
    call.trickles("k1", all.toArray(String[]::new));
    call.offers("k1", sdp(11, "u1"));
    call.trickles("k1", candidate(500, "u1"));

    call.introducesCaller();
    call.calleeHearsOffer("k1", sdp(11, "u1"));
    call.calleeHears("k1", all.subList(0, BOUND).toArray(String[]::new));
    call.calleeHears("k1", candidate(500, "u1"));
    call.callee.getsNothingMore();
    call.caller.getsNothingMore().isStillConnected();
    assertThat(call.counted("parley.signals.dropped", "candidate")).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("pairsThatComeBack")
  void givenACallerThatLeavesBeforeItOffers_whenItIsBackAndCalls_thenNothingOfItIsLeft(Pair pair) {
    Call call = new Call(pair);
    call.trickles("k1", candidate(1, "u1"));
    call.callee.getsNothingMore();
    call.caller.leaves();
    call.callee.getsNothingMore().isStillConnected();
    assertThat(call.counted("parley.signals.dropped", "candidate")).isEqualTo(1);

    pair.caller.comes(fleet, "a", "b");
    call.offers("k1", sdp(11, "u1"));

    call.introducesCaller();
    call.calleeHearsOffer("k1", sdp(11, "u1"));
    call.callee.getsNothingMore();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void givenACallerThatOnlyTrickles_whenItLeaves_thenTheOtherHearsNothingOfIt(Pair pair) {
    Call call = new Call(pair);
    call.trickles("k1", candidate(1, "u1"), end("u1"));

    call.callee.getsNothingMore();
    call.caller.getsNothingMore().isStillConnected().leaves();
    if (pair.callee == Speaker.CLIENT) {
      call.callee.gets(PeerolatorWords.gone("<b>", "<a>"));
    }
    call.callee.getsNothingMore().isStillConnected();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void givenCandidatesOfAFormerConnection_whenTheNextIsOffered_thenItHasItsOwnAlone(Pair pair) {
    Call call = new Call(pair);
    call.trickles("k1", candidate(1, "old"), candidate(2, "u1"));

    call.offers("k1", sdp(11, "u1"));

    call.introducesCaller();
    call.calleeHearsOffer("k1", sdp(11, "u1"));
    call.calleeHears("k1", candidate(2, "u1"));
    call.callee.getsNothingMore();
  }

  @Test
  void givenAnAnsweredCallOfALinkupClient_whenItCallsAnewAndTricklesFirst_thenThatIsTheNewCalls() {
    Call call = new Call(new Pair(Speaker.LINKUP, Speaker.PEERJS));
    call.offers("k1", sdp(11, "u1"));
    call.calleeHearsOffer("k1", sdp(11, "u1"));
    call.answers("k1", sdp(21, "v1"));
    call.callerHearsAnswer("k1", sdp(21, "v1"));

    call.trickles("", candidate(1, "u2"));
    call.callee.getsNothingMore();
    call.offers("k2", sdp(12, "u2"));
    call.trickles("", candidate(2, "u2"));

    call.calleeHearsOffer("k2", sdp(12, "u2"));
    call.calleeHears("k2", candidate(1, "u2"), candidate(2, "u2"));
    call.callee.getsNothingMore();
  }

  @Test
  void givenAnAnsweredCallToALinkupClient_whenItCallsItselfAndTricklesFirst_thenThatIsItsCalls() {
    Call call = new Call(new Pair(Speaker.PEERJS, Speaker.LINKUP));
    call.offers("k1", sdp(11, "u1"));
    call.calleeHearsOffer("k1", sdp(11, "u1"));
    call.answers("k1", sdp(21, "v1"));
    call.callerHearsAnswer("k1", sdp(21, "v1"));

    call.callee.sends(
        LinkupWords.signal("<b>", "<a>", LinkupWords.candidate(candidate(1, "v2"))),
        LinkupWords.signal("<b>", "<a>", LinkupWords.offer(sdp(22, "v2"))));

    call.caller.gets(
        PeerJsWords.hears("OFFER", "<b>", "<a>",
            PeerJsWords.translatedOffer("<?k2>", sdp(22, "v2"))),
        PeerJsWords.hears("CANDIDATE", "<b>", "<a>",
            PeerJsWords.candidate("<k2>", candidate(1, "v2"))))
        .getsNothingMore();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenAConnection_whenIceIsRestarted_thenCandidatesBeforeTheOfferFollowIt(
      boolean linkupCalls) {
    Call call = new Call(linkupCalls ? new Pair(Speaker.LINKUP, Speaker.SERVER)
        : new Pair(Speaker.SERVER, Speaker.LINKUP));
    call.offers("k1", sdp(11, "u1"));
    call.introducesCaller();
    call.calleeHearsOffer("k1", sdp(11, "u1"));
    call.answers("k1", sdp(21, "v1"));
    call.introducesCallee();
    call.callerHearsAnswer("k1", sdp(21, "v1"));

    call.trickles("k1", candidate(1, "u2"), candidate(2, "u1"));
    call.calleeHears("k1", candidate(2, "u1"));
    call.offers("k1", sdp(11, "u2"));

    call.callee.gets(
        call.pair.callee.hearsOffer(
            call.pair.caller, "<a>", "<b>", call.key("k1"), sdp(11, "u2")));
    call.calleeHears("k1", candidate(1, "u2"));
    call.callee.getsNothingMore();
  }

  @ParameterizedTest
  @EnumSource(names = {"PEERJS", "LINKUP"})
  void givenAServerThatHangsUpBeforeItOffers_whenItHadTrickled_thenTheOtherHearsNothing(
      Speaker callee) {
    Call call = new Call(new Pair(Speaker.SERVER, callee));
    call.trickles("k1", candidate(1, "u1"));
    call.caller.sends(PeerolatorWords.says("<b>", "BYE", "{\"conversation\":\"k1\"}"));

    call.callee.getsNothingMore().isStillConnected();
    call.caller.getsNothingMore();
    assertThat(call.counted("parley.signals.dropped", "candidate")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"PEERJS", "LINKUP"})
  void givenAServerThatNamesNoConversation_whenItTricklesFirst_thenThatFollowsItsOffer(
      Speaker callee) {
    Call call = new Call(new Pair(Speaker.SERVER, callee));
    call.caller.sends(
        PeerolatorWords.says("<b>", "CANDIDATE", "{\"candidate\":" + candidate(1, "u1") + "}"),
        PeerolatorWords.says("<b>", "OFFER", "{\"sdp\":\"" + sdp(11, "u1") + "\"}"));

    call.callee.gets(
        callee.hearsOffer(Speaker.SERVER, "<a>", "<b>", "<?made>", sdp(11, "u1")),
        callee.hearsCandidate("<a>", "<b>", "<made>", candidate(1, "u1")))
        .getsNothingMore();
  }

  // ---- a user of the calling dialect

  @ParameterizedTest
  @EnumSource(names = {"PEERJS", "LINKUP", "SERVER"})
  void givenAUser_whenItTricklesBeforeEachOfItsCalls_thenThatFollowsTheCall(Speaker callee) {
    Actor b = callee.comes(fleet, "b", "c");
    Guest guest = new Guest("<b>", callee.dialect());
    Actor c = guest.inviter(fleet);
    int introduction = callee.isIntroduced() ? 1 : 0;
    c.sends(
        CallingWords.says(2, "r", "<b>", "ice_candidate", candidate(1, "u1")),
        guest.tells(3, "r", CallingWords.offer(sdp(11, "u1"))))
        .gets(CallingWords.done(2), CallingWords.done(3));
    b.gets(introduction + 1)
        .gets(callee.hearsCandidate("<c>", "<b>", "<?k1>", candidate(1, "u1")))
        .sends(callee.answers("<b>", "<c>", "<k1>", sdp(21, "v1")));
    c.gets(1);

    c.sends(
        CallingWords.says(4, "r", "<b>", "ice_candidate", candidate(2, "u2")),
        guest.tells(5, "r", CallingWords.offer(sdp(12, "u2"))))
        .gets(CallingWords.done(4), CallingWords.done(5));

    String from = callee.hasKeys() ? "<c>" : "<c>" + LinkupWords.SECOND;
    b.gets(1).gets(callee.hearsCandidate(from, "<b>", "<?k2>", candidate(2, "u2")))
        .getsNothingMore();
  }

  // ---- two calls at once

  @Test
  void givenACallOfALinkupClient_whenThePeerJsClientTricklesForOneOfItsOwn_thenNothingIsMixed() {
    Actor l = fleet.linkup("l");
    Actor p = fleet.peerJs("p");
    l.sends(LinkupWords.signal("<l>", "<p>", LinkupWords.offer(sdp(11, "u1"))));
    p.gets(PeerJsWords.hears("OFFER", "<l>", "<p>",
        PeerJsWords.translatedOffer("<?dc>", sdp(11, "u1"))));
    p.sends(
        PeerJsWords.says("CANDIDATE", "<l>", PeerJsWords.candidate("own", candidate(1, "v1"))),
        PeerJsWords.says("OFFER", "<l>", PeerJsWords.offer("own", sdp(21, "v1"))))
        .gets(PeerJsWords.expire("<l>", "<p>"));
    l.getsNothingMore();

    p.sends(
        PeerJsWords.says("CANDIDATE", "<l>", PeerJsWords.candidate("<dc>", candidate(2, "v2"))),
        PeerJsWords.says("ANSWER", "<l>", PeerJsWords.answer("<dc>", sdp(22, "v2"))));

    l.gets(LinkupWords.signal("<p>", "<l>", LinkupWords.answer(sdp(22, "v2"))),
        LinkupWords.signal("<p>", "<l>", LinkupWords.candidate(candidate(2, "v2"))))
        .getsNothingMore();
  }

  @Test
  void givenALinkupClientThatHasJustAsked_whenItsCallCrossesWithAnother_thenNothingIsMixed() {
    fleet.reassemble("linkup", Map.of("glareWait", "10s"));
    Actor p = fleet.peerJs("p");
    Actor l = fleet.linkup("l").sends(LinkupWords.exists("e", "<p>"))
        .gets(LinkupWords.result("e", "true"));
    p.sends(
        PeerJsWords.says("CANDIDATE", "<l>", PeerJsWords.candidate("dc_1", candidate(1, "u1"))),
        PeerJsWords.says("OFFER", "<l>", PeerJsWords.offer("dc_1", sdp(11, "u1"))));
    l.getsNothingMore();

    l.sends(LinkupWords.signal("<l>", "<p>", LinkupWords.candidate(candidate(2, "v1"))),
        LinkupWords.signal("<l>", "<p>", LinkupWords.offer(sdp(21, "v1"))));

    p.getsInAnyOrder(PeerJsWords.expire("<l>", "<p>"),
        PeerJsWords.hears("OFFER", "<l>", "<p>",
            PeerJsWords.translatedOffer("<?dc>", sdp(21, "v1"))),
        PeerJsWords.hears("CANDIDATE", "<l>", "<p>",
            PeerJsWords.candidate("<dc>", candidate(2, "v1"))));
    p.sends(PeerJsWords.says("ANSWER", "<l>", PeerJsWords.answer("<dc>", sdp(12, "u2"))));
    l.gets(LinkupWords.signal("<p>", "<l>", LinkupWords.answer(sdp(12, "u2"))))
        .getsNothingMore();
  }

  // ---- an absent callee

  @Test
  void givenACandidateAndAnOfferThatWaitForTheirCallee_whenItComes_thenTheOfferIsFirst() {
    fleet.reassemble("peerjs", Map.of("expire_timeout", 60_000));
    Actor p = fleet.peerJs("p").sends(
        PeerJsWords.says("CANDIDATE", "<l>", PeerJsWords.candidate("dc_1", candidate(1, "u1"))),
        PeerJsWords.says("CANDIDATE", "<l>", PeerJsWords.candidate("dc_1", candidate(2, "u1"))),
        PeerJsWords.says("OFFER", "<l>", PeerJsWords.offer("dc_1", sdp(11, "u1"))));
    p.getsNothingMore();

    fleet.linkup("l").gets(
        LinkupWords.signal("<p>", "<l>", LinkupWords.offer(sdp(11, "u1"))),
        LinkupWords.signal("<p>", "<l>", LinkupWords.candidate(candidate(1, "u1"))),
        LinkupWords.signal("<p>", "<l>", LinkupWords.candidate(candidate(2, "u1"))))
        .getsNothingMore();
    p.getsNothingMore();
  }

  @Test
  void givenACandidateAndAnOffer_whenNobodyComesForThem_thenTheCallExpiresOnce() {
    fleet.peerJs("p").sends(
        PeerJsWords.says("CANDIDATE", "<l>", PeerJsWords.candidate("dc_1", candidate(1, "u1"))),
        PeerJsWords.says("OFFER", "<l>", PeerJsWords.offer("dc_1", sdp(11, "u1"))))
        .gets(PeerJsWords.expire("<l>", "<p>"))
        .getsNothingMore();
  }
}
