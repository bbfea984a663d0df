package dev.parley.cluster.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteSize;
import dev.parley.group.RoomCommand.Expected;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.UserCommand;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final PeerAddress ANNA = new PeerAddress("default", "anna");
  private static final UserCommand SMALL = new Leave(ANNA, "r");

  private final Backlog backlog = new Backlog(3, ByteSize.ofKiB(100));

  private static UserCommand big(int bytes) {
    return new SendToMember(ANNA, "r", "bert", "n", Bytes.of(new byte[bytes]));
  }

  @Test
  void givenAsManyCommandsAsMayWait_whenOneIsDone_thenThereIsRoomForOne() {
    assertThat(backlog.admits(SMALL)).isTrue();
    assertThat(backlog.admits(SMALL)).isTrue();
    assertThat(backlog.admits(SMALL)).isTrue();
    assertThat(backlog.admits(SMALL)).isFalse();

    backlog.release(SMALL);

    assertThat(backlog.admits(SMALL)).isTrue();
    assertThat(backlog.admits(SMALL)).isFalse();
  }

  @Test
  void givenAsManyBytesAsMayWait_whenOneIsDone_thenThereIsRoomForAsMuch() {
    assertThat(backlog.admits(big(60_000))).isTrue();
    assertThat(backlog.admits(big(60_000))).isFalse();
    assertThat(backlog.admits(SMALL)).isTrue();

    backlog.release(big(60_000));

    assertThat(backlog.admits(big(60_000))).isTrue();
    assertThat(backlog.admits(big(60_000))).isFalse();
  }

  @Test
  void givenACommandOfManyParts_whenItWaits_thenAllOfThemCount() {
    Bytes much = Bytes.of(new byte[40_000]);

    assertThat(
        backlog.admits(
            new SetRoomStatus(ANNA, "r", "k".repeat(40_000), much, new Expected(much))))
        .isFalse();
    assertThat(backlog.admits(new SetRoomStatus(ANNA, "r", "k", much, new Expected(null))))
        .isTrue();
  }
}
