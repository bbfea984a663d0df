package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.GroupEvent;
import dev.parley.group.InvitationEvent;
import dev.parley.group.PeerChange;
import dev.parley.group.RoomEvent.PeerNews;
import dev.parley.group.RoomPeer;
import dev.parley.group.RoomView;
import dev.parley.signal.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttendanceTest {

  private static final Bytes NOTHING = Bytes.utf8("{}");

  private final List<String> newcomers = new ArrayList<>();
  private final Attendance attendance =
      new Attendance((room, user) -> newcomers.add(user + " in " + room));

  private static RoomPeer peer(boolean pending) {
    return new RoomPeer(NOTHING, pending);
  }

  private void comes(String user, boolean pending) {
    attendance.hears(new PeerNews("r", new PeerChange.Added(user, peer(pending))));
  }

  private static GroupEvent invitation(long handle) {
    return new InvitationEvent.Received(handle, "r",
        new RoomView(NOTHING, Map.of("ann", peer(false), "ben", peer(true))), "ann", NOTHING);
  }

  @Test
  void givenARoom_whenJoined_thenThoseThatAreOnlyInvitedDoNotCount() {
    attendance.joined("r", Map.of("ann", peer(false), "ben", peer(true)));

    assertThat(attendance.isIn("r")).isTrue();
    assertThat(attendance.others("r")).containsExactly("ann");
    assertThat(newcomers).isEmpty();
  }

  @Test
  void givenARoom_whenOthersComeAcceptAndGo_thenThatIsKnown() {
    attendance.joined("r", Map.of());

    comes("ann", false);
    comes("ben", true);
    attendance.hears(new PeerNews("r", new PeerChange.Accepted("ben")));
    attendance.hears(new PeerNews("r", new PeerChange.Removed("ann")));
    attendance.hears(new PeerNews("elsewhere", new PeerChange.Added("eve", peer(false))));

    assertThat(attendance.others("r")).containsExactly("ben");
    assertThat(newcomers).containsExactly("ann in r", "ben in r");
  }

  @Test
  void givenAnInvitation_whenItIsAccepted_thenTheUserIsInWithThoseWhoCameMeanwhile() {
    attendance.hears(invitation(3));
    comes("cid", false);
    assertThat(attendance.isIn("r")).isFalse();

    attendance.accepted(3);
    comes("dan", false);

    assertThat(attendance.isIn("r")).isTrue();
    assertThat(attendance.others("r")).containsExactlyInAnyOrder("ann", "cid", "dan");
    assertThat(newcomers).containsExactly("dan in r");
  }

  @Test
  void givenInvitations_whenTheyAreDeniedOrCancelled_thenTheRoomIsForgotten() {
    attendance.hears(invitation(0));
    attendance.declined(0);
    assertThat(attendance.others("r")).isEmpty();

    attendance.hears(invitation(1));
    attendance.hears(new InvitationEvent.Cancelled(1));
    attendance.accepted(1);
    assertThat(attendance.isIn("r")).isFalse();
  }

  @Test
  void givenARoom_whenLeft_thenNobodyIsThereAnyMore() {
    attendance.joined("r", Map.of("ann", peer(false)));

    attendance.left("r");

    assertThat(attendance.isIn("r")).isFalse();
    assertThat(attendance.others("r")).isEmpty();
  }
}
