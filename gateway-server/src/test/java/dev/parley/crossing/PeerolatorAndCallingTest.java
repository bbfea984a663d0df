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
import static dev.parley.crossing.PeerolatorWords.gone;
import static dev.parley.crossing.PeerolatorWords.hears;
import static dev.parley.crossing.PeerolatorWords.joined;
import static dev.parley.crossing.PeerolatorWords.says;
import static dev.parley.crossing.PeerolatorWords.unavailable;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Spread;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Peerolator's servers and clients with users of the calling dialect. */
@ParameterizedClass
@EnumSource
class PeerolatorAndCallingTest {

  private static final Guest S = new Guest("<s>", "peerolator");
  private static final Guest X = new Guest("<x>", "peerolator");
  private static final String ABOUT = "{\"dialect\":\"peerolator\",\"media\":\"data\"}";

  @AutoClose private final Fleet fleet;

  PeerolatorAndCallingTest(Spread spread) {
    this.fleet = Fleet.of(spread);
  }

  /** The message that a peer receives for a user's offer. */
  private static String offerOfUser(String conversation, int session) {
    return "{\"type\":\"offer\",\"sdp\":\"" + sdp(session)
        + "\",\"media\":\"data\",\"label\":\"data\",\"reliable\":true,\"streams\":{},"
        + "\"channels\":{\"data\":{\"ordered\":true}},\"conversation\":\"" + conversation + "\"}";
  }

  private static String answerOfUser(String conversation, int session) {
    return "{\"type\":\"answer\",\"sdp\":\"" + sdp(session)
        + "\",\"media\":\"data\",\"streams\":{},"
        + "\"channels\":{\"data\":{\"ordered\":true}},\"conversation\":\"" + conversation + "\"}";
  }

  // ---- a server calls

  @Test
  void givenAServerThatCalls_whenTheUserAccepts_thenEachIsToldInItsOwnWords() {
    Actor c = fleet.caller("c");
    Actor s = fleet.server("s");

    s.sends(says("<c>", "OFFER", PeerolatorWords.offer("k1", sdp(11))),
        says("<c>", "CANDIDATE", PeerolatorWords.candidate("k1", candidate(1))),
        says("<c>", "CANDIDATE", PeerolatorWords.candidate("k1", "null")));
    c.gets(incoming("handle", "room", "<s>", "peerolator", ABOUT));
    c.sends(accept(1, "<handle>")).gets(done(1),
        S.told("<room>", CallingWords.offer(sdp(11))),
        S.toldCandidate("<room>", 1),
        CallingWords.hears("<room>", "<s>", "ice_candidate", "null"));

    c.sends(S.tells(2, "<room>", CallingWords.answer(sdp(22)))).gets(done(2));
    s.gets(joined("<s>", "<c>"), hears("<c>", "<s>", "ANSWER", answerOfUser("k1", 22)));
    c.sends(CallingWords.says(3, "<room>", "<s>", "ice_candidate", "null")).gets(done(3));
    s.gets(hears("<c>", "<s>", "CANDIDATE", PeerolatorWords.candidate("k1", "null")));

    c.sends(leave(4, "<room>")).gets(done(4));
    s.gets(hears("<c>", "<s>", "BYE", "{\"conversation\":\"k1\"}"));
    c.vanishes();
    s.gets(gone("<s>", "<c>"));
  }

  @Test
  void givenAServerThatCalls_whenItsCandidatesAndTheirEndComeFirst_thenTheyFollowTheOffer() {
    Actor c = fleet.caller("c");
    Actor s = fleet.server("s");

    s.sends(says("<c>", "CANDIDATE", PeerolatorWords.candidate("k1", candidate(1))),
        says("<c>", "CANDIDATE", PeerolatorWords.candidate("k1", "null")),
        says("<c>", "OFFER", PeerolatorWords.offer("k1", sdp(11))));

    c.gets(incoming("handle", "room", "<s>", "peerolator", ABOUT));
    c.sends(accept(1, "<handle>")).gets(done(1),
        S.told("<room>", CallingWords.offer(sdp(11))), S.toldCandidate("<room>", 1),
        CallingWords.hears("<room>", "<s>", "ice_candidate", "null")).getsNothingMore();
    s.getsNothingMore();
  }

