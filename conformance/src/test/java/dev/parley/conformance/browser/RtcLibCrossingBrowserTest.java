package dev.parley.conformance.browser;

import static dev.parley.conformance.browser.Talker.assertTheyTalk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients of rtc-lib with those of other dialects; that channels and calls work, as caller and as
 * callee, is shown by {@link DataCrossingBrowserTest} and {@link CallCrossingBrowserTest}.
 */
@FleetTest
class RtcLibCrossingBrowserTest {

  @Test
  void givenAUserThatDenies_whenPeerJsCalls_thenThePeerIsUnavailable(Fleet fleet) {
    RtcLibClient r = fleet.rtcLib("r").deniesInvitations();
    PeerJsClient p = fleet.peerJs("p");

    p.connect(r.id(), Map.of("label", "data", "metadata", Map.of("topic", "Zoë")));

    Map<?, ?> data = (Map<?, ?>) r.awaitInvitation().get("data");
    assertThat(data.get("dialect")).isEqualTo("peerjs");
    assertThat(data.get("metadata")).isEqualTo(Map.of("topic", "Zoë"));
    assertThat(p.awaitError().type()).isEqualTo("peer-unavailable");
  }

  /** All in one room, where each is a conversation of its own. */
  @Test
  void givenOneRoom_whenPeersOfAllDialectsAreInvited_thenTheUserTalksWithEach(Fleet fleet) {
    RtcLibClient r = fleet.rtcLib("r");
    PeerJsClient p = fleet.peerJs("p");
    LinkupClient l = fleet.linkup("l");
    PeerolatorClient s = fleet.server("s");
    RtcLibClient other = fleet.rtcLib("other");
    String room = Fleet.unique("room");
    r.join(room);

    for (Talker each : new Talker[] {p, l, s, other}) {
      r.invite(room, each.id());
    }

    for (Talker each : new Talker[] {p, l, s, other}) {
      assertThat(r.awaitResponse(each.id())).isTrue();
      assertTheyTalk(r, each);
    }
  }

  @Test
  void givenTwoUsersInARoom_whenOneInvitesPeers_thenBothTalkWithEachOfThem(Fleet fleet) {
    RtcLibClient r = fleet.rtcLib("r");
    RtcLibClient other = fleet.rtcLib("other");
    PeerJsClient p = fleet.peerJs("p");
    LinkupClient l = fleet.linkup("l");
    String room = Fleet.unique("room");
    r.join(room);
    r.invite(room, p.id());
    other.join(room);
    r.invite(room, l.id());

    for (RtcLibClient user : new RtcLibClient[] {r, other}) {
      assertTheyTalk(user, p);
      assertTheyTalk(user, l);
    }
    assertTheyTalk(r, other);
  }

  @ParameterizedTest
  @EnumSource(names = {"PEERJS", "LINKUP", "SERVER"})
  void givenAConnection_whenTheOtherPageIsClosed_thenItLeavesTheRoom(Kind kind, Fleet fleet) {
    RtcLibClient r = fleet.rtcLib("r");
    Talker other = kind.join(fleet, "other");
    String id = other.id();
    r.connect(id);
    assertTheyTalk(r, other);

    other.closePage();

    r.awaitLeft(id);
  }

  @Test
  void givenAConnection_whenTheUserLeavesTheRoom_thenPeerJsSeesThat(Fleet fleet) {
    RtcLibClient r = fleet.rtcLib("r");
    PeerJsClient p = fleet.peerJs("p");
    String room = Fleet.unique("room");
    r.join(room);
    r.invite(room, p.id());
    assertTheyTalk(r, p);

    r.leave(room);

    p.awaitClosed(r.id());
  }
}
