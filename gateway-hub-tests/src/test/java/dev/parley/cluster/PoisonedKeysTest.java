package dev.parley.cluster;

import static dev.parley.cluster.ScriptBed.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.script.AbandonedUsersCommand;
import dev.parley.cluster.script.BatchReply;
import dev.parley.cluster.script.CallReport;
import dev.parley.cluster.script.ClaimCommand;
import dev.parley.cluster.script.ClaimCommand.Verdict;
import dev.parley.cluster.script.ClaimCommand.Way;
import dev.parley.cluster.script.CleanCommand;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.CommitCommand;
import dev.parley.cluster.script.CommitCommand.Outcome;
import dev.parley.cluster.script.CommitCommand.Precondition;
import dev.parley.cluster.script.Envelope;
import dev.parley.cluster.script.EvictCommand;
import dev.parley.cluster.script.ExpireMailCommand;
import dev.parley.cluster.script.FindCommand;
import dev.parley.cluster.script.ListCommand;
import dev.parley.cluster.script.LoadCommand;
import dev.parley.cluster.script.NodeEpoch;
import dev.parley.cluster.script.RefreshCommand;
import dev.parley.cluster.script.RefuseCommand;
import dev.parley.cluster.script.ReleaseCommand;
import dev.parley.cluster.script.SendCommand;
import dev.parley.cluster.script.SendCommand.Fate;
import dev.parley.cluster.script.TakeDueDeadlinesCommand;
import dev.parley.cluster.script.UnwatchCommand;
import dev.parley.cluster.script.WatchCommand;
import dev.parley.signal.Bytes;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered.Cause;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data that another program has written to our keys is set aside, counted, and blocks nothing else.
 */
class PoisonedKeysTest {

  private static final String KEY = "test{p0}:";
  private static final int ENOUGH = 100;

  @AutoClose private static final ScriptBed bed = new ScriptBed();

  private final NodeEpoch one = bed.emptied().begin("one", 1);
  private final NodeEpoch two = bed.begin("two", 1);

  private static ClaimCommand claim(String id) {
    return new ClaimCommand(address(id), 1, Way.ANY, "test", null);
  }

  private static SendCommand send(String from, String to, String payload, long hold) {
    return new SendCommand(address(to), hold, 100, envelope(from, to, payload));
  }

  private static byte[] envelope(String from, String to, String payload) {
    return Envelope.seal(
        new Signal(
            SignalKind.OFFER, address(from), address(to), "test", "OFFER", Bytes.utf8(payload), 7),
        "");
  }

  private static CommitCommand commit() {
    return new CommitCommand(
        "default", new Precondition.Anybody(), null, List.of(),
        List.of(new CommitCommand.Set("default/ROOM/r", "a:", Bytes.utf8("1"))), List.of(),
        List.of(), List.of(), List.of());
  }

  private static CallReport report(BatchReply reply) {
    return ((BatchReply.Results) reply).report();
  }

  private static void set(String key, Object... value) {
    bed.ask("DEL", KEY + key);
    bed.ask(value[0].toString(), with(KEY + key, value));
  }

  private static Object[] with(String key, Object... value) {
    Object[] arguments = value.clone();
    arguments[0] = key;
    return arguments;
  }

  /** All commands, as a node sends them. */
  private static Command<?>[] everything() {
    return new Command<?>[] {
      new RefreshCommand(), claim("bob"), new FindCommand(address("bob")),
      new ListCommand("default", ListCommand.BEGINNING, 10),
      new WatchCommand(address("bob"), 1), send("bob", "carl", "waits", 10),
      send("bob", "bob", "arrives", 0), claim("carl"), new UnwatchCommand(address("bob")),
      send("bob", "dora", "waits", 0), commit(), new LoadCommand(List.of("default/ROOM/r")),
      new RefuseCommand(Cause.GONE, envelope("bob", "carl", "back")), new ExpireMailCommand(10),
      new TakeDueDeadlinesCommand(10, 1), new AbandonedUsersCommand(10), new CleanCommand(10),
      new ReleaseCommand(address("bob"), 1)
    };
  }