  @Test
  void givenAUserWhoCallsAServer_whenCandidatesComeBeforeTheirDescriptions_thenTheyFollowThem() {
    Actor s = fleet.server("s");
    Actor c = fleet.caller("c", "r").sends(invite(1, "r", "<s>")).gets(5);

    c.sends(S.tellsCandidate(2, "r", 1), CallingWords.says(3, "r", "<s>", "ice_candidate", "null"),
        S.tells(4, "r", CallingWords.offer(sdp(33)))).gets(done(2), done(3), done(4));
    s.gets(joined("<s>", "<c>"), hears("<c>", "<s>", "OFFER", offerOfUser("<?key>", 33)),
        hears("<c>", "<s>", "CANDIDATE", PeerolatorWords.candidate("<key>", candidate(1))),
        hears("<c>", "<s>", "CANDIDATE", PeerolatorWords.candidate("<key>", "null")));
    s.sends(says("<c>", "CANDIDATE", PeerolatorWords.candidate("<key>", candidate(2))),
        says("<c>", "CANDIDATE", PeerolatorWords.candidate("<key>", "null")),
        says("<c>", "ANSWER", PeerolatorWords.answer("<key>", sdp(44))));

    c.gets(S.told("r", CallingWords.answer(sdp(44))), S.toldCandidate("r", 2),
        CallingWords.hears("r", "<s>", "ice_candidate", "null")).getsNothingMore();
  }

  @Test
  void givenAServerThatCalls_whenTheUserDenies_thenItIsToldSo() {
    Actor c = fleet.caller("c");
    Actor s = fleet.server("s").sends(
        says("<c>", "OFFER", PeerolatorWords.offer("k1", sdp(11))));
    c.gets(incoming("handle", "room", "<s>", "peerolator", ABOUT))
        .sends(deny(1, "<handle>")).gets(done(1));

    s.gets(unavailable("<c>", "<s>", "k1", "rejected")).getsNothingMore();
  }

  @Test
  void givenAServerThatCalls_whenItRingsTooLong_thenBothAreTold() {
    fleet.reassemble("calling", Map.of("ringTimeout", "200ms"));
    Actor c = fleet.caller("c");
    Actor s = fleet.server("s").sends(
        says("<c>", "OFFER", PeerolatorWords.offer("k1", sdp(11))));

    c.gets(incoming("handle", "room", "<s>", "peerolator", ABOUT), cancelled("<handle>"));
    s.gets(unavailable("<c>", "<s>", "k1", "expired")).getsNothingMore();
  }

  @Test
  void givenAServerThatCalls_whenItHangsUpWhileItRings_thenTheInvitationIsCancelled() {
    Actor c = fleet.caller("c");
    fleet.server("s").sends(
        says("<c>", "OFFER", PeerolatorWords.offer("k1", sdp(11))),
        says("<c>", "OFFER", PeerolatorWords.offer("k2", sdp(12))),
        says("<c>", "BYE", "{\"conversation\":\"k1\"}"));

    c.gets(incoming("handle", "room", "<s>", "peerolator", ABOUT),
        incoming("handle2", "room2", "<s>", "peerolator", ABOUT), cancelled("<handle>"));
    c.sends(accept(1, "<handle2>"))
        .gets(done(1), S.told("<room2>", CallingWords.offer(sdp(12)))).getsNothingMore();
  }

  @Test
  void givenAConnection_whenTheServerOffersAnewAndHangsUp_thenTheUserIsToldInTheSameRoom() {
    Actor c = fleet.caller("c");
    Actor s = fleet.server("s").sends(
        says("<c>", "OFFER", PeerolatorWords.offer("k1", sdp(11))));
    c.gets(incoming("handle", "room", "<s>", "peerolator", ABOUT));
    c.sends(accept(1, "<handle>"), S.tells(2, "<room>", CallingWords.answer(sdp(22)))).gets(3);

    s.gets(2).sends(says("<c>", "OFFER", PeerolatorWords.offer("k1", sdp(11))));
    c.gets(S.told("<room>", CallingWords.offer(sdp(11))));
    s.sends(says("<c>", "BYE", "{\"conversation\":\"k1\"}"));

    c.gets(removed("<room>", "<s>")).getsNothingMore();
  }

