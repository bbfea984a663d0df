package dev.parley.cluster;

import static dev.parley.cluster.ScriptBed.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.script.BanCommand;
import dev.parley.cluster.script.BansCommand;
import dev.parley.cluster.script.BatchReply;
import dev.parley.cluster.script.ClaimCommand;
import dev.parley.cluster.script.ClaimCommand.Verdict;
import dev.parley.cluster.script.ClaimCommand.Way;
import dev.parley.cluster.script.CleanCommand;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.EntryId;
import dev.parley.cluster.script.Envelope;
import dev.parley.cluster.script.EvictCommand;
import dev.parley.cluster.script.ExpireMailCommand;
import dev.parley.cluster.script.FindCommand;
import dev.parley.cluster.script.HandOverCommand;
import dev.parley.cluster.script.Label;
import dev.parley.cluster.script.ListCommand;
import dev.parley.cluster.script.NodeEpoch;
import dev.parley.cluster.script.RefreshCommand;
import dev.parley.cluster.script.RefuseCommand;
import dev.parley.cluster.script.ReleaseCommand;
import dev.parley.cluster.script.SendCommand;
import dev.parley.cluster.script.SendCommand.Fate;
import dev.parley.cluster.script.TrimCommand;
import dev.parley.cluster.script.UnwatchCommand;
import dev.parley.cluster.script.VerifyCommand;
import dev.parley.cluster.script.WatchCommand;
import dev.parley.signal.Bytes;
import dev.parley.signal.Peer;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered.Cause;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Contract of each script as its header states it, in a real Redis. */
class ClusterScriptsTest {

  @AutoClose private static final ScriptBed bed = new ScriptBed();

  private final NodeEpoch one = bed.emptied().begin("one", 1);
  private final NodeEpoch two = bed.begin("two", 1);

  private static ClaimCommand claim(String id, long number) {
    return claim(id, number, Way.ANY, null);
  }

  private static ClaimCommand claim(String id, long number, Way way, @Nullable String token) {
    return new ClaimCommand(address(id), number, way, "test", token);
  }

  private static SendCommand send(String from, String to, String payload) {
    return send(from, to, payload, 0);
  }

  private static SendCommand send(String from, String to, String payload, long hold) {
    return send(from, to, payload, hold, 100);
  }

  private static SendCommand send(String from, String to, String payload, long hold, int weight) {
    return new SendCommand(address(to), hold, weight, envelope(from, to, payload));
  }

  private static byte[] envelope(String from, String to, String payload) {
    return Envelope.seal(
        new Signal(
            SignalKind.OFFER, address(from), address(to), "test", "OFFER", Bytes.utf8(payload), 7),
        "");
  }

  // ---- bans

  private static BanCommand ban(String subject, long ends) {
    return new BanCommand(subject, ends, "why", 3);
  }

  @Test
  void givenBans_whenTheyChange_thenAPollGetsWhatCameAfterItsVersion() {
    bed.run(one, ban("a", 9_000_000_000_000L));
    bed.run(one, ban("b", 9_000_000_000_000L));
    BansCommand.Page first = bed.run(two, new BansCommand(BansCommand.BEGINNING, 1));
    assertThat(first.entries())
        .containsExactly(new BansCommand.Entry("a", 9_000_000_000_000L, "why"));
    assertThat(first.hasMore()).isTrue();
    BansCommand.Page second = bed.run(two, new BansCommand(first.after(), 10));
    assertThat(second.entries()).extracting(BansCommand.Entry::subject).containsExactly("b");
    assertThat(second.hasMore()).isFalse();
    assertThat(bed.run(two, new BansCommand(second.after(), 10)))
        .isEqualTo(new BansCommand.Page(second.dataset(), List.of(), second.after(), false));

    bed.run(one, ban("a", 0));

    BansCommand.Page lifted = bed.run(two, new BansCommand(second.after(), 10));
    assertThat(lifted.entries()).singleElement()
        .matches(each -> each.subject().equals("a") && each.ends() < 9_000_000_000_000L);
    bed.run(one, ban("unknown", 0));
    assertThat(bed.run(two, new BansCommand(lifted.after(), 10)).entries()).isEmpty();
  }

