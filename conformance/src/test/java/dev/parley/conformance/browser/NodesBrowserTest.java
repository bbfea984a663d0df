package dev.parley.conformance.browser;

import static dev.parley.conformance.browser.Talker.assertTheyTalk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Spread;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What clients that are connected to different nodes of a cluster do beyond that which other tests
 * show on one node and on three.
 */
@FleetTest(Spread.THREE_NODES)
class NodesBrowserTest {

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
  void givenAPage_whenItComesBackToAnotherNode_thenItHasItsIdAndIsReached(Fleet fleet) {
    PeerJsClient before = fleet.peerJs("p");
    PeerJsClient other = fleet.peerJs("other");

    PeerJsClient p = fleet.reloaded(before);
    other.connect(p.id());

    assertTheyTalk(other, p);
  }
}
