package dev.parley.cluster;

import static dev.parley.cluster.ScriptBed.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.script.AbandonedUsersCommand;
import dev.parley.cluster.script.BatchReply;
import dev.parley.cluster.script.ClaimCommand;
import dev.parley.cluster.script.CleanCommand;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.CommitCommand;
import dev.parley.cluster.script.CommitCommand.Count;
import dev.parley.cluster.script.CommitCommand.Deadline;
import dev.parley.cluster.script.CommitCommand.Effect;
import dev.parley.cluster.script.CommitCommand.Outcome;
import dev.parley.cluster.script.CommitCommand.Precondition;
import dev.parley.cluster.script.CommitCommand.Read;
import dev.parley.cluster.script.CommitCommand.Removal;
import dev.parley.cluster.script.EvictCommand;
import dev.parley.cluster.script.LoadCommand;
import dev.parley.cluster.script.NodeEpoch;
import dev.parley.cluster.script.OldestCommand;
import dev.parley.cluster.script.RawRecord;
import dev.parley.cluster.script.TakeDueDeadlinesCommand;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Contract of each script for groups as its header states it, in a real Redis. */
class GroupScriptsTest {

  private static final String ROOM = "default/ROOM/r";
  private static final String REALM = "default/REALM/";

  @AutoClose private static final ScriptBed bed = new ScriptBed();

  private final NodeEpoch one = bed.emptied().begin("one", 1);
  private final NodeEpoch two = bed.begin("two", 1);

  private static CommitCommand.Set set(String record, String field, String content) {
    return new CommitCommand.Set(record, field, Bytes.utf8(content));
  }

  private static CommitCommand commit(
      Precondition precondition, @Nullable Long command, List<Read> reads,
      List<CommitCommand.Set> sets,
      List<Removal> removals, List<Effect> effects) {
    return new CommitCommand(
        "default", precondition, command, reads, sets, removals, List.of(), List.of(), effects);
  }

  private static CommitCommand commit(List<Read> reads, CommitCommand.Set... sets) {
    return commit(
        new Precondition.Anybody(), null, reads, List.of(sets), List.of(), List.of());
  }

  private static Effect tell(String event, String... users) {
    return new Effect.Tell(List.of(users), event.getBytes(StandardCharsets.UTF_8));
  }

  private static RawRecord load(NodeEpoch nodeEpoch, String name) {
    return bed.run(nodeEpoch, new LoadCommand(List.of(name))).getFirst();
  }

  /** The version after a commit. */
  private String committed(CommitCommand commit) {
    return ((Outcome.Committed) bed.run(one, commit)).version();
  }

  /** A user with registration 1 of an epoch. */
  private static void arrive(NodeEpoch nodeEpoch, String user) {
    PeerAddress address = address(user);
    bed.run(nodeEpoch, new ClaimCommand(address, 1, ClaimCommand.Way.ANY, "test", null));
    Outcome outcome =
        bed.run(
            nodeEpoch,
            commit(
                new Precondition.Arriving(user, address, 1), null, List.of(),
                List.of(set("default/USER/" + user, "profile:", "{}")), List.of(), List.of()));
    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
  }

  @Test
  void givenAbsentRecords_whenCommitted_thenTheyAreThereWithTheVersionThatWasAnswered() {
    Outcome outcome =
        bed.run(one, commit(List.of(new Read(ROOM, "0")), set(ROOM, "a:b c", "\"é\n\"")));

    String version = ((Outcome.Committed) outcome).version();
    assertThat(load(two, ROOM)).isEqualTo(new RawRecord(version, "", Map.of("a:b c", "\"é\n\"")));
    assertThat(load(two, "default/ROOM/q")).isEqualTo(new RawRecord("0", "", Map.of()));
  }

  @Test
  void givenARecordThatHasChanged_whenCommitted_thenNothingIsDoneAndTheNewOneIsAnswered() {
    String version = committed(commit(List.of(), set(ROOM, "a:", "1")));

    Outcome outcome =
        bed.run(
            two,
            commit(
                List.of(new Read(REALM, "0"), new Read(ROOM, "0")), set(ROOM, "a:", "2"),
                set(REALM, "b:", "2")));

    assertThat(outcome)
        .isEqualTo(new Outcome.Stale(Map.of(1, new RawRecord(version, "", Map.of("a:", "1")))));
    assertThat(load(one, REALM).version()).isEqualTo("0");
  }