  @Test
  void givenAsManyBansAsThereMayBe_whenOneMoreIsPut_thenItTakesThePlaceOfOneThatIsLongOver() {
    bed.run(one, ban("a", 9_000_000_000_000L));
    bed.run(one, ban("b", 9_000_000_000_000L));
    bed.run(one, ban("c", 9_000_000_000_000L));
    assertThat(bed.run(one, ban("d", 9_000_000_000_000L))).isEqualTo(BanCommand.Outcome.TOO_MANY);
    assertThat(bed.run(one, ban("c", 1_000))).isEqualTo(BanCommand.Outcome.DONE);

    assertThat(bed.run(one, ban("d", 9_000_000_000_000L))).isEqualTo(BanCommand.Outcome.DONE);

    assertThat(bed.run(two, new BansCommand(BansCommand.BEGINNING, 10)).entries())
        .extracting(BansCommand.Entry::subject).containsExactly("a", "b", "d");
  }

  // ---- the command pipeline

  @Test
  void givenABatch_whenItIsSentAgain_thenItIsAnsweredAgainAndNothingIsDoneTwice() {
    bed.run(two, claim("bob", 1));

    BatchReply first = bed.batch(one, 1, send("alice", "bob", "once"), send("alice", "x", "no"));
    BatchReply again = bed.batch(one, 1, send("alice", "bob", "once"), send("alice", "x", "no"));

    assertThat(first).isEqualTo(new BatchReply.Results(List.of("D", "A")));
    assertThat(again).isEqualTo(first);
    assertThat(bed.inbox(two)).containsExactly("c 1 0 0", "s 1 once");
  }

  @Test
  void givenABatchThatIsNotTheNext_whenSent_thenItIsAGap() {
    bed.batch(one, 1, new FindCommand(address("bob")));

    assertThat(bed.batch(one, 3, claim("bob", 1))).isEqualTo(new BatchReply.Gap(1));
    assertThat(bed.run(two, new FindCommand(address("bob")))).isFalse();
  }

  @Test
  void givenAnEpochThatIsOver_whenItAsks_thenItIsFenced() {
    bed.run(two, EvictCommand.of(one));

    assertThat(bed.batch(one, claim("bob", 1))).isEqualTo(new BatchReply.Fenced());
    assertThat(bed.run(two, new FindCommand(address("bob")))).isFalse();
  }

  @Test
  void givenAnOperationThatFails_whenTheBatchIsDone_thenTheOthersAreDoneAllTheSame() {
    bed.ask("HSET", "test{p0}:peer:default/odd", "n", two.toString(), "s", "1", "d", "a\nb");

    BatchReply reply =
        bed.batch(one, new FindCommand(address("odd")), new FindCommand(address("bob")));

    assertThat(((BatchReply.Results) reply).each())
        .satisfiesExactly(
            failed -> assertThat(failed).startsWith("!ERR").contains("more than one line"),
            found -> assertThat(found).isEqualTo("0"));
  }

  // ---- claims and releases

  @Test
  void givenAFreeId_whenClaimed_thenItIsGrantedAndSaidInTheInbox() {
    assertThat(bed.run(one, claim("bob", 1))).isEqualTo(Verdict.GRANTED);

    assertThat(bed.inbox(one)).containsExactly("c 1 0 0");
    assertThat(bed.run(two, new FindCommand(address("bob")))).isTrue();
  }

  @Test
  void givenAnOwnedId_whenClaimedElsewhere_thenItIsTakenUnlessTheTokenFits() {
    bed.run(one, claim("bob", 1, Way.ANY, "secret"));

    assertThat(bed.run(two, claim("bob", 1))).isEqualTo(Verdict.TAKEN);
    assertThat(bed.run(two, claim("bob", 2, Way.ANY, "guess"))).isEqualTo(Verdict.TAKEN);
    assertThat(bed.run(two, claim("bob", 3, Way.TAKE_OVER_ONLY, "secret")))
        .isEqualTo(Verdict.GRANTED);

    assertThat(bed.inbox(one)).containsExactly("c 1 0 0", "x 1");
    assertThat(bed.inbox(two)).containsExactly("c 3 1 0");
  }

