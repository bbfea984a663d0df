package dev.parley.conformance.browser;

import static dev.parley.conformance.browser.Talker.assertTheyTalk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients of rtc-lib with one another. */
@FleetTest
class RtcLibBrowserTest {

  @Test
  void givenTwoClients_whenBothAreInARoom_thenTheyTalk(Fleet fleet) {
    RtcLibClient one = fleet.rtcLib("one");
    RtcLibClient other = fleet.rtcLib("other");
    String room = Fleet.unique("room");

    one.join(room);
    other.join(room);

    assertTheyTalk(one, other);
  }

  @Test
  void givenTwoClientsWithCameras_whenBothAreInARoom_thenTheySeeAndHearEachOther(Fleet fleet) {
    RtcLibClient one = fleet.rtcLib("one");
    RtcLibClient other = fleet.rtcLib("other");
    String room = Fleet.unique("room");
    one.turnCameraOn();
    other.turnCameraOn();

    one.join(room);
    other.join(room);

    one.picture(other.id()).awaitPlaying();
    other.picture(one.id()).awaitPlaying();
  }

  @ParameterizedTest
  @EnumSource
  void givenTwoClientsInARoom_whenOneChangesItsStatusAndLeaves_thenTheOtherSeesIt(Spread spread,
      Fleets fleets) {
    Fleet fleet = fleets.over(spread);
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
  void givenAnInvitation_whenItIsAccepted_thenTheInviterKnowsAndTheyTalk(Fleet fleet) {
    RtcLibClient one = fleet.rtcLib("one");
    RtcLibClient other = fleet.rtcLib("other");
    String room = Fleet.unique("room");
    one.join(room);

    one.invite(room, other.id());

    assertThat(other.awaitInvitation().get("from")).isEqualTo(one.id());
    assertThat(one.awaitResponse(other.id())).isTrue();
    assertTheyTalk(one, other);
  }

  @Test
  void givenAnInvitation_whenItIsDenied_thenTheInviterKnows(Fleet fleet) {
    RtcLibClient one = fleet.rtcLib("one");
    RtcLibClient other = fleet.rtcLib("other").deniesInvitations();
    String room = Fleet.unique("room");
    one.join(room);

    one.invite(room, other.id());

    assertThat(one.awaitResponse(other.id())).isFalse();
    one.awaitLeft(other.id());
  }
}
