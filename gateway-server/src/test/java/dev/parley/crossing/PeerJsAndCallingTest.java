package dev.parley.crossing;

import static dev.parley.crossing.CallingWords.accept;
import static dev.parley.crossing.CallingWords.added;
import static dev.parley.crossing.CallingWords.cancelled;
import static dev.parley.crossing.CallingWords.deny;
import static dev.parley.crossing.CallingWords.done;
import static dev.parley.crossing.CallingWords.failed;
import static dev.parley.crossing.CallingWords.incoming;
import static dev.parley.crossing.CallingWords.invite;
import static dev.parley.crossing.CallingWords.invited;
import static dev.parley.crossing.CallingWords.leave;
import static dev.parley.crossing.CallingWords.removed;
import static dev.parley.crossing.CallingWords.responded;
import static dev.parley.crossing.CallingWords.settled;
import static dev.parley.crossing.CallingWords.shown;
import static dev.parley.crossing.Fleet.candidate;
import static dev.parley.crossing.Fleet.sdp;
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
import org.junit.jupiter.params.provider.EnumSource;

/** PeerJS clients and users of the calling dialect, each as caller and as callee. */
@ParameterizedClass
@EnumSource
class PeerJsAndCallingTest {

  private static final Guest P = new Guest("<p>", "peerjs");
  private static final String CHAT = "{\"chat\":{\"ordered\":true}}";
  private static final String ABOUT =
      "{\"dialect\":\"peerjs\",\"media\":\"data\",\"label\":\"chat\",\"metadata\":{\"x\":1}}";

  @AutoClose private final Fleet fleet;

  PeerJsAndCallingTest(Spread spread) {
    this.fleet = Fleet.of(spread);
  }

  /** The message that a user receives for {@code dc_1} once it has accepted. */
  private static String theOffer(String room, int session) {
    return P.told(room, CallingWords.description("offer", sdp(session), "{}", CHAT));
  }

  private static String answer(int tid, String room, int session) {
    return P.tells(tid, room, CallingWords.description("answer", sdp(session), "{}", CHAT));
  }

  private static String offer(int tid, String room, int session) {
    return P.tells(tid, room, CallingWords.offer(sdp(session)));
  }

  /** The message that a PeerJS client receives for a user's offer. */
  private static String call(String from, String connectionId, int session) {
    return hears("OFFER", from, "<p>",
        "{\"sdp\":{\"type\":\"offer\",\"sdp\":\"" + sdp(session)
            + "\"},\"type\":\"data\",\"connectionId\":\"" + connectionId
            + "\",\"label\":\"data\",\"reliable\":true,\"serialization\":\"raw\"}");
  }

  private static String rings(Actor p, String connectionId, int session) {
    p.sends(says("OFFER", "<c>", PeerJsWords.offer(connectionId, sdp(session))));
    return incoming("handle", "room", "<p>", "peerjs", ABOUT);
  }

  // ---- PeerJS calls

  @Test
  void givenAPeerJsCaller_whenTheUserAccepts_thenEachIsToldInItsOwnWords() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");

    c.gets(rings(p, "dc_1", 11));
    p.sends(says("CANDIDATE", "<c>", PeerJsWords.candidate("dc_1", candidate(1))));
    c.getsNothingMore();
    c.sends(accept(1, "<handle>")).gets(done(1), theOffer("<room>", 11),
        P.toldCandidate("<room>", 1));