  @Test
  void givenAnOwnedIdWithoutAToken_whenClaimedWithoutOne_thenItIsTaken() {
    bed.run(one, claim("bob", 1));

    assertThat(bed.run(one, claim("bob", 2))).isEqualTo(Verdict.TAKEN);
  }

  @Test
  void givenOnesOwnId_whenClaimedAgain_thenItIsGrantedAgain() {
    bed.run(one, claim("bob", 1));

    assertThat(bed.run(one, claim("bob", 1))).isEqualTo(Verdict.GRANTED);

    assertThat(bed.inbox(one)).containsExactly("c 1 0 0", "c 1 0 0");
  }

  @Test
  void givenATakeOverOnly_whenTheIdIsFree_thenItStaysFree() {
    assertThat(bed.run(one, claim("bob", 1, Way.TAKE_OVER_ONLY, "t"))).isEqualTo(Verdict.NOT_OWNED);
    assertThat(bed.run(one, new FindCommand(address("bob")))).isFalse();
  }

  @Test
  void givenAnOwnedId_whenReleasedByAnother_thenNothingHappens() {
    bed.run(one, claim("bob", 1));

    bed.run(two, new ReleaseCommand(address("bob"), 1));
    bed.run(one, new ReleaseCommand(address("bob"), 2));
    assertThat(bed.run(one, new FindCommand(address("bob")))).isTrue();

    bed.run(one, new ReleaseCommand(address("bob"), 1));
    assertThat(bed.run(one, new FindCommand(address("bob")))).isFalse();
  }

  @Test
  void givenEverythingGivenUp_whenLookedAt_thenRedisKeepsNothingOfIt() {
    bed.run(one, claim("bob", 1, Way.ANY, "secret"));
    bed.run(one, send("bob", "carol", "waits", 60_000));
    bed.run(two, new WatchCommand(address("bob"), 1));
    bed.run(two, claim("carol", 1));
    bed.run(two, new ReleaseCommand(address("carol"), 1));
    bed.run(one, new ReleaseCommand(address("bob"), 1));

    assertThat(bed.keys())
        .containsExactly(
            "arrivals", "held", "inbox:one:1", "inbox:two:1", "nodes", "seat:one:1", "seat:two:1");
    assertThat(bed.ask("GET", "test{p0}:held")).hasToString("0");
  }

  // ---- ids that are held

  @Test
  void givenALostId_whenItIsClaimed_thenItsTokenDecidesAndWhatIsKeptExpiresByItself() {
    bed.run(one, claim("bob", 1, Way.ANY, "secret"));
    bed.run(one, new ReleaseCommand(address("bob"), 1, true));

    assertThat(bed.keys()).contains("hold:default/bob").doesNotContain("peer:default/bob");
    assertThat(bed.ask("PTTL", "test{p0}:hold:default/bob").toLong())
        .isBetween(1L, ScriptBed.HOLD.toMillis());
    assertThat(bed.run(two, claim("bob", 2, Way.ANY, "guess"))).isEqualTo(Verdict.TAKEN);
    assertThat(bed.run(two, claim("bob", 3, Way.TAKE_OVER_ONLY, "guess"))).isEqualTo(Verdict.TAKEN);
    assertThat(bed.run(two, claim("bob", 4, Way.TAKE_OVER_ONLY, "secret")))
        .isEqualTo(Verdict.NOT_OWNED);
    assertThat(bed.run(two, claim("bob", 5, Way.ANY, "secret"))).isEqualTo(Verdict.GRANTED);
    assertThat(bed.keys()).doesNotContain("hold:default/bob");
  }

  @Test
  void givenAnEvictedNode_whenItsIdsAreClaimed_thenTheyAreHeldForTheirTokensCleanedOrNot() {
    bed.run(two, claim("bob", 1, Way.ANY, "secret"));
    bed.run(two, claim("carol", 2, Way.ANY, "secret"));
    bed.run(one, EvictCommand.of(two));

    assertThat(bed.run(one, claim("bob", 1, Way.ANY, "guess"))).isEqualTo(Verdict.TAKEN);
    bed.run(one, new CleanCommand(100));
    assertThat(bed.run(one, claim("carol", 2, Way.ANY, "guess"))).isEqualTo(Verdict.TAKEN);

    assertThat(bed.run(one, claim("bob", 3, Way.ANY, "secret"))).isEqualTo(Verdict.GRANTED);
    assertThat(bed.run(one, claim("carol", 4, Way.ANY, "secret"))).isEqualTo(Verdict.GRANTED);
  }

