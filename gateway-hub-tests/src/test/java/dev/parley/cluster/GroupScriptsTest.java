package dev.parley.cluster;

import static dev.parley.cluster.ScriptBed.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.script.BatchReply;
import dev.parley.cluster.script.BuryCommand;
import dev.parley.cluster.script.ClaimCommand;
import dev.parley.cluster.script.CleanCommand;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.CommitCommand;
import dev.parley.cluster.script.CommitCommand.Count;
import dev.parley.cluster.script.CommitCommand.Deadline;
import dev.parley.cluster.script.CommitCommand.Notice;
import dev.parley.cluster.script.CommitCommand.Outcome;
import dev.parley.cluster.script.CommitCommand.Read;
import dev.parley.cluster.script.CommitCommand.Removal;
import dev.parley.cluster.script.CommitCommand.Standing;
import dev.parley.cluster.script.LoadCommand;
import dev.parley.cluster.script.OldestCommand;
import dev.parley.cluster.script.OrphansCommand;
import dev.parley.cluster.script.RawRecord;
import dev.parley.cluster.script.RipeCommand;
import dev.parley.cluster.script.Seat;
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

  private final Seat one = bed.emptied().begin("one", 1);
  private final Seat two = bed.begin("two", 1);

  private static CommitCommand.Set set(String record, String field, String content) {
    return new CommitCommand.Set(record, field, Bytes.utf8(content));
  }

  private static CommitCommand commit(
      Standing standing, @Nullable Long command, List<Read> reads, List<CommitCommand.Set> sets,
      List<Removal> removals, List<Notice> notices) {
    return new CommitCommand(
        "default", standing, command, reads, sets, removals, List.of(), List.of(), notices);
  }

  private static CommitCommand commit(List<Read> reads, CommitCommand.Set... sets) {
    return commit(
        new Standing.Anybody(), null, reads, List.of(sets), List.of(), List.of());
  }

  private static Notice tell(String event, String... users) {
    return new Notice.Tell(List.of(users), event.getBytes(StandardCharsets.UTF_8));
  }

  private static RawRecord load(Seat seat, String name) {
    return bed.run(seat, new LoadCommand(List.of(name))).getFirst();
  }

  /** The version after a commit. */
  private String committed(CommitCommand commit) {
    return ((Outcome.Committed) bed.run(one, commit)).version();
  }

  /** A user with registration 1 of an epoch. */
  private static void arrive(Seat seat, String user) {
    PeerAddress address = address(user);
    bed.run(seat, new ClaimCommand(address, 1, ClaimCommand.Way.ANY, "test", null));
    Outcome outcome =
        bed.run(
            seat,
            commit(
                new Standing.Arriving(user, address, 1), null, List.of(),
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
            new Standing.Anybody(), null, List.of(new Read(ROOM, version)), List.of(),
            List.of(new Removal(ROOM, "a:")), List.of()));

    assertThat(bed.keys()).doesNotContain("group:" + ROOM);
  }

  @Test
  void givenCounters_whenChangedSideBySide_thenTheyCountAndAreHeldToTheirLimit() {
    CommitCommand more =
        new CommitCommand(
            "default", new Standing.Anybody(), null,
            List.of(new Read(REALM, CommitCommand.ANY)), List.of(), List.of(),
            List.of(new Count(0, "counter:rooms", 1, 2)), List.of(), List.of());

    bed.run(one, more);
    bed.run(two, more);

    assertThat(bed.run(one, more)).isInstanceOfSatisfying(
        Outcome.Stale.class,
        stale -> assertThat(stale.fresh().get(0).fields()).containsEntry("counter:rooms", "2"));
  }

  @Test
  void givenUsersOnTwoNodes_whenAnEventIsTold_thenThereIsOneEntryForEachNodeInOrder() {
    arrive(one, "anna");
    arrive(two, "bert");

    bed.run(
        one,
        commit(
            new Standing.Owner("anna", address("anna"), one + " 1"), 7L, List.of(),
            List.of(), List.of(),
            List.of(tell("first", "anna", "bert", "nobody"), new Notice.Answer(),
                tell("last", "bert", "anna"))));

    assertThat(bed.inbox(one)).containsExactly("c 1 0 0", "g 1 first", "r 7", "g 1 last");
    assertThat(bed.inbox(two)).containsExactly("c 1 0 0", "g 1 first", "g 1 last");
  }

  @Test
  void givenSomebodyElsesUser_whenACommandIsCommitted_thenItIsAnsweredThatItHasNoStanding() {
    arrive(one, "anna");

    Outcome outcome =
        bed.run(
            two,
            commit(
                new Standing.Owner("anna", address("anna"), two + " 1"), 7L, List.of(),
                List.of(set(ROOM, "a:", "1")), List.of(), List.of(new Notice.Answer())));

    assertThat(outcome).isEqualTo(new Outcome.NoStanding());
    assertThat(bed.inbox(two)).containsExactly("r 7 n");
    assertThat(load(one, ROOM).version()).isEqualTo("0");
  }

  @Test
  void givenSomebodyElsesId_whenAUserArrivesByIt_thenItHasNoStanding() {
    arrive(one, "anna");

    assertThat(
        bed.run(
            two,
            commit(
                new Standing.Arriving("anna", address("anna"), 1), null, List.of(),
                List.of(set("default/USER/anna", "profile:", "{}")), List.of(), List.of())))
        .isEqualTo(new Outcome.NoStanding());
  }

  @Test
  void givenANodeThatIsDead_whenItIsCleaned_thenItIsKeptUntilItsUsersHaveDeparted() {
    arrive(one, "anna");
    bed.run(two, BuryCommand.of(one));
    bed.run(two, new CleanCommand(100));
    assertThat(bed.run(two, new CleanCommand(100)).graves()).isEqualTo(1);

    OrphansCommand.Orphans orphans = bed.run(two, new OrphansCommand(10));
    assertThat(orphans)
        .isEqualTo(new OrphansCommand.Orphans(one.toString(), List.of(address("anna"))));
    Outcome outcome =
        bed.run(
            two,
            commit(
                new Standing.Orphan("anna", address("anna"), orphans.seat()), null, List.of(),
                List.of(), List.of(new Removal("default/USER/anna", "profile:")), List.of()));

    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    assertThat(bed.run(two, new CleanCommand(100)).graves()).isZero();
    assertThat(bed.keys()).containsExactlyInAnyOrder(
        "groupversion", "inbox:two:1", "nodes", "seat:two:1", "arrivals");
  }

  @Test
  void givenADeadline_whenItHasPassed_thenItIsGivenOutUntilItIsMet() {
    bed.run(one, dueIn(60_000, "2"));
    assertThat(bed.run(two, new RipeCommand(5, 60_000)).due()).isEmpty();
    bed.run(one, dueIn(20, "3"));

    List<RipeCommand.Due> due = List.of();
    while (due.isEmpty()) {
      due = bed.run(two, new RipeCommand(5, 0)).due();
    }

    assertThat(due).containsExactly(new RipeCommand.Due(ROOM, "3"));
    assertThat(bed.run(one, new RipeCommand(5, 60_000)).due()).isEqualTo(due);
    assertThat(bed.run(one, met("2"))).isInstanceOf(Outcome.Committed.class);
    assertThat(bed.run(one, new RipeCommand(5, 0)).nextMillis()).isPresent();
    bed.run(one, met("3"));
    assertThat(bed.run(one, new RipeCommand(5, 0)))
        .isEqualTo(new RipeCommand.Ripe(Optional.empty(), List.of()));
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
        new RipeCommand.Due("default/ROOM/old", "7"),
        new RipeCommand.Due("default/ROOM/middle", "7"));
    assertThat(bed.run(one, new OldestCommand("default/ROOM/", 5, 5_000))).hasSize(3);
    assertThat(bed.run(one, new OldestCommand("default/ROOM/", 5, 100))).isEmpty();
    assertThat(bed.run(one, new OldestCommand("nobody/ROOM/", 5, 5_000))).isEmpty();
  }

  private static CommitCommand emptied(String room, long millis) {
    return new CommitCommand("default", new Standing.Anybody(), null, List.of(),
        List.of(set(room, "room:", "PT1M")), List.of(), List.of(),
        List.of(new CommitCommand.Deadline.Put(room, millis, "7")), List.of());
  }

  private static CommitCommand dueIn(long millis, String what) {
    return new CommitCommand(
        "default", new Standing.Anybody(), null, List.of(), List.of(set(ROOM, "a:", "1")),
        List.of(), List.of(), List.of(new Deadline.Put(ROOM, millis, what)), List.of());
  }

  private static CommitCommand met(String what) {
    return new CommitCommand(
        "default", new Standing.Anybody(), null, List.of(), List.of(), List.of(), List.of(),
        List.of(new Deadline.Met(ROOM, what)), List.of());
  }
}
