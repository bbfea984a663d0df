package dev.parley.conformance.browser;

import static dev.parley.conformance.browser.Talker.assertTheyTalk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Spread;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that are connected to different nodes of a cluster, of one dialect and of two. */
@FleetTest(Spread.THREE_NODES)
class NodesBrowserTest {

  static Stream<Arguments> pairs() {
    return DataCrossingBrowserTest.pairs();
  }

  @ParameterizedTest(name = "{0} calls {1}")
  @MethodSource("pairs")
  void givenTwoClients_whenOneConnectsToTheOther_thenEachReadsWhatTheOtherSays(Kind caller,
      Kind callee, Fleet fleet) {
    Talker one = caller.join(fleet, "one");
    Talker other = callee.join(fleet, "other");

    one.connect(other.id());

    assertTheyTalk(one, other);
  }

  @ParameterizedTest(name = "{0} calls {1}")
  @CsvSource({"PEERJS, PEERJS", "LINKUP, PEERJS", "PEERJS, SERVER", "RTC_LIB, PEERJS"})
  void givenCameras_whenOneCalls_thenEachSeesAndHearsTheOther(Kind caller, Kind callee,
      Fleet fleet) {
    Talker one = caller.join(fleet, "one");
    Talker other = callee.join(fleet, "other");
    one.turnCameraOn();
    other.turnCameraOn();

    one.call(other.id());

    one.picture(other.id()).awaitPlaying();
    other.picture(one.id()).awaitPlaying();
  }

  @Test
  void givenAServerOfPeerolator_whenItsClientOfAnotherNodeCalls_thenTheyTalk(Fleet fleet) {
    PeerolatorClient s = fleet.server("s");
    PeerolatorClient c = fleet.clientOf(s, "c");

    c.connect(s.id());

    assertTheyTalk(c, s);
    assertThat(s.joined()).containsExactly(c.id());
  }

  @Test
  void givenUsersOfAllNodesInOneRoom_whenOneInvitesPeersOfOtherDialects_thenAllTalk(Fleet fleet) {
    String room = Fleet.unique("room");
    List<RtcLibClient> users = Stream.of("one", "two", "three").map(fleet::rtcLib).toList();
    Talker p = fleet.peerJs("p");
    Talker l = fleet.linkup("l");
    users.forEach(user -> user.join(room));

    users.getFirst().invite(room, p.id());
    users.getLast().invite(room, l.id());

    assertTheyTalk(users.get(0), users.get(1));
    assertTheyTalk(users.get(1), users.get(2));
    assertTheyTalk(users.get(2), users.get(0));
    for (RtcLibClient user : users) {
      assertTheyTalk(user, p);
      assertTheyTalk(user, l);
    }
  }

  @Test
  void givenUsersInARoom_whenOneChangesItsStatusAndLeaves_thenTheOtherSeesIt(Fleet fleet) {
    RtcLibClient one = fleet.rtcLib("one");
    RtcLibClient other = fleet.rtcLib("other");
    String room = Fleet.unique("room");
    one.join(room);
    other.join(room);
    assertTheyTalk(one, other);

    one.setStatus("mood", "sunny");
    other.awaitStatus(one.id(), "mood", "sunny");
    one.leave(room);

    other.awaitLeft(one.id());
  }

  @Test
  void givenAPage_whenItComesBackToAnotherNode_thenItHasItsIdAndIsReached(Fleet fleet) {
    PeerJsClient before = fleet.peerJs("p");
    PeerJsClient other = fleet.peerJs("other");

    PeerJsClient p = fleet.reloaded(before);
    other.connect(p.id());

    assertTheyTalk(other, p);
  }
}