  // ---- signals and mailboxes

  @Test
  void givenRecipientsHereAndThere_whenSignalsAreSent_thenTheyAreInTheInboxes() {
    bed.run(one, claim("alice", 1));
    bed.run(two, claim("bob", 5));

    assertThat(bed.run(one, send("alice", "bob", "there"))).isEqualTo(Fate.AWAY);
    assertThat(bed.run(one, send("bob", "alice", "here"))).isEqualTo(Fate.BACK);
    assertThat(bed.run(one, send("alice", "carol", "nowhere"))).isEqualTo(Fate.ABSENT);

    assertThat(bed.inbox(one)).containsExactly("c 1 0 0", "s 1 here");
    assertThat(bed.inbox(two)).containsExactly("c 5 0 0", "s 5 there");
  }

  @Test
  void givenHeldSignals_whenTheirRecipientComes_thenTheyFollowTheGrantInOrder() {
    bed.run(one, send("alice", "bob", "first", 60_000));
    bed.run(two, send("carol", "bob", "second", 60_000));
    assertThat(bed.run(one, send("alice", "bob", "third", 60_000))).isEqualTo(Fate.HELD);

    bed.run(two, claim("bob", 9));
    bed.run(one, send("alice", "bob", "new", 60_000));

    assertThat(bed.inbox(two))
        .containsExactly("c 9 0 3", "m 9 first", "m 9 second", "m 9 third", "s 9 new");
    assertThat(bed.run(one, new ExpireMailCommand(10)))
        .isEqualTo(new ExpireMailCommand.Ended(Optional.empty(), List.of()));
  }

  @Test
  void givenHeldSignals_whenTheirTimeIsUp_thenTheirSendersOwnerIsNotifiedOnce()
      throws InterruptedException {
    bed.run(two, claim("alice", 4));
    bed.run(one, send("carol", "bob", "patient", 600_000));
    ExpireMailCommand.Ended ended = bed.run(one, new ExpireMailCommand(10));
    assertThat(ended.nextMillis().orElseThrow()).isBetween(300_000L, 600_000L);
    bed.run(one, send("alice", "bob", "one", 20));
    bed.run(one, send("alice", "bob", "two", 600_000));

    while (ended.expired().isEmpty()) {
      ended = bed.run(one, new ExpireMailCommand(10));
    }

    Label offer = new Label(SignalKind.OFFER, "test");
    assertThat(ended.expired()).containsExactly(offer, offer);
    assertThat(ended.nextMillis().orElseThrow()).isBetween(300_000L, 600_000L);
    assertThat(bed.inbox(two)).containsExactly("c 4 0 0", "u 4 EXPIRED one");
    bed.run(one, claim("bob", 1));
    assertThat(bed.inbox(one)).containsExactly("c 1 0 1", "m 1 patient");
  }

  @Test
  void givenHeldSignals_whenTheirSendersNodeIsBetweenTwoEpochs_thenItIsNotifiedWhenItIsBack() {
    bed.run(two, claim("alice", 4));
    bed.run(one, send("alice", "bob", "one", 1));
    bed.ask("RENAME", "test{p0}:inbox:two:1", "test{p0}:elsewhere");
    ExpireMailCommand.Ended ended = bed.run(one, new ExpireMailCommand(10));
    while (ended.nextMillis().orElseThrow() <= 1) {
      ended = bed.run(one, new ExpireMailCommand(10));
    }
    assertThat(ended.expired()).isEmpty();

    bed.ask("RENAME", "test{p0}:elsewhere", "test{p0}:inbox:two:1");
    while (ended.expired().isEmpty()) {
      ended = bed.run(one, new ExpireMailCommand(10));
    }

    assertThat(bed.inbox(two)).containsExactly("c 4 0 0", "u 4 EXPIRED one");
    assertThat(bed.keys()).noneMatch(key -> key.startsWith("mail") || key.equals("due"));
  }