  /** The commands work for any content, and it is counted once. */
  @ParameterizedTest
  @ValueSource(
      strings = {"nodes", "graves", "due", "groupdue", "held", "arrivals", "groupversion",
        "peer:default/bob", "realm:default", "watch:default/bob", "mail:default/carl",
        "sender:default/bob", "group:default/ROOM/r",
        "hold:default/bob"})
  void givenAKeyOfAnotherType_whenItIsMet_thenItIsMovedAsideAndAllOperationsWork(String name) {
    String type = switch (name) {
      case "held", "arrivals", "groupversion", "hold:default/bob" -> "RPUSH";
      default -> "SET";
    };
    set(name, type, "other hands");

    BatchReply reply = bed.batch(one, everything());

    assertThat(((BatchReply.Results) reply).each()).noneMatch(each -> each.startsWith("!"));
    String kind = name.replaceAll(":.*", "");
    assertThat(report(reply)).isEqualTo(new CallReport(false, Map.of(kind, 1)));
    assertThat(bed.keys()).contains("aside:" + name);
    assertThat(bed.ask("PTTL", KEY + "aside:" + name).toLong()).isPositive();
    assertThat(report(bed.batch(one, everything()))).isEqualTo(CallReport.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"held", "arrivals", "groupversion"})
  void givenACounterThatIsNoNumber_whenItIsMet_thenItBeginsAgain(String name) {
    set(name, "SET", "abc");

    BatchReply reply = bed.batch(one, everything());

    assertThat(((BatchReply.Results) reply).each()).noneMatch(each -> each.startsWith("!"));
    assertThat(report(reply).setAside()).containsOnlyKeys(name);
  }

  @Test
  void givenTheCounterOfVersionsIsGone_whenCommitted_thenNoVersionComesBack() {
    String before = ((Outcome.Committed) bed.run(one, commit())).version();
    bed.ask("DEL", KEY + "groupversion");
    String after = ((Outcome.Committed) bed.run(one, commit())).version();
    set("groupversion", "SET", "3");
    String last = ((Outcome.Committed) bed.run(one, commit())).version();

    assertThat(Long.parseLong(after)).isGreaterThan(Long.parseLong(before));
    assertThat(Long.parseLong(last)).isGreaterThan(Long.parseLong(after));
  }

  // ---- the epoch of the calling node

  @ParameterizedTest
  @CsvSource({"inbox,", "inbox,RPUSH", "seat,RPUSH", "peers,RPUSH", "watching,RPUSH",
    "users,RPUSH"})
  void givenAKeyOfTheEpochThatIsGoneOrOfAnotherType_whenMet_thenTheEpochIsOver(
      String kind, @Nullable String type) {
    bed.ask("DEL", KEY + kind + ":" + one);
    if (type != null) {
      bed.ask(type, KEY + kind + ":" + one, "other hands");
    }
    bed.run(two, claim("anna"));

    BatchReply reply =
        bed.batch(
            one, new RefreshCommand(), claim("bob"), new WatchCommand(address("anna"), 1),
            arrive());

    // Without the record of the epoch no reason can be given.
    assertThat(reply).isEqualTo(new BatchReply.Fenced(kind.equals("seat") ? "" : kind));
    assertThat(bed.batch(one, claim("bob"))).isEqualTo(new BatchReply.Fenced());
    NodeEpoch next = bed.begin("one", 2, one.toString());
    assertThat(bed.run(next, new ClaimCommand(address("bob"), 1, Way.KEEP, "test", null)))
        .isEqualTo(Verdict.GRANTED);
    for (int i = 0; i < ENOUGH && bed.run(two, new CleanCommand(10)).tombstones() > 0; i++) {
      bed.run(two, new AbandonedUsersCommand(10)).users()
          .forEach(user -> bed.run(two, depart(one)));
    }
    assertThat(bed.run(two, new CleanCommand(10)).tombstones()).isZero();
  }

  private static CommitCommand arrive() {
    return new CommitCommand(
        "default", new Precondition.Arriving("bob", address("bob"), 1), null, List.of(),
        List.of(new CommitCommand.Set("default/USER/bob", "profile:", Bytes.utf8("{}"))),
        List.of(), List.of(), List.of(), List.of());
  }

  private static CommitCommand depart(NodeEpoch nodeEpoch) {
    return new CommitCommand(
        "default", new Precondition.Orphan("bob", address("bob"), nodeEpoch.toString()), null,
        List.of(),
        List.of(), List.of(new CommitCommand.Removal("default/USER/bob", "profile:")), List.of(),
        List.of(), List.of());
  }

  @Test
  void givenANumberOfBatchesThatIsNone_whenTheNodeAsks_thenItsEpochIsOver() {
    bed.ask("HSET", KEY + "seat:" + one, "number", "abc");

    assertThat(bed.batch(one, claim("bob"))).isEqualTo(new BatchReply.Fenced("seat"));
  }

  @Test
  void givenAnInboxWithTheLastIdThatThereIs_whenAppendedTo_thenTheEpochIsOver() {
    bed.run(one, claim("bob"));
    bed.ask(
        "XADD", KEY + "inbox:" + one, "18446744073709551615-18446744073709551615", "t", "odd");

    assertThat(bed.run(two, send("x", "bob", "lost", 0))).isEqualTo(Fate.ABSENT);
    assertThat(bed.batch(one, new RefreshCommand())).isEqualTo(new BatchReply.Fenced("inbox"));
  }