  /** Users of another node join a big room at once: each of them loads all of it. */
  @Test
  void givenABigRecord_whenManyAskForItInOneCall_thenTheReplyIsBoundedAndTheRestIsAskedAgain() {
    CommitCommand.Set[] members = new CommitCommand.Set[40];
    Arrays.setAll(members, i -> set(ROOM, "member:" + i, "x".repeat(15_000)));
    committed(commit(List.of(), members));
    LoadCommand load = new LoadCommand(List.of(ROOM, ROOM));
    CommitCommand outdated = commit(List.of(new Read(ROOM, "0")), set(ROOM, "a:", "1"));
    Command<?>[] commands = new Command<?>[200];
    Arrays.setAll(commands, i -> i % 2 == 0 ? load : outdated);

    List<String> results = ((BatchReply.Results) bed.batch(two, commands)).each();

    assertThat(results.stream().mapToInt(String::length).sum()).isLessThan(2 << 20);
    assertThat(load.read(results.getFirst())).hasSize(2);
    assertThat(load.read(results.get(2))).isEmpty();
    assertThat(outdated.read(results.get(1)))
        .isEqualTo(new Outcome.Stale(Map.of(), List.of(0)));
    // Each retry returns a bit more.
    assertThat(bed.run(two, load)).hasSize(2);
    assertThat(bed.run(two, new LoadCommand(Collections.nCopies(50, ROOM)))).hasSize(2);
  }

  @Test
  void givenTheLastField_whenItIsRemoved_thenNothingIsLeft() {
    String version = committed(commit(List.of(), set(ROOM, "a:", "1")));

    bed.run(
        one,
        commit(
            new Precondition.Anybody(), null, List.of(new Read(ROOM, version)), List.of(),
            List.of(new Removal(ROOM, "a:")), List.of()));

    assertThat(bed.keys()).doesNotContain("group:" + ROOM);
  }

  @Test
  void givenCounters_whenChangedSideBySide_thenTheyCountAndAreHeldToTheirLimit() {
    CommitCommand more =
        new CommitCommand(
            "default", new Precondition.Anybody(), null,
            List.of(new Read(REALM, CommitCommand.ANY)), List.of(), List.of(),
            List.of(new Count(0, "counter:rooms", 1, 2)), List.of(), List.of());

    bed.run(one, more);
    bed.run(two, more);

    assertThat(bed.run(one, more)).isInstanceOfSatisfying(
        Outcome.Stale.class,
        stale -> assertThat(stale.fresh().get(0).fields()).containsEntry("counter:rooms", "2"));
  }

  @Test
  void givenUsersOnTwoNodes_whenAnEventIsPublished_thenThereIsOneEntryForEachNodeInOrder() {
    arrive(one, "anna");
    arrive(two, "bert");

    bed.run(
        one,
        commit(
            new Precondition.Owner("anna", address("anna"), one + " 1"), 7L, List.of(),
            List.of(), List.of(),
            List.of(tell("first", "anna", "bert", "nobody"), new Effect.Answer(),
                tell("last", "bert", "anna"))));

    assertThat(bed.inbox(one)).containsExactly("c 1 0 0", "g 1 first", "r 7", "g 1 last");
    assertThat(bed.inbox(two)).containsExactly("c 1 0 0", "g 1 first", "g 1 last");
  }

  @Test
  void givenTheUserOfAnotherSession_whenACommandIsCommitted_thenItIsAnsweredThatItHasNoPrecondition() {
    arrive(one, "anna");

    Outcome outcome =
        bed.run(
            two,
            commit(
                new Precondition.Owner("anna", address("anna"), two + " 1"), 7L, List.of(),
                List.of(set(ROOM, "a:", "1")), List.of(), List.of(new Effect.Answer())));

    assertThat(outcome).isEqualTo(new Outcome.NoPrecondition());
    assertThat(bed.inbox(two)).containsExactly("r 7 n");
    assertThat(load(one, ROOM).version()).isEqualTo("0");
  }

  @Test
  void givenTheIdOfAnotherSession_whenAUserArrivesByIt_thenItHasNoPrecondition() {
    arrive(one, "anna");

    assertThat(
        bed.run(
            two,
            commit(
                new Precondition.Arriving("anna", address("anna"), 1), null, List.of(),
                List.of(set("default/USER/anna", "profile:", "{}")), List.of(), List.of())))
        .isEqualTo(new Outcome.NoPrecondition());
  }