  // ---- a client calls

  @Test
  void givenAClientOfAUser_whenItCalls_thenTheUserIsItsServer() {
    Actor c = fleet.caller("c");
    Actor x = fleet.client("x", "c");

    x.sends(says("<c>", "OFFER", PeerolatorWords.offer("k1", sdp(11))));
    c.gets(incoming("handle", "room", "<x>", "peerolator", ABOUT))
        .sends(accept(1, "<handle>"), X.tells(2, "<room>", CallingWords.answer(sdp(22))))
        .gets(done(1), X.told("<room>", CallingWords.offer(sdp(11))), done(2));
    x.gets(hears("<c>", "<x>", "ANSWER", answerOfUser("k1", 22)));

    c.vanishes();
    x.gets(gone("<x>", "<c>"));
  }

  // ---- a user calls

  @Test
  void givenAUserWhoInvitesAServer_whenItAnswers_thenEachIsToldInItsOwnWords() {
    Actor s = fleet.server("s");
    Actor c = fleet.caller("c", "r").sends(invite(1, "r", "<s>")).gets(5);

    c.sends(S.tells(2, "r", CallingWords.offer(sdp(33)))).gets(done(2));
    s.gets(joined("<s>", "<c>"), hears("<c>", "<s>", "OFFER", offerOfUser("<?key>", 33)));
    s.sends(says("<c>", "ANSWER", PeerolatorWords.answer("<key>", sdp(44))),
        says("<c>", "CANDIDATE", PeerolatorWords.candidate("<key>", candidate(2))));

    c.gets(S.told("r", CallingWords.answer(sdp(44))),
        S.toldCandidate("r", 2));
    c.sends(S.tells(3, "r", CallingWords.offer(sdp(33)))).gets(done(3));
    s.gets(hears("<c>", "<s>", "OFFER", offerOfUser("<key>", 33)));
  }

  @Test
  void givenAUserWhoCallsAServer_whenItDeclines_thenItLeavesTheRoom() {
    Actor s = fleet.server("s");
    Actor c = fleet.caller("c", "r").sends(invite(1, "r", "<s>")).gets(5);
    c.sends(S.tells(2, "r", CallingWords.offer(sdp(33)))).gets(done(2));
    s.gets(1).gets(hears("<c>", "<s>", "OFFER", offerOfUser("<?key>", 33)));

    s.sends(says("<c>", "BYE", "{\"conversation\":\"<key>\"}"));

    c.gets(removed("r", "<s>")).getsNothingMore();
  }

  @Test
  void givenAClientOfAnotherServer_whenAUserCallsIt_thenItLeavesTheRoom() {
    fleet.server("s");
    Actor x = fleet.client("x", "s");
    Actor c = fleet.caller("c", "r").sends(invite(1, "r", "<x>")).gets(5);

    c.sends(X.tells(2, "r", CallingWords.offer(sdp(33))))
        .gets(done(2), removed("r", "<x>")).getsNothingMore();
    x.getsNothingMore();
  }

  // ---- messages of applications

  @Test
  void givenAServerInTheRoom_whenApplicationsSayAnything_thenItCrosses() {
    Actor s = fleet.server("s");
    Actor c = fleet.caller("c", "r");

    c.sends(CallingWords.says(1, "r", "<s>", "mood", "{\"good\":true}"))
        .gets(added("r", "<s>", "peerolator", false), done(1));
    s.gets(joined("<s>", "<c>"), hears("<c>", "<s>", "mood", "{\"good\":true}"));
    s.sends(says("<c>", "reply", "[1]"), says("<c>", "signaling", "{}"));

    c.gets(CallingWords.hears("r", "<s>", "reply", "[1]")).getsNothingMore();
  }

  @Test
  void givenAServerInNoRoom_whenItSaysAnything_thenTheUserIsNotTold() {
    Actor c = fleet.caller("c");

    fleet.server("s").sends(says("<c>", "mood", "{}")).settles();

    c.getsNothingMore();
  }
}