  @Test
  void givenAMailboxAtABound_whenMoreIsSent_thenItIsFullUntilItIsCollected() {
    for (int i = 0; i < 3; i++) {
      assertThat(bed.run(one, send("a", "bob", "x", 60_000))).isEqualTo(Fate.HELD);
    }
    assertThat(bed.run(one, send("a", "bob", "x", 60_000))).isEqualTo(Fate.FULL);
    assertThat(bed.run(one, send("b", "bob", "x", 60_000))).isEqualTo(Fate.FULL);
    assertThat(bed.run(one, send("a", "carol", "x", 60_000))).isEqualTo(Fate.HELD);
    assertThat(bed.run(one, send("a", "carol", "x", 60_000))).isEqualTo(Fate.FULL);

    bed.run(two, claim("bob", 1));

    assertThat(bed.run(one, send("a", "carol", "x", 60_000))).isEqualTo(Fate.HELD);
  }

  @Test
  void givenMailboxesAtABoundOfBytes_whenMoreIsSent_thenItIsFull() {
    assertThat(bed.run(one, send("a", "bob", "x", 60_000, 8_000))).isEqualTo(Fate.HELD);
    assertThat(bed.run(one, send("b", "bob", "x", 60_000, 1_000))).isEqualTo(Fate.FULL);
    assertThat(bed.run(one, send("a", "carol", "x", 60_000, 1_000))).isEqualTo(Fate.FULL);
    assertThat(bed.run(one, send("b", "carol", "x", 60_000, 3_000))).isEqualTo(Fate.FULL);
    assertThat(bed.run(one, send("b", "carol", "x", 60_000, 2_000))).isEqualTo(Fate.HELD);
  }

  @Test
  void givenASignalThatIsRefused_whenItsSenderIsThere_thenThatOneIsNotified() {
    bed.run(two, claim("alice", 3));

    bed.run(one, new RefuseCommand(Cause.REJECTED, envelope("alice", "bob", "thanks")));
    bed.run(one, new RefuseCommand(Cause.REJECTED, envelope("nobody", "bob", "thanks")));

    assertThat(bed.inbox(two)).containsExactly("c 3 0 0", "u 3 REJECTED thanks");
  }

  @Test
  void givenARefusalThatIsLeftToOthers_whenItsSenderIsBack_thenTheReaperNotifiesIt() {
    bed.run(two, claim("alice", 3));
    bed.ask("RENAME", "test{p0}:inbox:two:1", "test{p0}:elsewhere");

    byte[] refused = envelope("alice", "bob", "thanks");
    assertThat(bed.run(one, new RefuseCommand(Cause.REJECTED, refused))).isFalse();
    assertThat(bed.run(one, new HandOverCommand(Cause.REJECTED, refused))).isTrue();
    assertThat(bed.inbox(one)).containsExactly("u 0 REJECTED thanks");
    bed.run(two, EvictCommand.of(one));
    bed.ask("RENAME", "test{p0}:elsewhere", "test{p0}:inbox:two:1");
    bed.run(two, new CleanCommand(100));

    assertThat(bed.inbox(two)).containsExactly("c 3 0 0", "u 3 REJECTED thanks");
  }

  @Test
  void givenARefusalThatIsLeftToOthers_whenItsSenderIsThere_thenThatOneIsNotified() {
    bed.run(two, claim("alice", 3));

    byte[] refused = envelope("alice", "bob", "thanks");
    assertThat(bed.run(one, new HandOverCommand(Cause.REJECTED, refused))).isTrue();

    assertThat(bed.inbox(two)).containsExactly("c 3 0 0", "u 3 REJECTED thanks");
    assertThat(bed.inbox(one)).isEmpty();
  }

  // ---- inboxes

  @Test
  void givenAnInboxAtItsBound_whenMoreIsSent_thenItIsFullUntilSomethingIsRead() {
    bed.run(two, claim("bob", 1));
    for (int i = 0; i < 4; i++) {
      assertThat(bed.run(one, send("a", "bob", "x" + i))).isEqualTo(Fate.AWAY);
    }
    assertThat(bed.run(one, send("a", "bob", "too much", 60_000))).isEqualTo(Fate.FULL);

    List<String> ids = bed.ids(two);
    bed.run(two, new TrimCommand(EntryId.parse(ids.get(2)), 100));

    assertThat(bed.inbox(two)).containsExactly("s 1 x2", "s 1 x3");
    assertThat(bed.run(one, send("a", "bob", "again"))).isEqualTo(Fate.AWAY);
  }