  @Test
  void givenANodeThatIsEvicted_whenItIsCleaned_thenItIsKeptUntilItsUsersHaveDeparted() {
    arrive(one, "anna");
    bed.run(two, EvictCommand.of(one));
    bed.run(two, new CleanCommand(100));
    assertThat(bed.run(two, new CleanCommand(100)).tombstones()).isEqualTo(1);

    AbandonedUsersCommand.AbandonedUsers abandonedUsers =
        bed.run(two, new AbandonedUsersCommand(10));
    assertThat(abandonedUsers)
        .isEqualTo(
            new AbandonedUsersCommand.AbandonedUsers(one.toString(), List.of(address("anna"))));
    Outcome outcome =
        bed.run(
            two,
            commit(
                new Precondition.Orphan("anna", address("anna"), abandonedUsers.nodeEpoch()), null,
                List.of(),
                List.of(), List.of(new Removal("default/USER/anna", "profile:")), List.of()));

    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    assertThat(bed.run(two, new CleanCommand(100)).tombstones()).isZero();
    assertThat(bed.keys()).containsExactlyInAnyOrder(
        "groupversion", "inbox:two:1", "nodes", "seat:two:1", "arrivals");
  }

  @Test
  void givenADeadline_whenItHasPassed_thenItIsGivenOutUntilItIsMet() {
    bed.run(one, dueIn(60_000, "2"));
    assertThat(bed.run(two, new TakeDueDeadlinesCommand(5, 60_000)).due()).isEmpty();
    bed.run(one, dueIn(20, "3"));

    List<TakeDueDeadlinesCommand.Due> due = List.of();
    while (due.isEmpty()) {
      due = bed.run(two, new TakeDueDeadlinesCommand(5, 0)).due();
    }

    assertThat(due).containsExactly(new TakeDueDeadlinesCommand.Due(ROOM, "3"));
    assertThat(bed.run(one, new TakeDueDeadlinesCommand(5, 60_000)).due()).isEqualTo(due);
    assertThat(bed.run(one, met("2"))).isInstanceOf(Outcome.Committed.class);
    assertThat(bed.run(one, new TakeDueDeadlinesCommand(5, 0)).nextMillis()).isPresent();
    bed.run(one, met("3"));
    assertThat(bed.run(one, new TakeDueDeadlinesCommand(5, 0)))
        .isEqualTo(new TakeDueDeadlinesCommand.DueDeadlines(Optional.empty(), List.of()));
  }

  @Test
  void givenEmptyRoomsOfTwoRealms_whenTheOldestOfOneAreAskedFor_thenTheyAreInOrderAndStay() {
    for (int i = 0; i < 250; i++) {
      bed.run(one, emptied("other/ROOM/r" + i, 1_000 + i));
    }
    bed.run(one, emptied("default/ROOM/young", 90_000));
    bed.run(one, emptied("default/ROOM/old", 60_000));
    bed.run(one, emptied("default/ROOM/middle", 70_000));

    assertThat(bed.run(two, new OldestCommand("default/ROOM/", 2, 5_000))).containsExactly(
        new TakeDueDeadlinesCommand.Due("default/ROOM/old", "7"),
        new TakeDueDeadlinesCommand.Due("default/ROOM/middle", "7"));
    assertThat(bed.run(one, new OldestCommand("default/ROOM/", 5, 5_000))).hasSize(3);
    assertThat(bed.run(one, new OldestCommand("default/ROOM/", 5, 100))).isEmpty();
    assertThat(bed.run(one, new OldestCommand("nobody/ROOM/", 5, 5_000))).isEmpty();
  }

  private static CommitCommand emptied(String room, long millis) {
    return new CommitCommand("default", new Precondition.Anybody(), null, List.of(),
        List.of(set(room, "room:", "PT1M")), List.of(), List.of(),
        List.of(new CommitCommand.Deadline.Put(room, millis, "7")), List.of());
  }

  private static CommitCommand dueIn(long millis, String what) {
    return new CommitCommand(
        "default", new Precondition.Anybody(), null, List.of(), List.of(set(ROOM, "a:", "1")),
        List.of(), List.of(), List.of(new Deadline.Put(ROOM, millis, what)), List.of());
  }

  private static CommitCommand met(String what) {
    return new CommitCommand(
        "default", new Precondition.Anybody(), null, List.of(), List.of(), List.of(), List.of(),
        List.of(new Deadline.Met(ROOM, what)), List.of());
  }
}
