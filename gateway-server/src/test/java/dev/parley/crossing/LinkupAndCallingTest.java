package dev.parley.crossing;

import static dev.parley.crossing.CallingWords.accept;
import static dev.parley.crossing.CallingWords.added;
import static dev.parley.crossing.CallingWords.cancelled;
import static dev.parley.crossing.CallingWords.deny;
import static dev.parley.crossing.CallingWords.done;
import static dev.parley.crossing.CallingWords.incoming;
import static dev.parley.crossing.CallingWords.invite;
import static dev.parley.crossing.CallingWords.leave;
import static dev.parley.crossing.CallingWords.removed;
import static dev.parley.crossing.Fleet.candidate;
import static dev.parley.crossing.Fleet.sdp;
import static dev.parley.crossing.LinkupWords.exists;
import static dev.parley.crossing.LinkupWords.result;
import static dev.parley.crossing.LinkupWords.signal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Spread;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Linkup clients and users of the calling dialect, each as caller and as callee. */
@ParameterizedClass
@EnumSource
class LinkupAndCallingTest {

  private static final Guest L = new Guest("<l>", "linkup");
  private static final String ABOUT = "{\"dialect\":\"linkup\",\"media\":\"data\"}";

  @AutoClose private final Fleet fleet;

  LinkupAndCallingTest(Spread spread) {
    this.fleet = Fleet.of(spread);
  }

  private static String says(String simplePeer) {
    return signal("<l>", "<c>", simplePeer);
  }

  private static String hears(String simplePeer) {
    return signal("<c>", "<l>", simplePeer);
  }

  private static String offer(int session) {
    return LinkupWords.offer(sdp(session));
  }

  private static String answer(int session) {
    return LinkupWords.answer(sdp(session));
  }

  private static String cand(int number) {
    return LinkupWords.candidate(candidate(number));
  }

  private static String ring(String handle, String room) {
    return incoming(handle, room, "<l>", "linkup", ABOUT);
  }

  // ---- linkup calls

  @Test
  void givenALinkupCaller_whenTheUserAccepts_thenEachIsToldInItsOwnWords() {
    Actor c = fleet.caller("c");
    Actor l = fleet.linkup("l");

    l.sends(exists("1", "<c>")).gets(result("1", "true"));
    l.sends(says(offer(11)), says(cand(1)));
    c.gets(ring("handle", "room")).getsNothingMore();
    c.sends(accept(1, "<handle>"))
        .gets(done(1), L.told("<room>", CallingWords.offer(sdp(11))), L.toldCandidate("<room>", 1));

    c.sends(L.tells(2, "<room>", CallingWords.answer(sdp(22))), L.tellsCandidate(3, "<room>", 2))
        .gets(done(2), done(3));
    l.gets(hears(answer(22)), hears(cand(2)));
    l.sends(says(cand(3)));
    c.gets(L.toldCandidate("<room>", 3)).getsNothingMore();
    l.getsNothingMore();
  }

  @Test
  void givenACandidateThatDoesNotSayEverything_whenItReachesTheUser_thenItHasEveryField() {
    Actor c = fleet.caller("c");
    Actor l = fleet.linkup("l");

    l.sends(says(offer(11)), says(LinkupWords.candidate("{\"candidate\":\"candidate:1\"}")),
        says(LinkupWords.candidate("{\"candidate\":\"candidate:2\",\"sdpMid\":\"0\"}")));

    c.gets(ring("handle", "room")).sends(accept(1, "<handle>"))
        .gets(done(1), L.told("<room>", CallingWords.offer(sdp(11))),
            CallingWords.hears("<room>", "<l>", "ice_candidate", "{\"candidate\":\"candidate:1\","
                + "\"sdpMid\":null,\"sdpMLineIndex\":0,\"usernameFragment\":null}"),
            CallingWords.hears("<room>", "<l>", "ice_candidate", "{\"candidate\":\"candidate:2\","
                + "\"sdpMid\":\"0\",\"sdpMLineIndex\":0,\"usernameFragment\":null}"));
  }

  @Test
  void givenCandidatesThatComeBeforeTheirOffer_whenALinkupClientCalls_thenTheyFollowTheOffer() {
    Actor c = fleet.caller("c");
    Actor l = fleet.linkup("l");

    l.sends(says(cand(1)), says(cand(2)), says(offer(11)), says(cand(3)));

    c.gets(ring("handle", "room")).getsNothingMore();
    c.sends(accept(1, "<handle>")).gets(done(1), L.told("<room>", CallingWords.offer(sdp(11))),
        L.toldCandidate("<room>", 1), L.toldCandidate("<room>", 2), L.toldCandidate("<room>", 3))
        .getsNothingMore();
  }