  @Test
  void givenAnInboxAtItsBoundOfBytes_whenMoreIsSent_thenItIsFullUntilSomethingIsRead() {
    bed.run(two, claim("bob", 1));
    String big = "x".repeat(3_000);
    assertThat(bed.run(one, send("a", "bob", big))).isEqualTo(Fate.AWAY);
    assertThat(bed.run(one, send("a", "bob", big))).isEqualTo(Fate.FULL);

    long bytes = Long.parseLong(bed.ask("HGET", "test{p0}:seat:two:1", "fill").toString());
    bed.run(two, new TrimCommand(EntryId.parse(bed.ids(two).getLast()), bytes));

    assertThat(bed.run(one, send("a", "bob", big))).isEqualTo(Fate.AWAY);
  }

  @Test
  void givenANodeThatReadsNothing_whenItsInboxIsFarOverTheBound_thenItsEpochIsOver() {
    bed.run(two, claim("bob", 1));
    for (int i = 0; i < 9; i++) {
      assertThat(bed.run(one, new RefuseCommand(Cause.GONE, envelope("bob", "x", "")))).isTrue();
    }
    assertThat(bed.run(two, new FindCommand(address("bob")))).isTrue();

    RefuseCommand oneMore = new RefuseCommand(Cause.GONE, envelope("bob", "x", "one more"));
    assertThat(bed.run(one, oneMore)).isFalse();

    assertThat(bed.batch(two, claim("carol", 2))).isEqualTo(new BatchReply.Fenced());
    NodeEpoch again = bed.begin("two", 2, "two:1");
    bed.run(again, claim("bob", 1, Way.KEEP, null));
    assertThat(bed.run(one, oneMore)).isTrue();
    assertThat(bed.inbox(again)).containsExactly("k 1 0", "u 1 GONE one more");
  }

  @Test
  void givenHeldSignals_whenTheyEndTheEpochThatCollectsThem_thenTheirSendersAreNotifiedInTheEnd() {
    bed.run(one, claim("alice", 1));
    bed.run(one, send("alice", "bob", "first", 60_000));
    bed.run(one, send("alice", "bob", "second", 60_000));
    for (int i = 0; i < 7; i++) {
      bed.run(two, new RefuseCommand(Cause.GONE, envelope("alice", "x", "")));
    }

    assertThat(bed.batch(one, claim("bob", 2))).isEqualTo(new BatchReply.Fenced());
    NodeEpoch again = bed.begin("one", 2, "one:1");
    bed.run(again, claim("alice", 1, Way.KEEP, null));
    for (int tombstones = 1; tombstones > 0;) {
      tombstones = bed.run(again, new CleanCommand(100)).tombstones();
    }

    assertThat(bed.inbox(again)).filteredOn(entry -> entry.contains("GONE"))
        .endsWith("u 1 GONE first", "u 1 GONE second");
  }

  // ---- lists and watches

  @Test
  void givenPeersOfTwoRealms_whenListedPageByPage_thenThoseOfTheRealmInOrderOfArrival() {
    for (String id : List.of("x\ny", "a", "\"q\"")) {
      bed.run(id.equals("a") ? two : one, claim(id, id.length()));
    }

    ListCommand.Page first =
        bed.run(one, new ListCommand("default", ListCommand.BEGINNING, 2));
    ListCommand.Page second =
        bed.run(one, new ListCommand("default", first.after().orElseThrow(), 2));

    assertThat(first.peers())
        .containsExactly(new Peer(address("x\ny"), "test"), new Peer(address("a"), "test"));
    assertThat(second)
        .isEqualTo(
            new ListCommand.Page(
                List.of(new Peer(address("\"q\""), "test")), Optional.empty()));
    assertThat(bed.run(one, new ListCommand("acme", ListCommand.BEGINNING, 2)).peers()).isEmpty();
  }