    c.sends(answer(2, "<room>", 22)).gets(done(2));
    p.gets(hears("ANSWER", "<c>", "<p>", PeerJsWords.answer("dc_1", sdp(22))));
    c.sends(P.tellsCandidate(3, "<room>", 2)).gets(done(3));
    p.gets(hears("CANDIDATE", "<c>", "<p>", PeerJsWords.candidate("dc_1", candidate(2))));
    p.sends(says("CANDIDATE", "<c>", PeerJsWords.candidate("dc_1", candidate(3))));
    c.gets(P.toldCandidate("<room>", 3));
    c.getsNothingMore();
    p.getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenTheUserDenies_thenTheCallExpires() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));
    p.sends(says("CANDIDATE", "<c>", PeerJsWords.candidate("dc_1", candidate(1))));
    fleet.stage().settles();

    c.sends(deny(1, "<handle>")).gets(done(1));
    p.gets(expire("<c>", "<p>"));

    p.sends(says("CANDIDATE", "<c>", PeerJsWords.candidate("dc_1", candidate(2))));
    c.sends(accept(2, "<handle>")).gets(failed(2, "Invalid invitation handle"));
    c.getsNothingMore();
    p.getsNothingMore();
    assertThat(fleet.counted("parley.signals.undelivered", "peerjs", "calling", "offer"))
        .isEqualTo(1);
    assertThat(fleet.counted("parley.signals.dropped", "peerjs", "calling", "candidate"))
        .isEqualTo(1);
    p.vanishes();
    fleet.stage().awaits("the late candidate to be given up", () -> fleet
        .counted("parley.signals.dropped", "peerjs", "calling", "candidate") == 2);
  }

  @Test
  void givenAPeerJsCaller_whenItRingsTooLong_thenBothAreTold() {
    fleet.reassemble("calling", Map.of("ringTimeout", "200ms"));
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");

    c.gets(rings(p, "dc_1", 11), cancelled("<handle>"));
    p.gets(expire("<c>", "<p>"));

    c.sends(accept(1, "<handle>")).gets(failed(1, "Invalid invitation handle"));
    p.getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenItHangsUpWhileItRings_thenTheInvitationIsCancelled() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));

    p.sends("{'type':'LEAVE','dst':'<c>'}");

    c.gets(cancelled("<handle>")).getsNothingMore();
    p.getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenItVanishesWhileItRings_thenTheInvitationIsCancelled() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));

    p.vanishes();

    c.gets(cancelled("<handle>"));
    c.sends(accept(1, "<handle>")).gets(failed(1, "Invalid invitation handle")).getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenTheUserVanishesWhileItRings_thenTheCallExpires() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));

    c.vanishes();

    p.gets(expire("<c>", "<p>")).getsNothingMore();
  }

  @Test
  void givenAnAcceptedCall_whenTheUserLeavesTheRoomWithoutAnAnswer_thenTheCallExpires() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));
    c.sends(accept(1, "<handle>")).gets(done(1), theOffer("<room>", 11));

    c.sends(leave(2, "<room>")).gets(done(2));

    p.gets(expire("<c>", "<p>")).getsNothingMore();
  }

  @Test
  void givenAConnection_whenTheUserLeavesTheRoom_thenTheClientHangsUp() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));
    c.sends(accept(1, "<handle>"), answer(2, "<room>", 22))
        .gets(done(1), theOffer("<room>", 11), done(2));
    p.gets(1);

    c.sends(leave(3, "<room>")).gets(done(3));

    p.gets(PeerJsWords.leave("<c>", "<p>")).getsNothingMore();
    c.getsNothingMore();
  }

  @Test
  void givenAConnection_whenTheUserVanishes_thenTheClientIsToldNothing() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));
    c.sends(accept(1, "<handle>"), answer(2, "<room>", 22))
        .gets(done(1), theOffer("<room>", 11), done(2));
    p.gets(1);

    c.vanishes();
    Actor other = fleet.peerJs("q");
    other.sends(says("OFFER", "<c>", PeerJsWords.offer("dc_2", sdp(33))))
        .gets(expire("<c>", "<q>"));

    p.getsNothingMore();
  }

  @Test
  void givenAConnection_whenTheClientHangsUp_thenItLeavesTheRoom() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));
    c.sends(accept(1, "<handle>"), answer(2, "<room>", 22))
        .gets(done(1), theOffer("<room>", 11), done(2));
    p.gets(1);

    p.sends("{'type':'LEAVE','dst':'<c>'}");

    c.gets(removed("<room>", "<p>"));
    c.sends(P.tellsCandidate(3, "<room>", 1)).gets(added("<room>", "<p>", "peerjs", false),
        done(3));
  }

  @Test
  void givenTwoCallsOfOneClient_whenBothAreAccepted_thenEachHasARoomOfItsOwn() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));
    p.sends(says("OFFER", "<c>", PeerJsWords.offer("dc_2", sdp(12))));
    c.gets(incoming("handle2", "room2", "<p>", "peerjs", ABOUT));

    c.sends(accept(1, "<handle2>"), accept(2, "<handle>"))
        .gets(done(1), theOffer("<room2>", 12), done(2), theOffer("<room>", 11));
    c.sends(answer(3, "<room>", 21), answer(4, "<room2>", 22)).gets(done(3), done(4));

    p.gets(hears("ANSWER", "<c>", "<p>", PeerJsWords.answer("dc_1", sdp(21))),
        hears("ANSWER", "<c>", "<p>", PeerJsWords.answer("dc_2", sdp(22))));
    c.sends(leave(5, "<room>")).gets(done(5));
    p.getsNothingMore();
    c.sends(leave(6, "<room2>")).gets(done(6));
    p.gets(PeerJsWords.leave("<c>", "<p>")).getsNothingMore();
  }

  @Test
  void givenTheNameOfTheRoom_whenTheUserJoinsBeforeItAccepts_thenItGetsTheOffer() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));

    c.sends(CallingWords.join("<room>"), accept(1, "<handle>"))
        .gets(1).gets(done(1), theOffer("<room>", 11));
  }

  @Test
  void givenAClientThatCallsAndCalls_whenEightCallsRing_thenTheNextExpires() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    for (int i = 0; i < 9; i++) {
      p.sends(says("OFFER", "<c>", PeerJsWords.offer("dc_" + i, sdp(i))));
    }

    c.gets(8).getsNothingMore();
    p.gets(expire("<c>", "<p>")).getsNothingMore();
    fleet.peerJs("q").sends(says("OFFER", "<c>", PeerJsWords.offer("dc_q", sdp(99))));
    c.gets(1);
  }

  @Test
  void givenACallThatRings_whenMoreCandidatesComeThanAreKept_thenTheRestIsCounted() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));
    for (int i = 0; i < 130; i++) {
      p.sends(says("CANDIDATE", "<c>", PeerJsWords.candidate("dc_1", candidate(i))));
    }
    fleet.stage().settles();

    // The offer took one place.
    assertThat(fleet.counted("parley.signals.dropped", "peerjs", "calling", "candidate"))
        .isEqualTo(3);
    c.sends(accept(1, "<handle>")).gets(129).getsNothingMore();
  }

  @Test
  void givenAUserWhoIsCalled_whenItsCandidateComesBeforeItsAnswer_thenItFollowsTheAnswer() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));
    c.sends(accept(1, "<handle>")).gets(done(1), theOffer("<room>", 11));

    c.sends(P.tellsCandidate(2, "<room>", 1), answer(3, "<room>", 22)).gets(done(2), done(3));

    p.gets(hears("ANSWER", "<c>", "<p>", PeerJsWords.answer("dc_1", sdp(22))),
        hears("CANDIDATE", "<c>", "<p>", PeerJsWords.candidate("dc_1", candidate(1))))
        .getsNothingMore();
  }

  @Test
  void givenCandidatesThatComeBeforeTheirOffer_whenAPeerJsClientCalls_thenTheyFollowTheOffer() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    p.sends(says("CANDIDATE", "<c>", PeerJsWords.candidate("dc_1", candidate(1))),
        says("CANDIDATE", "<c>", PeerJsWords.candidate("dc_2", candidate(2))),
        says("CANDIDATE", "<c>", PeerJsWords.candidate("dc_1", candidate(3))));
    c.getsNothingMore();

    c.gets(rings(p, "dc_1", 11));
    p.sends(says("CANDIDATE", "<c>", PeerJsWords.candidate("dc_1", candidate(4))));
    fleet.stage().settles();
    c.sends(accept(1, "<handle>")).gets(done(1), theOffer("<room>", 11),
        P.toldCandidate("<room>", 1), P.toldCandidate("<room>", 3), P.toldCandidate("<room>", 4));

    c.getsNothingMore();
    p.getsNothingMore();
  }

  @Test
  void givenMoreEarlyCandidatesThanAreKept_whenTheOfferComes_thenTheRestIsCounted() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    for (int i = 0; i < 130; i++) {
      p.sends(says("CANDIDATE", "<c>", PeerJsWords.candidate("dc_1", candidate(i))));
    }

    c.gets(rings(p, "dc_1", 11));

    // The offer takes one place.
    assertThat(fleet.counted("parley.signals.dropped", "peerjs", "calling", "candidate"))
        .isEqualTo(3);
    c.sends(accept(1, "<handle>")).gets(129).getsNothingMore();
  }

  @Test
  void givenEarlyCandidates_whenTheUserIsGone_thenTheyAreCounted() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    p.sends(says("CANDIDATE", "<c>", PeerJsWords.candidate("dc_1", candidate(1))));
    fleet.stage().settles();

    c.leaves();

    fleet.stage().awaits("the candidate to be counted", () -> fleet
        .counted("parley.signals.dropped", "peerjs", "calling", "candidate") == 1);
  }

  @Test
  void givenACandidateThatComesBeforeItsOffer_whenAUserSendsIt_thenItFollowsTheOffer() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);

    c.sends(P.tellsCandidate(2, "r", 1), offer(3, "r", 33)).gets(done(2), done(3));

    p.gets(call("<c>", "<?key>", 33),
        hears("CANDIDATE", "<c>", "<p>", PeerJsWords.candidate("<key>", candidate(1))));
  }

  @Test
  void givenACallThatIsNotAnswered_whenTheUserOffersAgain_thenTheFirstOfferStillCounts() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);
    c.sends(offer(2, "r", 33)).gets(done(2));
    p.gets(call("<c>", "<?key>", 33));

    c.sends(offer(3, "r", 33)).gets(done(3)).getsNothingMore();
    p.sends(says("ANSWER", "<c>", PeerJsWords.answer("<key>", sdp(44))));

    c.gets(CallingWords.hears("r", "<p>", "signaling", CallingWords.answer(sdp(44))));
  }

  @Test
  void givenARoomThatTheUserCannotEnter_whenItAccepts_thenItIsToldWhyAndCanTryAgain() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));
    String big = "{\"type\":\"invite_accept\",\"handle\":<handle>,\"status\":{\"x\":\""
        + "x".repeat(20_000) + "\"},\"tid\":1}";

    c.sends(big, accept(2, "<handle>"))
        .gets(failed(1, "Status is too big"), done(2), theOffer("<room>", 11));
  }

  @Test
  void givenUsersThatCannotBeInvited_whenAPeerJsClientCalls_thenItsCallExpires() {
    fleet.reassemble("calling", Map.of("disable", new String[] {"invitations"}));
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");

    p.sends(says("OFFER", "<c>", PeerJsWords.offer("dc_1", sdp(11)))).gets(expire("<c>", "<p>"));

    c.getsNothingMore();
  }

  @Test
  void givenAPeerJsCaller_whenItSendsAudio_thenTheUserIsToldWhichPartIsWhichStream() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    String sdp = "v=0\\r\\no=- 11 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n"
        + "m=audio 9 UDP/TLS/RTP/SAVPF 111\\r\\na=mid:0\\r\\na=sendrecv\\r\\na=msid:s1 t1\\r\\n"
        + "m=video 9 UDP/TLS/RTP/SAVPF 96\\r\\na=mid:1\\r\\na=sendrecv\\r\\na=msid:s1 t2\\r\\n";

    p.sends(says("OFFER", "<c>", "{\"sdp\":{\"type\":\"offer\",\"sdp\":\"" + sdp
        + "\"},\"type\":\"media\",\"connectionId\":\"mc_1\"}"));
    c.gets(incoming("handle", "room", "<p>", "peerjs",
        "{\"dialect\":\"peerjs\",\"media\":\"media\"}"));

    c.sends(accept(1, "<handle>")).gets(done(1),
        CallingWords.hears("<room>", "<p>", "signaling", CallingWords.description("offer", sdp,
            "{\"0\":[\"stream\",\"audio\"],\"1\":[\"stream\",\"video\"]}", "{}")));
  }

  // ---- users call

  @Test
  void givenAUserWhoInvitesAPeerJsClient_whenItAnswers_thenEachIsToldInItsOwnWords() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);

    c.sends(offer(2, "r", 33), P.tellsCandidate(3, "r", 1)).gets(done(2), done(3));
    p.gets(call("<c>", "<?key>", 33),
        hears("CANDIDATE", "<c>", "<p>", PeerJsWords.candidate("<key>", candidate(1))));
    p.sends(says("ANSWER", "<c>", PeerJsWords.answer("<key>", sdp(44))),
        says("CANDIDATE", "<c>", PeerJsWords.candidate("<key>", candidate(2))));
    c.gets(CallingWords.hears("r", "<p>", "signaling", CallingWords.answer(sdp(44))),
        P.toldCandidate("r", 2));

    c.sends(CallingWords.says(4, "r", "<p>", "ice_candidate", "null")).gets(done(4));
    p.getsNothingMore();
    c.getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "calling", "peerjs", "end_of_candidates"))
        .isEqualTo(1);
  }

  @Test
  void givenAUserWhoInvitesAPeerJsClient_whenItsCandidateComesFirst_thenItWaitsForTheAnswer() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);
    c.sends(offer(2, "r", 33)).gets(done(2));
    p.gets(call("<c>", "<?key>", 33));

    p.sends(says("CANDIDATE", "<c>", PeerJsWords.candidate("<key>", candidate(2))));
    c.getsNothingMore();
    p.sends(says("ANSWER", "<c>", PeerJsWords.answer("<key>", sdp(44))));

    c.gets(CallingWords.hears("r", "<p>", "signaling", CallingWords.answer(sdp(44))),
        P.toldCandidate("r", 2));
  }

  @Test
  void givenTwoUsersInARoom_whenOneInvitesAPeerJsClient_thenEachHasItsOwnConversationWithIt() {
    Actor p = fleet.peerJs("p");
    Actor d = fleet.caller("d", "r");
    Actor c = fleet.caller("c").sends(CallingWords.join("r")).gets(1);
    d.gets(1);

    c.sends(invite(1, "r", "<p>")).gets(5);
    d.gets(added("r", "<p>", "peerjs", false));
    c.sends(offer(2, "r", 33)).gets(done(2));
    p.gets(call("<c>", "<?key>", 33));
    d.sends(offer(1, "r", 34)).gets(done(1));
    p.gets(call("<d>", "<?key2>", 34));
    p.sends(says("ANSWER", "<d>", PeerJsWords.answer("<key2>", sdp(45))),
        says("ANSWER", "<c>", PeerJsWords.answer("<key>", sdp(44))));
    d.gets(CallingWords.hears("r", "<p>", "signaling", CallingWords.answer(sdp(45))));
    c.gets(CallingWords.hears("r", "<p>", "signaling", CallingWords.answer(sdp(44))));

    c.sends(leave(3, "r")).gets(done(3));
    p.gets(PeerJsWords.leave("<c>", "<p>"));
    d.gets(removed("r", "<c>"));
    p.vanishes();
    d.gets(removed("r", "<p>")).getsNothingMore();
    c.getsNothingMore();
  }

  @Test
  void givenAPeerJsClientInARoom_whenAnotherUserComes_thenItSeesTheClientToo() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);
    Actor d = fleet.caller("d");
    Actor e = fleet.caller("e");

    d.sends(CallingWords.join("r")).gets(1).gets(added("r", "<p>", "peerjs", false));
    c.gets(1).sends(invite(2, "r", "<e>")).gets(2);
    e.gets("{'type':'invite_incoming','handle':'<?h>','room':'r','peers':{'<c>':{'pending':false,"
        + "'status':{}},'<d>':{'pending':false,'status':{}}},'status':{},'sender':'<c>','data':{}}");
    e.sends(accept(1, "<h>")).gets(done(1), added("r", "<p>", "peerjs", false)).getsNothingMore();

    e.sends(offer(2, "r", 35)).gets(done(2));
    p.gets(call("<e>", "<?key>", 35)).getsNothingMore();
  }

  @Test
  void givenTwoClientsInARoom_whenOneHangsUpOnAUser_thenTheOthersHaveItStill() {
    Actor p = fleet.peerJs("p");
    fleet.peerJs("q");
    Actor c = P.inviter(fleet).sends(invite(2, "r", "<q>")).gets(5);
    Actor d = fleet.caller("d");
    d.sends(CallingWords.join("r")).gets(1)
        .gets(added("r", "<p>", "peerjs", false), added("r", "<q>", "peerjs", false));
    c.gets(1);

    p.sends("{'type':'LEAVE','dst':'<d>'}");

    d.gets(removed("r", "<p>")).getsNothingMore();
    c.getsNothingMore();
    Actor e = fleet.caller("e");
    e.sends(CallingWords.join("r")).gets(1)
        .gets(added("r", "<p>", "peerjs", false), added("r", "<q>", "peerjs", false));
    c.gets(1);
    d.gets(1).sends(offer(1, "r", 34)).gets(added("r", "<p>", "peerjs", false), done(1));
    p.gets(call("<d>", "<?key>", 34)).vanishes();
    c.gets(removed("r", "<p>")).getsNothingMore();
    d.gets(removed("r", "<p>")).getsNothingMore();
    e.gets(removed("r", "<p>")).getsNothingMore();
  }

  @Test
  void givenAClientThatHungUpOnTheOnlyUser_whenAnotherComes_thenItIsNotThere() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);
    p.sends("{'type':'LEAVE','dst':'<c>'}");
    c.gets(removed("r", "<p>"));
    fleet.stage().settles();

    fleet.caller("d").sends(CallingWords.join("r")).gets(1).getsNothingMore();
  }

  @Test
  void givenACallThatWasTaken_whenAnotherUserComesToItsRoom_thenItSeesTheCaller() {
    Actor c = fleet.caller("c");
    Actor p = fleet.peerJs("p");
    c.gets(rings(p, "dc_1", 11));
    c.sends(accept(1, "<handle>"), answer(2, "<room>", 22))
        .gets(done(1), theOffer("<room>", 11), done(2));
    p.gets(1);

    Actor d = fleet.caller("d");
    d.sends(CallingWords.join("<room>"))
        .gets("{'type':'answer','tid':0,'data':{'room':'<room>','peers':{'<c>':{'pending':false,"
            + "'status':{}}},'status':{}}}", added("<room>", "<p>", "peerjs", false));
    d.sends(offer(1, "<room>", 34)).gets(done(1));
    p.gets(call("<d>", "<?key>", 34));

    c.gets(1).sends(leave(3, "<room>")).gets(done(3));
    p.gets(PeerJsWords.leave("<c>", "<p>"));
    d.gets(removed("<room>", "<c>")).getsNothingMore();
    p.vanishes();
    d.gets(removed("<room>", "<p>")).getsNothingMore();
    c.getsNothingMore();
  }

  @Test
  void givenARoomThatEmptied_whenAUserComes_thenNoClientIsThere() {
    fleet.peerJs("p");
    Actor c = P.inviter(fleet);
    c.sends(leave(2, "r")).gets(done(2));

    fleet.caller("d", "r").getsNothingMore();
    c.sends(CallingWords.join("r")).gets(1);
    c.vanishes();
    fleet.stage().actor("d").gets(2).getsNothingMore();
  }

  @Test
  void givenAClientThatIsBack_whenItIsBroughtInAgain_thenEachSeesItGoAndComeOnce() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);
    Actor d = fleet.caller("d");
    d.sends(CallingWords.join("r")).gets(1).gets(added("r", "<p>", "peerjs", false));
    c.gets(1);

    p.vanishes();
    c.gets(removed("r", "<p>"));
    d.gets(removed("r", "<p>"));
    fleet.peerJs("p");
    d.sends(offer(1, "r", 34)).gets(added("r", "<p>", "peerjs", false), done(1));

    c.gets(added("r", "<p>", "peerjs", false)).getsNothingMore();
    d.getsNothingMore();
  }

  @Test
  void givenUsersWhoBringInTheSameClientAtOnce_whenAllAreAnswered_thenEachSeesItOnce() {
    fleet.peerJs("p");
    Actor c = fleet.caller("c", "r");
    Actor d = fleet.caller("d").sends(CallingWords.join("r")).gets(1);
    c.gets(1);

    c.sends(offer(1, "r", 33));
    d.sends(offer(1, "r", 34));

    c.gets(added("r", "<p>", "peerjs", false), done(1)).getsNothingMore();
    d.gets(added("r", "<p>", "peerjs", false), done(1)).getsNothingMore();
  }

  @Test
  void givenAUserThatIsOnlyInvited_whenItDenies_thenItIsNotToldOfGuests() {
    fleet.peerJs("p");
    Actor d = fleet.caller("d");
    Actor c = fleet.caller("c", "r").sends(invite(1, "r", "<d>")).gets(2);
    d.gets(1);

    c.sends(invite(2, "r", "<p>")).gets(5);
    d.getsNothingMore();
    d.sends(deny(1, "0")).gets(done(1)).getsNothingMore();
  }

  @Test
  void givenAUser_whenItSpeaksToAPeerJsClientUninvited_thenTheClientIsAMemberFromThenOn() {
    Actor p = fleet.peerJs("p");
    Actor c = fleet.caller("c", "r");

    c.sends(offer(1, "r", 33)).gets(added("r", "<p>", "peerjs", false), done(1));

    p.gets(call("<c>", "<?key>", 33));
  }

  @Test
  void givenNobody_whenAUserInvitesOrSpeaks_thenTheRecipientIsUnknown() {
    Actor c = fleet.caller("c", "r");

    c.sends(invite(1, "r", "<p>"), offer(2, "r", 33))
        .gets(failed(1, "Unknown recipient"), failed(2, "Unknown recipient"));
  }

  @Test
  void givenAnotherUser_whenAUserSpeaksToItOutsideOfItsRoom_thenTheRecipientIsUnknown() {
    fleet.caller("d");
    Actor c = fleet.caller("c", "r");

    c.sends(CallingWords.says(1, "r", "<d>", "message", "{}")).gets(failed(1, "Unknown recipient"));
  }

  @Test
  void givenAUserWhoIsNotInTheRoom_whenItInvitesAPeerJsClient_thenItIsRefused() {
    fleet.peerJs("p");
    Actor c = fleet.caller("c");
    fleet.caller("d", "r");

    c.sends(invite(1, "r", "<p>"), invite(2, "other", "<p>"))
        .gets(failed(1, "You are not in the room"), failed(2, "Room does not exist"));
  }

  @Test
  void givenAnInvitedPeerJsClient_whenItIsInvitedAgain_thenItIsInTheRoomAlready() {
    fleet.peerJs("p");

    P.inviter(fleet).sends(invite(2, "r", "<p>")).gets(failed(2, "User is already in room"));
  }

  @Test
  void givenRequestsInOneGo_whenOneIsAboutAPeerOfAnotherDialect_thenTheAnswersAreInOrder() {
    fleet.peerJs("p");
    Actor c = fleet.caller("c", "r");

    c.sends(invite(1, "r", "<p>"), "{'type':'ping','tid':2}", invite(3, "r", "<nobody>"),
        "{'type':'ping','tid':4}");

    c.gets(added("r", "<p>", "peerjs", true), invited(1, "handle"), responded("<handle>", true),
        settled("r", "<p>"), shown("r", "<p>", "peerjs"), done(2),
        failed(3, "Unknown recipient"), done(4));
  }

  @Test
  void givenAnUnansweredCall_whenTheClientVanishes_thenItLeavesTheRoom() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);
    c.sends(offer(2, "r", 33)).gets(done(2));
    p.gets(1);

    p.vanishes();

    c.gets(removed("r", "<p>"));
    // The call is refused at the end of the session, and its id released a moment later.
    fleet.stage().awaits("the id to be free",
        () -> !fleet.peers().contains(fleet.stage().resolve("<p>")));
    c.sends(P.tellsCandidate(3, "r", 1)).gets(failed(3, "Unknown recipient"));
  }

  @Test
  void givenAConnection_whenTheUserOffersAnew_thenTheOfferIsCountedAndTheConnectionStays() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);
    c.sends(offer(2, "r", 33)).gets(done(2));
    p.gets(call("<c>", "<?key>", 33));
    p.sends(says("ANSWER", "<c>", PeerJsWords.answer("<key>", sdp(44))));
    c.gets(1);

    c.sends(offer(3, "r", 33)).gets(done(3)).getsNothingMore();
    p.getsNothingMore();
    assertThat(fleet.counted("parley.signals.undelivered", "calling", "peerjs", "offer"))
        .isEqualTo(1);

    p.sends(says("CANDIDATE", "<c>", PeerJsWords.candidate("<key>", candidate(2))));
    c.gets(P.toldCandidate("r", 2));
  }

  @Test
  void givenAConnection_whenTheUserCallsAgain_thenItIsAnotherConnection() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);
    c.sends(offer(2, "r", 33)).gets(done(2));
    p.gets(call("<c>", "<?key>", 33));
    p.sends(says("ANSWER", "<c>", PeerJsWords.answer("<key>", sdp(44))));
    c.gets(1);

    c.sends(offer(3, "r", 34)).gets(done(3));
    p.gets(call("<c>", "<?key2>", 34));
    p.sends(says("ANSWER", "<c>", PeerJsWords.answer("<key2>", sdp(45))));

    c.gets(CallingWords.hears("r", "<p>", "signaling", CallingWords.answer(sdp(45))));
  }

  @Test
  void givenBothCallAtOnce_whenBothAreAnswered_thenThereAreTwoConnections() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);
    c.sends(offer(2, "r", 33)).gets(done(2));
    c.gets(rings2(p));
    p.gets(call("<c>", "<?key>", 33));

    c.sends(accept(3, "<handle2>")).gets(done(3), theOffer("<room2>", 11));
    c.sends(answer(4, "<room2>", 22)).gets(done(4));
    p.gets(hears("ANSWER", "<c>", "<p>", PeerJsWords.answer("dc_1", sdp(22))));
    p.sends(says("ANSWER", "<c>", PeerJsWords.answer("<key>", sdp(44))));

    c.gets(CallingWords.hears("r", "<p>", "signaling", CallingWords.answer(sdp(44))));
  }

  private static String rings2(Actor p) {
    p.sends(says("OFFER", "<c>", PeerJsWords.offer("dc_1", sdp(11))));
    return incoming("handle2", "room2", "<p>", "peerjs", ABOUT);
  }

  @Test
  void givenAMessageOfTheApplication_whenAUserSendsIt_thenItIsDroppedAndCounted() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);

    c.sends(CallingWords.says(2, "r", "<p>", "message", "{\"a\":1}")).gets(done(2));

    p.getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "calling", "peerjs", "custom"))
        .isEqualTo(1);
  }

  @Test
  void givenAUserWhoSendsVideo_whenItsStreamHasNoId_thenTheClientGetsOne() {
    Actor p = fleet.peerJs("p");
    Actor c = P.inviter(fleet);
    String begins = "v=0\\r\\no=- 33 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n"
        + "m=video 9 UDP/TLS/RTP/SAVPF 96\\r\\na=mid:0\\r\\na=msid:";

    c.sends(CallingWords.says(2, "r", "<p>", "signaling", CallingWords.description("offer",
        begins + "- t1\\r\\n", "{\"0\":[\"stream\",\"video\"]}", "{}"))).gets(done(2));

    p.gets(hears("OFFER", "<c>", "<p>",
        PeerJsWords.translatedCall("<?key>", begins + "parley t1\\r\\n")));
    p.sends(says("ANSWER", "<c>", "{\"sdp\":{\"type\":\"answer\",\"sdp\":\"" + begins
        + "s1 t2\\r\\n\"},\"type\":\"media\",\"connectionId\":\"<key>\"}"));
    c.gets(CallingWords.hears("r", "<p>", "signaling", CallingWords.description("answer",
        begins + "s1 t2\\r\\n", "{\"0\":[\"stream\",\"video\"]}", "{}")));
  }
}