  @Test
  void givenALinkupClientInARoom_whenItsOwnCallBeginsWithACandidate_thenThatFollowsTheOffer() {
    Actor l = fleet.linkup("l");
    Actor c = L.inviter(fleet);

    l.sends(says(cand(1)), says(offer(11)));

    c.gets(ring("handle2", "room"));
    c.sends(accept(2, "<handle2>")).gets(done(2), L.told("<room>", CallingWords.offer(sdp(11))),
        L.toldCandidate("<room>", 1)).getsNothingMore();
  }

  @Test
  void givenALabelInTheConfiguration_whenALinkupClientCalls_thenItsChannelIsCalledThat() {
    fleet.reassemble("calling", Map.of("channelLabel", "talk"));
    Actor c = fleet.caller("c");
    Actor l = fleet.linkup("l");

    l.sends(says(offer(11)));
    c.gets(ring("handle", "room")).sends(accept(1, "<handle>")).gets(done(1), L.told("<room>",
        CallingWords.description("offer", sdp(11), "{}", "{\"talk\":{\"ordered\":true}}")));
  }

  @Test
  void givenALinkupCallerOfTheOlderForm_whenTheUserAnswers_thenItGetsText() {
    Actor c = fleet.caller("c");
    Actor l = fleet.oldLinkup("l");

    l.sends(LinkupWords.enveloped("<l>", "<c>", LinkupWords.packed(offer(11))));
    c.gets(ring("handle", "room")).sends(accept(1, "<handle>"))
        .gets(done(1), L.told("<room>", CallingWords.offer(sdp(11))));
    c.sends(L.tells(2, "<room>", CallingWords.answer(sdp(22)))).gets(done(2));

    l.gets(LinkupWords.enveloped("<c>", "<l>", LinkupWords.packed(answer(22))));
  }

  @Test
  void givenALinkupCaller_whenTheUserDenies_thenNothingMoreOfItReachesTheUser() {
    Actor c = fleet.caller("c");
    Actor l = fleet.linkup("l");
    l.sends(says(offer(11)));
    c.gets(ring("handle", "room")).sends(deny(1, "<handle>")).gets(done(1));

    l.sends(says(cand(1))).getsNothingMore();

    c.getsNothingMore();
    assertThat(fleet.counted("parley.signals.undelivered", "linkup", "calling", "offer"))
        .isEqualTo(1);
    l.vanishes();
    fleet.stage().awaits("the late candidate to be given up", () -> fleet
        .counted("parley.signals.dropped", "linkup", "calling", "candidate") == 1);
  }

  @Test
  void givenALinkupCaller_whenItCallsAgainWhileItRings_thenTheFormerInvitationIsCancelled() {
    Actor c = fleet.caller("c");
    Actor l = fleet.linkup("l");
    l.sends(says(offer(11)));
    c.gets(ring("handle", "room"));

    l.sends(says(offer(12)));

    c.gets(cancelled("<handle>"), ring("handle2", "room2"));
    c.sends(accept(1, "<handle2>")).gets(done(1), L.told("<room2>", CallingWords.offer(sdp(12))));
  }

  @Test
  void givenALinkupCaller_whenItVanishesOrRingsTooLong_thenTheInvitationIsCancelled() {
    fleet.reassemble("calling", Map.of("ringTimeout", "200ms"));
    Actor c = fleet.caller("c");
    fleet.linkup("l").sends(says(offer(11)));
    c.gets(ring("handle", "room"), cancelled("<handle>"));

    Actor again = fleet.stage().actor("l");
    again.sends(says(offer(12)));
    c.gets(ring("handle2", "room2"));
    again.vanishes();
    c.gets(cancelled("<handle2>")).getsNothingMore();
  }

  @Test
  void givenAConnection_whenLinkupOffersAnew_thenTheUserNegotiatesInTheSameRoom() {
    Actor c = fleet.caller("c");
    Actor l = fleet.linkup("l");
    l.sends(says(offer(11)));
    c.gets(ring("handle", "room")).sends(accept(1, "<handle>"),
        L.tells(2, "<room>", CallingWords.answer(sdp(22)))).gets(3);
    l.gets(hears(answer(22)));

    l.sends(says(offer(11)));
    c.gets(L.told("<room>", CallingWords.offer(sdp(11))));
    c.sends(L.tells(3, "<room>", CallingWords.answer(sdp(22)))).gets(done(3));

    l.gets(hears(answer(22)));
  }