  @Test
  void givenAWatchedPeer_whenItLeaves_thenEachNodeIsNotifiedOnce() {
    bed.run(two, claim("bob", 1));
    bed.run(one, new WatchCommand(address("bob"), 1));
    bed.run(one, new WatchCommand(address("bob"), 2));
    bed.run(one, new WatchCommand(address("carol"), 3));

    bed.run(two, new ReleaseCommand(address("bob"), 1));

    assertThat(bed.inbox(one))
        .containsExactly(
            "p 1 default/bob", "p 2 default/bob", "a 3 default/carol", "d default/bob");
  }

  @Test
  void givenAWatchedPeer_whenItIsSignalledWhileItsNodeRejoins_thenItHasNotDeparted() {
    bed.run(two, claim("bob", 1));
    bed.run(one, new WatchCommand(address("bob"), 1));
    bed.run(one, EvictCommand.of(two));

    assertThat(bed.run(one, send("alice", "bob", "meanwhile"))).isEqualTo(Fate.ABSENT);
    assertThat(bed.run(one, send("alice", "bob", "waits", 60_000))).isEqualTo(Fate.HELD);
    NodeEpoch again = bed.begin("two", 2);
    bed.run(again, claim("bob", 1, Way.KEEP, null));
    bed.run(one, new CleanCommand(100));

    assertThat(bed.inbox(one)).containsExactly("p 1 default/bob");
    assertThat(bed.inbox(again)).containsExactly("k 1 1", "m 1 waits");
  }

  @Test
  void givenAWatchThatWasEnded_whenThePeerLeaves_thenNoNodeIsNotified() {
    bed.run(two, claim("bob", 1));
    bed.run(one, new WatchCommand(address("bob"), 1));
    bed.run(one, new UnwatchCommand(address("bob")));

    bed.run(two, new ReleaseCommand(address("bob"), 1));

    assertThat(bed.inbox(one)).containsExactly("p 1 default/bob");
  }

  // ---- failed nodes

  @Test
  void givenARefresh_whenAsked_thenItReturnsTheLastHeartbeatOfEachNode() {
    RefreshCommand.MembershipSnapshot snapshot = bed.run(one, new RefreshCommand());

    assertThat(snapshot.tombstones()).isZero();
    assertThat(snapshot.stamps()).containsOnlyKeys("one:1", "two:1");
    assertThat(snapshot.stamps().get("one:1")).isEqualTo(Long.toString(snapshot.now()));
  }

  @Test
  void givenANodeWithALaterHeartbeat_whenItIsToBeEvicted_thenItIsNot() {
    bed.ask("ZADD", "test{p0}:nodes", "17", "two:1");
    bed.run(two, new RefreshCommand());

    assertThat(bed.run(one, new EvictCommand("two:1", "17"))).isFalse();
    assertThat(bed.run(two, new RefreshCommand()).stamps()).containsKey("two:1");
  }

  @Test
  void givenAnEvictedNode_whenItIsCleaned_thenNothingIsLeftAndAllAreNotified() {
    bed.run(one, claim("alice", 1));
    bed.run(two, claim("bob", 1));
    bed.run(two, claim("carol", 2));
    bed.run(one, new WatchCommand(address("bob"), 1));
    bed.run(two, new WatchCommand(address("alice"), 1));
    bed.run(one, send("alice", "bob", "unread"));
    String stamp = bed.run(one, new RefreshCommand()).stamps().get("two:1");

    assertThat(bed.run(one, new EvictCommand("two:1", stamp))).isTrue();
    assertThat(bed.run(one, new FindCommand(address("bob")))).isFalse();
    assertThat(bed.run(one, send("alice", "carol", "too late"))).isEqualTo(Fate.ABSENT);
    int rounds = 0;
    for (int tombstones = 1; tombstones > 0; rounds++) {
      tombstones = bed.run(one, new CleanCommand(1)).tombstones();
    }

    assertThat(rounds).isBetween(5, 12);
    assertThat(bed.inbox(one))
        .containsExactly("c 1 0 0", "p 1 default/bob", "u 1 GONE unread", "d default/bob");
    assertThat(bed.keys())
        .containsExactly(
            "arrivals", "inbox:one:1", "nodes", "peer:default/alice", "peers:one:1",
            "realm:default", "seat:one:1");
  }

