package dev.parley.hub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.GroupLimits;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.local.LocalGroups;
import dev.parley.hub.MailboxLimits;
import dev.parley.hub.local.LocalHub;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import dev.parley.testkit.hub.GroupsContract;
import dev.parley.testkit.hub.RecordingRecipient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalGroupsTest extends GroupsContract {

  private static final PeerAddress ANNA = new PeerAddress("default", "anna");
  private static final Bytes NOTHING = Bytes.utf8("{}");

  private final List<LocalGroups> made = new ArrayList<>();

  @Override
  protected List<Node> createNodes(Vertx vertx, GroupLimits limits) {
    LocalGroups groups = new LocalGroups(vertx, limits);
    made.add(groups);
    return List.of(
        new Node(
            new LocalHub(
                vertx, MailboxLimits.DEFAULT, new SignalMetrics(new SimpleMeterRegistry())),
            groups));
  }

  @Test
  void givenAUserWhoCameAndWent_whenItsRoomsAreGone_thenNoRecordIsLeft() {
    LocalGroups groups = made.getFirst();
    RecordingRecipient anna = new RecordingRecipient();
    groups.command(anna, new Arrive(ANNA, NOTHING));
    groups.command(anna, new Join(ANNA, "r", NOTHING, Duration.ZERO));
    anna.await(2);
    assertThat(groups.size()).isEqualTo(3);

    groups.depart(anna, ANNA);

    assertThat(groups.size()).isZero();
  }

  @Test
  void givenARoomThatIsEmptyAgainAndAgain_whenItIsJoinedInBetween_thenOneDeadlineIsKept() {
    LocalGroups groups = made.getFirst();
    RecordingRecipient anna = new RecordingRecipient();
    groups.command(anna, new Arrive(ANNA, NOTHING));
    for (int i = 0; i < 100; i++) {
      groups.command(anna, new Join(ANNA, "r", NOTHING, Duration.ofMinutes(10)));
      assertThat(groups.deadlines()).isZero();
      groups.command(anna, new Leave(ANNA, "r"));
      assertThat(groups.deadlines()).isEqualTo(1);
    }
  }
}