  @Test
  void givenAConnection_whenTheUserOffersAnew_thenLinkupIsToldInTheSameConversation() {
    Actor c = fleet.caller("c");
    Actor l = fleet.linkup("l");
    l.sends(says(offer(11)));
    c.gets(ring("handle", "room")).sends(accept(1, "<handle>"),
        L.tells(2, "<room>", CallingWords.answer(sdp(22)))).gets(3);
    l.gets(hears(answer(22)));

    c.sends(L.tells(3, "<room>", CallingWords.offer(sdp(22)))).gets(done(3));
    l.gets(hears(offer(22))).sends(says(answer(11)));

    c.gets(L.told("<room>", CallingWords.answer(sdp(11))));
  }

  @Test
  void givenBothOfferAnewAtOnce_whenTheUserWasToldFirst_thenItsOwnOfferIsWithheld() {
    Actor c = fleet.caller("c");
    Actor l = fleet.linkup("l");
    l.sends(says(offer(11)));
    c.gets(ring("handle", "room")).sends(accept(1, "<handle>"),
        L.tells(2, "<room>", CallingWords.answer(sdp(22)))).gets(3);
    l.gets(hears(answer(22)));

    l.sends(says(offer(11)));
    c.gets(L.told("<room>", CallingWords.offer(sdp(11))));
    c.sends(L.tells(3, "<room>", CallingWords.offer(sdp(22))),
        L.tells(4, "<room>", CallingWords.answer(sdp(22)))).gets(done(3), done(4));

    l.gets(hears(answer(22))).getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "calling", "linkup", "offer"))
        .isEqualTo(1);
  }

  @Test
  void givenAConnection_whenLinkupCallsAnew_thenItLeavesTheFormerRoom() {
    Actor c = fleet.caller("c");
    Actor l = fleet.linkup("l");
    l.sends(says(offer(11)));
    c.gets(ring("handle", "room")).sends(accept(1, "<handle>"),
        L.tells(2, "<room>", CallingWords.answer(sdp(22)))).gets(3);
    l.gets(hears(answer(22)));

    l.sends(says(offer(12)));

    c.gets(removed("<room>", "<l>"), ring("handle2", "room2"));
  }

  @Test
  void givenAConnection_whenTheLinkupClientVanishes_thenItLeavesTheRoom() {
    Actor c = fleet.caller("c");
    Actor l = fleet.linkup("l");
    l.sends(says(offer(11)));
    c.gets(ring("handle", "room")).sends(accept(1, "<handle>"),
        L.tells(2, "<room>", CallingWords.answer(sdp(22)))).gets(3);
    l.gets(hears(answer(22))).vanishes();

    c.gets(removed("<room>", "<l>")).getsNothingMore();
  }

  // ---- users call

  @Test
  void givenAUserWhoInvitesALinkupClient_whenItAnswers_thenEachIsToldInItsOwnWords() {
    Actor l = fleet.linkup("l");
    Actor c = L.inviter(fleet);

    c.sends(L.tells(2, "r", CallingWords.offer(sdp(33))), L.tellsCandidate(3, "r", 1),
        CallingWords.says(4, "r", "<l>", "ice_candidate", "null"))
        .gets(done(2), done(3), done(4));
    l.gets(hears(offer(33)), hears(cand(1))).getsNothingMore();
    l.sends(says(cand(2)), says(answer(44)), says(cand(3)));

    c.gets(L.told("r", CallingWords.answer(sdp(44))), L.toldCandidate("r", 2),
        L.toldCandidate("r", 3))
        .getsNothingMore();
  }

  @Test
  void givenALinkupClientThatIsCalling_whenTheUserCallsItToo_thenTheClientsCallWins() {
    Actor l = fleet.linkup("l");
    Actor c = L.inviter(fleet);
    l.sends(says(offer(11)));
    c.gets(ring("handle2", "room"));

    c.sends(L.tells(2, "r", CallingWords.offer(sdp(33)))).gets(done(2), removed("r", "<l>"));
    l.getsNothingMore();

    c.sends(accept(3, "<handle2>")).gets(done(3), L.told("<room>", CallingWords.offer(sdp(11))));
    c.sends(L.tells(4, "<room>", CallingWords.answer(sdp(22)))).gets(done(4));
    l.gets(hears(answer(22)));
  }

  @Test
  void givenAUserThatIsCalling_whenTheLinkupClientCallsItToo_thenTheUsersCallWins() {
    Actor l = fleet.linkup("l");
    Actor c = L.inviter(fleet);
    c.sends(L.tells(2, "r", CallingWords.offer(sdp(33)))).gets(done(2));
    l.gets(hears(offer(33)));

    l.sends(says(offer(11)), says(answer(44)));

    c.gets(L.told("r", CallingWords.answer(sdp(44)))).getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "linkup", "calling", "offer"))
        .isEqualTo(1);
  }

  @Test
  void givenAConnectionInEachOfTwoRooms_whenTheLinkupClientSpeaks_thenItIsHeardInTheRightRoom() {
    Actor l = fleet.linkup("l");
    Actor c = L.inviter(fleet);
    c.sends(L.tells(2, "r", CallingWords.offer(sdp(33)))).gets(done(2));
    l.gets(hears(offer(33))).sends(says(answer(44)));
    c.gets(1);

    c.sends(CallingWords.join("q"), L.tells(3, "q", CallingWords.offer(sdp(34))))
        .gets(1).gets(added("q", "<l>", "linkup", false), done(3));
    l.gets(signal("<c>" + LinkupWords.SECOND, "<l>", offer(34)));
    l.sends(signal("<l>", "<c>" + LinkupWords.SECOND, answer(45)), signal("<l>", "<c>", cand(1)),
        signal("<l>", "<c>" + LinkupWords.SECOND, cand(2)));

    c.gets(L.told("q", CallingWords.answer(sdp(45))), L.toldCandidate("r", 1),
        L.toldCandidate("q", 2));
  }

  @Test
  void givenTwoLinkupClientsInOneRoom_whenBothAreCalled_thenTheyAreTwoConversations() {
    Actor l = fleet.linkup("l");
    Actor m = fleet.linkup("m");
    Actor c = L.inviter(fleet);
    c.sends(invite(2, "r", "<m>")).gets(5);

    c.sends(L.tells(3, "r", CallingWords.offer(sdp(33))),
        CallingWords.says(4, "r", "<m>", "signaling", CallingWords.offer(sdp(34)))).gets(2);
    l.gets(hears(offer(33))).sends(says(answer(44)));
    c.gets(L.told("r", CallingWords.answer(sdp(44))));
    m.gets(signal("<c>", "<m>", offer(34))).sends(signal("<m>", "<c>", answer(45)));
    c.gets(CallingWords.hears("r", "<m>", "signaling", CallingWords.answer(sdp(45))));

    m.vanishes();
    c.gets(removed("r", "<m>"));
    l.sends(says(cand(1)));
    c.gets(L.toldCandidate("r", 1));
    c.sends(leave(5, "r")).gets(done(5));
    l.getsNothingMore();
  }

  @Test
  void givenAConnection_whenLinkupAsksToNegotiateAnew_thenThatIsDroppedAndCounted() {
    Actor l = fleet.linkup("l");
    Actor c = L.inviter(fleet);
    c.sends(L.tells(2, "r", CallingWords.offer(sdp(33)))).gets(done(2));
    l.gets(hears(offer(33))).sends(says(answer(44)));
    c.gets(1);

    l.sends(says("{\"type\":\"renegotiate\",\"renegotiate\":true}")).settles();

    c.getsNothingMore();
    assertThat(fleet.counted("parley.signals.dropped", "linkup", "calling", "custom"))
        .isEqualTo(1);
  }

  // ---- presence

  @Test
  void givenANamespaceForPeers_whenAUserIsSubscribed_thenItSeesWhoComesAndGoes() {
    fleet.reassemble("calling", Map.of("peersNamespace", "all"));
    fleet.peerJs("p");
    Actor c = fleet.caller("c");

    c.sends("{'type':'ns_subscribe','namespace':'all','tid':1}")
        .gets("{'type':'answer','tid':1,'data':{'users':{},'rooms':{}}}",
            user("ns_user_add", "<p>", ",\"status\":{\"dialect\":\"peerjs\"}"));
    Actor l = fleet.linkup("l");
    c.gets(user("ns_user_add", "<l>", ",\"status\":{\"dialect\":\"linkup\"}"));
    l.vanishes();
    c.gets(user("ns_user_rm", "<l>", ""));

    c.sends("{'type':'ns_unsubscribe','namespace':'all','tid':2}").gets(done(2));
    c.sends("{'type':'ns_subscribe','namespace':'all','tid':3}").gets(1)
        .gets(user("ns_user_add", "<p>", ",\"status\":{\"dialect\":\"peerjs\"}"));
    fleet.caller("d");
    c.getsNothingMore();
  }

  private static String user(String event, String user, String status) {
    return "{\"type\":\"" + event + "\",\"user\":\"" + user + "\",\"namespace\":\"all\"" + status
        + "}";
  }
}