  @Test
  void givenAnEvictedNodeThatIsNotCleaned_whenItsIdIsClaimed_thenItIsGrantedAndItsWatchersAreNotified() {
    bed.run(two, claim("bob", 1));
    bed.run(one, new WatchCommand(address("bob"), 1));
    bed.run(one, EvictCommand.of(two));

    assertThat(bed.run(one, claim("bob", 7))).isEqualTo(Verdict.GRANTED);

    assertThat(bed.inbox(one)).containsExactly("p 1 default/bob", "d default/bob", "c 7 0 0");
    bed.run(one, new CleanCommand(100));
    assertThat(bed.run(one, new FindCommand(address("bob")))).isTrue();
  }

  // ---- new epochs

  @Test
  void givenANewEpoch_whenIdsAreClaimedAgain_thenNoWatcherIsNotifiedAndTheOldEpochIsOver() {
    bed.run(two, claim("bob", 1, Way.ANY, "secret"));
    bed.run(one, new WatchCommand(address("bob"), 1));
    NodeEpoch again = bed.begin("two", 2, two.toString());

    assertThat(bed.run(again, claim("bob", 1, Way.KEEP, "secret"))).isEqualTo(Verdict.GRANTED);
    assertThat(bed.run(one, new CleanCommand(100)).tombstones()).isZero();

    assertThat(bed.inbox(again)).containsExactly("k 1 0");
    assertThat(bed.inbox(one)).containsExactly("p 1 default/bob");
    assertThat(bed.run(one, send("alice", "bob", "hello"))).isEqualTo(Fate.AWAY);
    assertThat(bed.batch(two, claim("x", 1))).isEqualTo(new BatchReply.Fenced());
  }

  @Test
  void givenAnIdThatAnotherSessionGotMeanwhile_whenClaimedAgain_thenItIsTaken() {
    bed.run(two, claim("bob", 1));
    NodeEpoch again = bed.begin("two", 2, two.toString());
    bed.run(one, claim("bob", 1));

    Command<Verdict> claim = claim("bob", 1, Way.KEEP, null);

    assertThat(bed.run(again, claim)).isEqualTo(Verdict.TAKEN);
  }

  @Test
  void givenAnIdThatTheSameTokenGotMeanwhile_whenClaimedAgain_thenTheLaterOwnerKeepsIt() {
    bed.run(two, claim("bob", 1, Way.ANY, "secret"));
    NodeEpoch again = bed.begin("two", 2, two.toString());
    bed.run(one, claim("bob", 1, Way.ANY, "secret"));

    Command<Verdict> claim = claim("bob", 1, Way.KEEP, "secret");

    assertThat(bed.run(again, claim)).isEqualTo(Verdict.TAKEN);
    assertThat(bed.inbox(one)).containsExactly("c 1 0 0");
  }

  @Test
  void givenARedisThatHasForgottenATakeOver_whenTheIdIsClaimedAgain_thenTheFormerOwnerGivesWay() {
    bed.run(one, claim("bob", 1, Way.ANY, "secret"));
    NodeEpoch again = bed.begin("two", 2, two.toString());

    Command<Verdict> claim = claim("bob", 1, Way.RESTORE, "secret");

    assertThat(bed.run(again, claim)).isEqualTo(Verdict.GRANTED);
    assertThat(bed.inbox(again)).containsExactly("k 1 0");
    assertThat(bed.inbox(one)).containsExactly("c 1 0 0", "x 1");
    assertThat(bed.run(again, claim("bob", 2, Way.RESTORE, "guess"))).isEqualTo(Verdict.TAKEN);
  }

  @Test
  void givenAnIdThatAnotherOwns_whenItsFormerOwnerIsVerified_thenItsNodeHearsOfTheLoss() {
    bed.run(one, claim("bob", 1));
    bed.ask("DEL", "test{p0}:peer:default/bob");
    bed.run(two, claim("bob", 1));

    Command<Integer> verify =
        new VerifyCommand(List.of(new VerifyCommand.Item.OwnedId(address("bob"), 1)));

    assertThat(bed.run(one, verify)).isZero();
    assertThat(bed.inbox(one)).containsExactly("c 1 0 0", "l 1");
  }
}