  @Test
  void givenTheFillOfAnInboxThatOthersHaveSet_whenItIsEmpty_thenItTakesSignals() {
    bed.run(one, claim("bob"));
    bed.ask("XTRIM", KEY + "inbox:" + one, "MAXLEN", 0);
    bed.ask("HSET", KEY + "seat:" + one, "fill", 999_999_999);
    assertThat(bed.run(two, send("x", "bob", "arrives", 0))).isEqualTo(Fate.AWAY);

    bed.ask("HSET", KEY + "seat:" + one, "fill", "abc");
    assertThat(bed.run(two, send("x", "bob", "arrives", 0))).isEqualTo(Fate.AWAY);
  }

  // ---- invalid members and fields

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "3:", "99:a/b", "1:a", ":", "-1:x", "0x1:a/bc/d"})
  void givenAForeignMemberAmongDeadlines_whenMailExpires_thenTheRestExpires(String odd) {
    bed.run(one, claim("anna"));
    bed.ask("ZADD", KEY + "due", 1, odd);
    bed.run(one, send("anna", "bob", "waits", 1));

    List<String> told = List.of();
    int aside = 0;
    while (!told.contains("u 1 EXPIRED waits")) {
      aside += report(bed.batch(two, new ExpireMailCommand(1))).setAside().getOrDefault("due", 0);
      told = bed.inbox(one);
    }

    assertThat(aside).isLessThanOrEqualTo(1);
    assertThat(bed.keys()).doesNotContain("due", "held", "mail:default/bob");
  }

  @Test
  void givenGarbageInAMailbox_whenItIsCollected_thenTheRestArrivesAndIsCountedRight() {
    bed.run(one, send("anna", "bob", "first", 60_000));
    bed.ask("HSET", KEY + "mail:default/bob", "#x", "odd", "#9", "12 odd", "odd", "odd");
    bed.run(one, send("anna", "bob", "last", 60_000));

    BatchReply reply = bed.batch(two, claim("bob"));

    assertThat(bed.inbox(two)).containsExactly("c 1 0 2", "m 1 first", "m 1 last");
    assertThat(report(reply).setAside()).containsEntry("mail", 2);
  }

  @Test
  void givenGarbageInAMailbox_whenItsTimeIsUp_thenTheRestGoesBackAndNothingIsLeft() {
    bed.run(one, claim("anna"));
    bed.run(one, send("anna", "bob", "first", 1));
    bed.ask("HSET", KEY + "mail:default/bob", "#1", "odd", "c", "many");

    while (bed.keys().contains("due")) {
      bed.run(one, new ExpireMailCommand(10));
    }

    assertThat(bed.keys()).doesNotContain("mail:default/bob", "sender:default/anna", "held");
  }

  @Test
  void givenAMailboxThatOthersDelete_whenItsTimeIsUp_thenItsRoomIsFreeAgain() {
    bed.run(one, send("anna", "bob", "first", 1));
    bed.ask("DEL", KEY + "mail:default/bob");
    assertThat(bed.ask("PTTL", KEY + "sender:default/anna").toLong()).isPositive();

    while (bed.keys().contains("due")) {
      bed.run(one, new ExpireMailCommand(10));
    }

    assertThat(bed.keys()).doesNotContain("held");
  }

  @Test
  void givenAForeignMemberAmongNodes_whenANodeSendsAHeartbeat_thenItIsDroppedAndReadable() {
    bed.ask("ZADD", KEY + "nodes", 1, "other hands", 2, "=", 3, "three:1");

    BatchReply reply = bed.batch(one, new RefreshCommand());

    assertThat(report(reply)).isEqualTo(new CallReport(false, Map.of("nodes", 2)));
    RefreshCommand.MembershipSnapshot snapshot =
        new RefreshCommand().read(((BatchReply.Results) reply).each().getFirst());
    assertThat(snapshot.stamps()).containsOnlyKeys("one:1", "two:1", "three:1");
  }

  @Test
  void givenForeignMembersAmongTombstones_whenCleaned_thenNothingIsLeft() {
    bed.ask("ZADD", KEY + "graves", 1, "other hands", 1, "x:1");
    bed.ask("SADD", KEY + "peers:x:1", "no address", "a/b");
    bed.ask("SADD", KEY + "users:x:1", "no address", "a\tb/c");
    bed.ask("SADD", KEY + "watching:x:1", "no address");
    bed.ask("XADD", KEY + "grave:x:1", "*", "odd", "");
    bed.ask("XADD", KEY + "grave:x:1", "*", "t", "s 1");
    bed.ask("XADD", KEY + "grave:x:1", "*", "t", "s 1", "b", "odd");
    bed.ask("XADD", KEY + "grave:x:1", "*", "t", "u 1", "b", "odd");

    for (int i = 0; i < ENOUGH && bed.keys().contains("graves"); i++) {
      bed.run(one, new AbandonedUsersCommand(10));
      bed.run(one, new CleanCommand(10));
    }

    assertThat(bed.keys()).allMatch(key -> key.matches("(inbox|seat):.*|nodes"));
  }

  @Test
  void givenForeignMembersAmongDeadlinesOfRooms_whenTheyAreDue_thenTheyAreDropped() {
    bed.ask("ZADD", KEY + "groupdue", 1, "other hands", 1, "default/ROOM/odd", "inf", "later");
    bed.ask("HSET", KEY + "group:default/ROOM/odd", "d", "two words");

    BatchReply reply = bed.batch(one, new TakeDueDeadlinesCommand(10, 1000));

    assertThat(report(reply)).isEqualTo(new CallReport(false, Map.of("groupdue", 2)));
    TakeDueDeadlinesCommand.DueDeadlines dueDeadlines =
        new TakeDueDeadlinesCommand(10, 1000).read(((BatchReply.Results) reply).each().getFirst());
    assertThat(dueDeadlines.due()).isEmpty();
    assertThat(dueDeadlines.nextMillis()).isPresent();
  }

  @Test
  void givenAnEnvelopeThatIsNone_whenRefused_thenItIsSetAside() {
    byte[] odd = "odd".getBytes(StandardCharsets.UTF_8);

    BatchReply reply =
        bed.batch(one, new RefuseCommand(Cause.GONE, odd),
            new RefuseCommand(Cause.GONE, new byte[0]));

    assertThat(reply)
        .isEqualTo(
            new BatchReply.Results(
                List.of("1", "1"), new CallReport(false, Map.of("envelope", 2))));
  }

  @Test
  void givenAPeerWithFieldsOfOtherHands_whenMet_thenOperationsWork() {
    bed.ask("HSET", KEY + "peer:default/bob", "n", "odd");
    bed.ask("HSET", KEY + "peer:default/carl", "n", two.toString());
    bed.ask("ZADD", KEY + "realm:default", 1, "bob", 2, "carl");

    BatchReply reply =
        bed.batch(
            one, send("x", "bob", "a", 0), send("x", "carl", "b", 0),
            new FindCommand(address("carl")), new ListCommand("default", "0", 10),
            new RefuseCommand(Cause.GONE, envelope("carl", "x", "y")), claim("bob"));

    assertThat(((BatchReply.Results) reply).each())
        .containsExactly("A", "A", "1 ", "[\"\",\"carl\",\"\"]", "1", "G");
  }

  @Test
  void givenAUserWhoseOwnerIsNone_whenUsersAreListed_thenTheOthersAre() {
    bed.run(one, claim("bob"));
    bed.run(one, arrive());
    bed.ask("HSET", KEY + "group:default/USER/odd", "o", "odd", "v", "1");

    bed.run(
        one,
        new CommitCommand(
            "default", new Precondition.Anybody(), null, List.of(), List.of(), List.of(), List.of(),
            List.of(),
            List.of(new CommitCommand.Effect.Tell(List.of("odd", "bob"), new byte[] {'e'}))));

    assertThat(bed.inbox(one)).contains("g 1 e");
  }

  @Test
  void givenAnEvictedNode_whenItsInboxIsOfAnotherType_thenItIsCleanedAllTheSame() {
    bed.run(one, claim("bob"));
    set("inbox:" + one, "SET", "odd");

    bed.run(two, EvictCommand.of(one));
    for (int i = 0; i < ENOUGH && bed.run(two, new CleanCommand(10)).tombstones() > 0; i++) {
      assertThat(bed.run(two, new AbandonedUsersCommand(10)).users()).isEmpty();
    }

    assertThat(bed.keys()).doesNotContain("graves", "peer:default/bob");
  }

  @Test
  void givenADatasetOfOtherHands_whenANodeBegins_thenItBegins() {
    set("dataset", "RPUSH", "odd");
    assertThat(bed.run(bed.begin("three", 1), claim("bob"))).isEqualTo(Verdict.GRANTED);

    set("dataset", "SET", "two words\nand more");
    assertThat(bed.run(bed.begin("four", 1), claim("carl"))).isEqualTo(Verdict.GRANTED);
  }
}
