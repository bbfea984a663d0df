package dev.parley.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.access.Access;
import dev.parley.config.ByteSize;
import dev.parley.hub.Hub;
import dev.parley.hub.MailboxLimits;
import dev.parley.identity.IdGrant;
import dev.parley.identity.Identity;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome.Granted;
import dev.parley.signal.ClaimOutcome.NotOwned;
import dev.parley.signal.ClaimOutcome.Taken;
import dev.parley.signal.Delivery;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Presence.Departed;
import dev.parley.signal.Presence.Present;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Superseded;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Contract of every {@link Hub}, in memory or in a cluster, whichever nodes the sessions are
 * connected to. A subclass makes the nodes; the tests are independent of them. Tests wait for
 * outcomes, and never expect them at once.
 */
@ExtendWith(VertxExtension.class)
public abstract class HubContract {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  private static final PeerAddress ALICE = new PeerAddress("default", "alice");
  private static final PeerAddress BOB = new PeerAddress("default", "bob");
  private static final PeerAddress CAROL = new PeerAddress("default", "carol");

  private static final MailboxLimits ROOMY =
      new MailboxLimits(
          1000, ByteSize.ofMiB(1), 1000, ByteSize.ofMiB(1), ByteSize.ofMiB(8));

  private Vertx vertx;
  private final List<Nodes> made = new ArrayList<>();
  private Nodes nodes;

  private RecordingRecipient alice = new RecordingRecipient();
  private final RecordingRecipient bob = new RecordingRecipient();
  private final RecordingRecipient carol = new RecordingRecipient();

  /**
   * Fresh nodes that share nothing with others.
   *
   * @param hold how long an id is held for its token when its connection was lost
   */
  protected abstract Nodes createNodes(Vertx vertx, MailboxLimits limits, Duration hold);

  /** The nodes of one gateway; one will do. */
  public interface Nodes {

    /** The hub of the node that a session is connected to, always the same. */
    Hub of(RecordingRecipient session);

    /** The hubs of all nodes. */
    List<Hub> all();
  }

  private Nodes nodesFor(MailboxLimits limits) {
    return nodesFor(limits, LONG);
  }

  private Nodes nodesFor(MailboxLimits limits, Duration hold) {
    Nodes fresh = createNodes(vertx, limits, hold);
    made.add(fresh);
    return fresh;
  }

  @BeforeEach
  void giveAliceHerId(Vertx vertx) {
    this.vertx = vertx;
    nodes = nodesFor(ROOMY);
    claim(alice, ALICE);
  }

  @AfterEach
  void closeHubs() {
    made.forEach(each -> each.all().forEach(hub -> result(hub.close())));
  }

  // ---- claims

  @Test
  void givenAFreeId_whenClaimed_thenItIsGrantedAndFound() {
    claim(bob, BOB);

    assertThat(bob.deliveries()).containsExactly(new Granted(BOB, false));
    assertThat(result(on(carol).find(BOB))).isTrue();
  }

  @Test
  void givenAnOwnedId_whenSomebodyElseClaimsIt_thenItIsTakenAndTheOwnerStays() {
    on(bob).claim(bob, Claim.of(ALICE));

    assertThat(bob.await(1)).containsExactly(new Taken(ALICE));
    on(bob).send(bob, signal(BOB, ALICE, "still hers"), Duration.ZERO);
    assertThat(alice.await(2)).last().isInstanceOf(Signal.class);
  }

  @Test
  void givenAnIdWithAToken_whenClaimedWithAnotherToken_thenItIsTaken() {
    on(bob).claim(bob, new Claim(BOB, "secret", true));
    bob.await(1);

    on(carol).claim(carol, new Claim(BOB, "guess", true));

    assertThat(carol.await(1)).containsExactly(new Taken(BOB));
    assertThat(bob.deliveries()).hasSize(1);
  }

  @Test
  void givenAnIdWithAToken_whenClaimedWithTheSameToken_thenItMovesAndTheFormerOwnerIsTold() {
    on(bob).claim(bob, new Claim(BOB, "secret", true));
    bob.await(1);

    on(carol).claim(carol, new Claim(BOB, "secret", true));

    assertThat(carol.await(1)).containsExactly(new Granted(BOB, true));
    assertThat(bob.await(2)).last().isEqualTo(new Superseded(BOB));
    on(alice).send(alice, signal(ALICE, BOB, "to the new one"), Duration.ZERO);
    assertThat(carol.await(2)).last().isInstanceOf(Signal.class);
    assertThat(bob.deliveries()).hasSize(2);
  }

  @Test
  void givenOnesOwnId_whenClaimedAgain_thenItIsGrantedAgain() {
    on(alice).claim(alice, Claim.of(ALICE));

    assertThat(alice.await(2)).containsExactly(new Granted(ALICE, false),
        new Granted(ALICE, false));
  }

  @Test
  void givenAClaimForATakeOverOnly_whenTheIdIsFree_thenItIsNotOwnedAndStaysFree() {
    on(bob).claim(bob, new Claim(BOB, "secret", false));

    assertThat(bob.await(1)).containsExactly(new NotOwned(BOB));
    assertThat(result(on(carol).find(BOB))).isFalse();
  }

  @Test
  void givenAClaimForATakeOverOnly_whenMailWaits_thenTheMailIsKept() {
    on(alice).send(alice, signal(ALICE, BOB, "waits"), LONG);
    settle();
    on(carol).claim(carol, new Claim(BOB, "secret", false));
    assertThat(carol.await(1)).containsExactly(new NotOwned(BOB));

    claim(bob, BOB);

    bob.await(2);
    assertThat(bob.payloads()).containsExactly("waits");
  }

  @Test
  void givenAClaimForATakeOverOnly_whenTheTokenFits_thenItIsGranted() {
    on(bob).claim(bob, new Claim(BOB, "secret", true));
    bob.await(1);

    on(carol).claim(carol, new Claim(BOB, "secret", false));

    assertThat(carol.await(1)).containsExactly(new Granted(BOB, true));
  }

  @Test
  void givenManyThatClaimOneIdAtOnce_whenAllAreAnswered_thenExactlyOneHasIt()
      throws InterruptedException {
    List<RecordingRecipient> all =
        IntStream.range(0, 64).mapToObj(i -> new RecordingRecipient()).toList();

    atOnce(all.size(), i -> on(all.get(i)).claim(all.get(i), new Claim(BOB, "token " + i, true)));

    List<Delivery> outcomes = all.stream().map(each -> each.await(1).getFirst()).toList();
    assertThat(outcomes).filteredOn(Granted.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Taken.class::isInstance).hasSize(63);
  }

  // ---- releases

  @Test
  void givenAnOwnedId_whenReleased_thenNobodyIsThereAndItCanBeClaimed() {
    on(alice).release(alice, ALICE);
    settle();

    on(bob).send(bob, signal(BOB, ALICE, "nobody there"), Duration.ZERO);
    assertThat(bob.await(1)).containsExactly(undelivered(BOB, ALICE, Cause.ABSENT));
    assertThat(result(on(carol).find(ALICE))).isFalse();
    claim(carol, ALICE);
    assertThat(carol.deliveries()).containsExactly(new Granted(ALICE, false));
  }

  @Test
  void givenAnIdThatWasTakenOver_whenTheFormerOwnerReleasesIt_thenTheNewOwnerKeepsIt() {
    on(bob).claim(bob, new Claim(BOB, "secret", true));
    bob.await(1);
    on(carol).claim(carol, new Claim(BOB, "secret", true));
    carol.await(1);

    on(bob).release(bob, BOB);
    settle();

    on(alice).send(alice, signal(ALICE, BOB, "hello"), Duration.ZERO);
    carol.await(2);
    assertThat(carol.payloads()).containsExactly("hello");
  }

  @Test
  void givenAnIdOfSomebodyElse_whenReleased_thenNothingHappens() {
    on(bob).release(bob, ALICE);
    settle();

    assertThat(result(on(carol).find(ALICE))).isTrue();
  }

  // ---- losses

  private void claimAndLose(RecordingRecipient who, PeerAddress address, String token) {
    on(who).claim(who, new Claim(address, token, true));
    who.await(1);
    on(who).lose(who, address);
    settle();
  }

  @Test
  void givenALostIdWithAToken_whenOthersClaimIt_thenItIsTakenAndNobodyIsThere() {
    claimAndLose(bob, BOB, "secret");

    on(carol).claim(carol, new Claim(BOB, "guess", true));
    assertThat(carol.await(1)).containsExactly(new Taken(BOB));
    on(carol).claim(carol, Claim.of(BOB));
    assertThat(carol.await(2)).last().isEqualTo(new Taken(BOB));
    on(carol).claim(carol, new Claim(BOB, "guess", false));
    assertThat(carol.await(3)).last().isEqualTo(new Taken(BOB));

    assertThat(result(on(carol).find(BOB))).isFalse();
    assertThat(result(on(carol).look(BOB))).isEmpty();
    assertThat(result(on(carol).list("default"))).containsExactly(new Peer(ALICE, "test"));
    on(alice).send(alice, signal(ALICE, BOB, "not to wait"), Duration.ZERO);
    assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.ABSENT));
    assertThat(bob.deliveries()).hasSize(1);
  }

  @Test
  void givenALostIdWithAToken_whenItsClientComesBack_thenItHasItAndWhatWasHeld() {
    claimAndLose(bob, BOB, "secret");
    on(alice).send(alice, signal(ALICE, BOB, "one"), LONG);
    on(alice).send(alice, signal(ALICE, BOB, "two"), LONG);
    settle();
    RecordingRecipient again = new RecordingRecipient();

    on(again).claim(again, new Claim(BOB, "secret", true));

    assertThat(again.await(3)).first().isEqualTo(new Granted(BOB, false));
    assertThat(again.payloads()).containsExactly("one", "two");
    on(carol).claim(carol, new Claim(BOB, "guess", true));
    assertThat(carol.await(1)).containsExactly(new Taken(BOB));
    on(again).release(again, BOB);
    settle();
    on(carol).claim(carol, new Claim(BOB, "guess", true));
    assertThat(carol.await(2)).last().isEqualTo(new Granted(BOB, false));
  }

  @Test
  void givenALostIdWithAToken_whenItsTimeIsOver_thenItIsFreeForAllAndMailIsKept() {
    useNodes(ROOMY, SHORT);
    claimAndLose(bob, BOB, "secret");
    on(alice).send(alice, signal(ALICE, BOB, "waits"), LONG);
    settle();

    int[] claims = new int[1];
    Waits.until(
        "the id to be free",
        () -> {
          on(carol).claim(carol, new Claim(BOB, "another", true));
          return carol.await(++claims[0]).contains(new Granted(BOB, false));
        });

    Waits.until("the signal", () -> carol.payloads().equals(List.of("waits")));
  }

  @Test
  void givenALostIdWithoutAToken_whenAnotherClaimsIt_thenItIsFree() {
    on(alice).lose(alice, ALICE);
    settle();

    claim(carol, ALICE);

    assertThat(carol.deliveries()).containsExactly(new Granted(ALICE, false));
  }

  @Test
  void givenALostIdWithALongToken_whenAnotherClaimsIt_thenItIsFree() {
    claimAndLose(bob, BOB, "x".repeat(Claim.MAX_HELD_TOKEN + 1));

    claim(carol, BOB);

    assertThat(carol.deliveries()).containsExactly(new Granted(BOB, false));
  }

  // ---- subjects

  /** A claim of an id as the session of a subject makes it, or of an unknown client. */
  private static Claim claimOf(PeerAddress address, @Nullable String subject,
      @Nullable String token) {
    Access access = subject == null ? Access.OPEN
        : new Access(
            new Identity(subject, Set.of(), IdGrant.ANY, null, Map.of()),
            handshake -> Future.failedFuture("no client is admitted here"));
    return access.claim(new Claim(address, token, true));
  }

  private void claimAs(RecordingRecipient who, PeerAddress address, @Nullable String subject,
      @Nullable String token) {
    on(who).claim(who, claimOf(address, subject, token));
  }

  @Test
  void givenASubject_whenItsNextSessionClaimsWithAnotherToken_thenItMovesAtOnce() {
    claimAs(bob, BOB, "the subject", "of the first page");
    bob.await(1);
    RecordingRecipient again = new RecordingRecipient();

    claimAs(again, BOB, "the subject", "of the second page");
    assertThat(again.await(1)).containsExactly(new Granted(BOB, true));
    assertThat(bob.await(2)).last().isEqualTo(new Superseded(BOB));
    claimAs(carol, BOB, "the subject", null);
    assertThat(carol.await(1)).containsExactly(new Granted(BOB, true));
    assertThat(again.await(2)).last().isEqualTo(new Superseded(BOB));

    on(alice).send(alice, signal(ALICE, BOB, "to the newest"), Duration.ZERO);
    carol.await(2);
    assertThat(carol.payloads()).containsExactly("to the newest");
  }

  @Test
  void givenASubject_whenOthersClaimWithTheSameClientToken_thenTheIdIsTaken() {
    claimAs(bob, BOB, "the subject", "shared");
    bob.await(1);

    claimAs(carol, BOB, "another subject", "shared");
    assertThat(carol.await(1)).containsExactly(new Taken(BOB));
    claimAs(carol, BOB, null, "shared");
    assertThat(carol.await(2)).last().isEqualTo(new Taken(BOB));
    claimAs(carol, BOB, null, null);
    assertThat(carol.await(3)).last().isEqualTo(new Taken(BOB));
    claimAs(carol, BOB, null, claimOf(BOB, "the subject", null).token());
    assertThat(carol.await(4)).last().isEqualTo(new Taken(BOB));

    assertThat(bob.deliveries()).containsExactly(new Granted(BOB, false));
  }

  @Test
  void givenAClientWithAToken_whenASubjectClaimsWithTheSame_thenTheIdIsTaken() {
    claimAs(bob, BOB, null, "shared");
    bob.await(1);

    claimAs(carol, BOB, "a subject", "shared");

    assertThat(carol.await(1)).containsExactly(new Taken(BOB));
  }

  @Test
  void givenALostIdOfASubject_whenClaimed_thenItIsHeldForTheSubjectAlone() {
    claimAs(bob, BOB, "the subject", null);
    bob.await(1);
    on(bob).lose(bob, BOB);
    settle();

    claimAs(carol, BOB, "another subject", null);
    assertThat(carol.await(1)).containsExactly(new Taken(BOB));
    claimAs(carol, BOB, null, claimOf(BOB, "the subject", null).token());
    assertThat(carol.await(2)).last().isEqualTo(new Taken(BOB));
    RecordingRecipient again = new RecordingRecipient();
    claimAs(again, BOB, "the subject", "of the second page");

    assertThat(again.await(1)).containsExactly(new Granted(BOB, false));
  }

  @Test
  void givenAnIdThatPassesToAnotherSubject_whenSignalsAreInFlight_thenNoneIsForwarded()
      throws InterruptedException {
    claimAs(bob, BOB, "one subject", null);
    bob.await(1);
    int all = 400;

    atOnce(2, number -> {
      if (number == 0) {
        for (int i = 0; i < all; i++) {
          on(alice).send(alice, signal(ALICE, BOB, "" + i), Duration.ZERO);
        }
      } else {
        bob.await(1 + all / 4);
        on(bob).release(bob, BOB);
        for (int tries = 1; !carol.deliveries().contains(new Granted(BOB, false)); tries++) {
          claimAs(carol, BOB, "another subject", null);
          carol.await(tries);
        }
      }
    });
    on(alice).send(alice, signal(ALICE, BOB, "last"), Duration.ZERO);
    Waits.until("the last signal", () -> carol.payloads().contains("last"));
    Waits.until("all outcomes", () -> bob.payloads().size() + carol.payloads().size()
        + alice.deliveries().size() - 1 == all + 1);

    // Each to one of them or refused, and what the former owner has got was sent before.
    List<Integer> former = bob.payloads().stream().map(Integer::valueOf).toList();
    assertThat(former).isEqualTo(IntStream.range(0, former.size()).boxed().toList());
    assertThat(carol.payloads()).doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(bob.payloads());
    assertThat(carol.deliveries()).filteredOn(Granted.class::isInstance).hasSize(1);
    assertThat(carol.deliveries().indexOf(new Granted(BOB, false)))
        .isLessThan(carol.deliveries().size() - carol.payloads().size());
  }

  @Test
  void givenNoHold_whenAnIdIsLost_thenItIsFreeAtOnce() {
    useNodes(ROOMY, Duration.ZERO);
    claimAndLose(bob, BOB, "secret");

    on(carol).claim(carol, new Claim(BOB, "another", true));

    assertThat(carol.await(1)).containsExactly(new Granted(BOB, false));
  }

  @Test
  void givenAWatchedPeer_whenItIsLost_thenThatIsADeparture() {
    on(bob).claim(bob, new Claim(BOB, "secret", true));
    bob.await(1);
    on(alice).watch(alice, BOB);
    alice.await(2);

    on(bob).lose(bob, BOB);

    assertThat(alice.await(3)).last().isEqualTo(new Departed(BOB));
  }

  @Test
  void givenAnIdThatWasTakenOver_whenTheFormerOwnerIsLost_thenTheNewOwnerKeepsIt() {
    on(bob).claim(bob, new Claim(BOB, "secret", true));
    bob.await(1);
    on(carol).claim(carol, new Claim(BOB, "secret", true));
    carol.await(1);

    on(bob).lose(bob, BOB);
    settle();

    on(alice).send(alice, signal(ALICE, BOB, "hello"), Duration.ZERO);
    carol.await(2);
    assertThat(carol.payloads()).containsExactly("hello");
  }

  // ---- presence

  @Test
  void givenAnOwnedIdAndAFreeOne_whenLookedFor_thenTheOwnersDialectIsKnown() {
    claim(bob, BOB);

    assertThat(result(on(carol).look(BOB))).contains(new Peer(BOB, bob.dialect()));
    assertThat(result(on(carol).look(CAROL))).isEmpty();

    on(bob).release(bob, BOB);
    settle();

    assertThat(result(on(carol).look(BOB))).isEmpty();
  }

  // ---- signals

  @Test
  void givenARecipient_whenSignalsAreSent_thenTheyArriveInOrderAndUnchanged() {
    claim(bob, BOB);
    List<Signal> sent = IntStream.range(0, 500).mapToObj(i -> signal(ALICE, BOB, "n" + i)).toList();

    sent.forEach(each -> on(alice).send(alice, each, Duration.ZERO));

    List<Delivery> got = bob.await(501);
    assertThat(got.subList(1, 501)).isEqualTo(sent);
    assertThat(alice.deliveries()).hasSize(1);
  }

  @Test
  void givenManySendersAtOnce_whenAllHaveSent_thenEachOnesSignalsArriveInOrderAndOnce()
      throws InterruptedException {
    claim(bob, BOB);
    int senders = 16;
    int each = 200;

    atOnce(
        senders,
        i -> {
          PeerAddress from = new PeerAddress("default", "sender" + i);
          for (int n = 0; n < each; n++) {
            on(alice).send(alice, signal(from, BOB, Integer.toString(n)), Duration.ZERO);
          }
        });

    List<Delivery> got = bob.await(1 + senders * each);
    for (int i = 0; i < senders; i++) {
      PeerAddress from = new PeerAddress("default", "sender" + i);
      assertThat(got.stream().filter(d -> d instanceof Signal s && s.from().equals(from))
          .map(d -> ((Signal) d).payload().text()))
          .containsExactlyElementsOf(IntStream.range(0, each).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void givenNobodyThere_whenSentWithoutHold_thenTheSenderIsToldWithItsReference() {
    on(alice).send(alice,
        new Signal(SignalKind.ANSWER, ALICE, BOB, "test", "ANSWER", Bytes.utf8("x"), 77),
        Duration.ZERO);

    assertThat(alice.await(2))
        .last()
        .isEqualTo(new Undelivered(ALICE, BOB, SignalKind.ANSWER, 77, Cause.ABSENT));
  }

  @Test
  void givenTheSameIdInAnotherRealm_whenSent_thenOnlyTheAddressedOneGetsIt() {
    PeerAddress otherBob = new PeerAddress("acme", "bob");
    claim(bob, BOB);
    claim(carol, otherBob);

    on(alice).send(alice, signal(ALICE, BOB, "for the default realm"), Duration.ZERO);

    on(alice).send(alice, signal(ALICE, otherBob, "for the other realm"), Duration.ZERO);

    bob.await(2);
    carol.await(2);
    assertThat(bob.payloads()).containsExactly("for the default realm");
    assertThat(carol.payloads()).containsExactly("for the other realm");
  }

  @Test
  void givenASignalThatItsRecipientCannotUse_whenRefused_thenTheOwnerOfTheSendersIdIsTold() {
    Signal signal = signal(ALICE, BOB, "strange");

    on(bob).refuse(signal, Cause.UNTRANSLATABLE);

    assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.UNTRANSLATABLE));
  }

  @Test
  void givenPeersThatComeAndGo_whenOthersSend_thenEverySignalArrivesOrIsRefused()
      throws InterruptedException {
    int count = 2_000;
    List<RecordingRecipient> owners = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    Thread sender =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < count; i++) {
                    on(alice).send(alice, signal(ALICE, BOB, Integer.toString(i)), Duration.ZERO);
                  }
                  done.countDown();
                });
    while (done.getCount() > 0) {
      RecordingRecipient owner = new RecordingRecipient();
      owners.add(owner);
      on(owner).claim(owner, Claim.of(BOB));
      owner.await(1);
      on(owner).release(owner, BOB);
    }
    sender.join();

    Waits.until("an outcome of each signal",
        () -> delivered(owners).size() + alice.deliveries().size() >= 1 + count);
    settle();
    List<Integer> delivered = delivered(owners);
    assertThat(delivered).isSorted().doesNotHaveDuplicates();
    assertThat(alice.deliveries()).hasSize(1 + count - delivered.size());
  }

  private static List<Integer> delivered(List<RecordingRecipient> owners) {
    return owners.stream()
        .flatMap(owner -> owner.payloads().stream())
        .map(Integer::parseInt)
        .toList();
  }

  // ---- mailboxes

  @Test
  void givenHeldSignals_whenTheirRecipientComes_thenTheyFollowTheGrantInOrderBeforeAnythingNew() {
    claim(carol, CAROL);
    on(alice).send(alice, signal(ALICE, BOB, "first"), LONG);
    settle();
    on(carol).send(carol, signal(CAROL, BOB, "second"), LONG);
    settle();
    on(alice).send(alice, signal(ALICE, BOB, "third"), LONG);
    settle();

    on(bob).claim(bob, Claim.of(BOB));
    on(alice).send(alice, signal(ALICE, BOB, "new"), LONG);

    List<Delivery> got = bob.await(5);
    assertThat(got).first().isEqualTo(new Granted(BOB, false));
    assertThat(bob.payloads()).containsExactly("first", "second", "third", "new");
  }

  @Test
  void givenHeldSignals_whenTheirSenderLeaves_thenTheyAreDeliveredAllTheSame() {
    on(alice).send(alice, signal(ALICE, BOB, "last words"), LONG);
    on(alice).release(alice, ALICE);
    settle();

    claim(bob, BOB);

    bob.await(2);
    assertThat(bob.payloads()).containsExactly("last words");
  }

  @Test
  void givenHeldSignals_whenNobodyComes_thenTheSenderIsToldOnceForAllOfThem() {
    on(alice).send(alice, signal(ALICE, BOB, "one"), SHORT);
    on(alice).send(alice, signal(ALICE, BOB, "two"), SHORT);

    assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.EXPIRED));
    // Expires after both: what is said of them has come before.
    on(alice).send(alice, signal(ALICE, CAROL, "three"), SHORT);
    assertThat(alice.await(3)).last().isEqualTo(undelivered(ALICE, CAROL, Cause.EXPIRED));
    claim(bob, BOB);
    on(alice).send(alice, signal(ALICE, BOB, "four"), Duration.ZERO);
    bob.await(2);
    assertThat(bob.payloads()).containsExactly("four");
  }

  @Test
  void givenHeldSignalsOfTwoSenders_whenOnesTimeIsUp_thenTheOthersStillWait() {
    claim(carol, CAROL);
    on(alice).send(alice, signal(ALICE, BOB, "soon over"), SHORT);
    on(carol).send(carol, signal(CAROL, BOB, "patient"), LONG);

    alice.await(2);
    claim(bob, BOB);

    bob.await(2);
    assertThat(bob.payloads()).containsExactly("patient");
    assertThat(carol.deliveries()).hasSize(1);
  }

  @Test
  void givenAnExpiredSignal_whenItsSendersIdHasANewOwner_thenThatOneIsTold() {
    on(bob).claim(bob, new Claim(BOB, "secret", true));
    on(bob).send(bob, signal(BOB, CAROL, "waits"), SHORT.multipliedBy(5));
    settle();
    RecordingRecipient again = new RecordingRecipient();
    on(again).claim(again, new Claim(BOB, "secret", true));

    assertThat(again.await(2)).last().isEqualTo(undelivered(BOB, CAROL, Cause.EXPIRED));
  }

  @Test
  void givenAPeersMailboxAtItsBound_whenMoreIsSent_thenTheSenderIsToldAndTheRestIsKept() {
    useNodes(new MailboxLimits(2, ByteSize.ofMiB(1), 100, ByteSize.ofMiB(1), ByteSize.ofMiB(8)));
    for (String each : List.of("one", "two", "three")) {
      on(alice).send(alice, signal(ALICE, BOB, each), LONG);
    }

    assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.FULL));
    claim(bob, BOB);
    bob.await(3);
    assertThat(bob.payloads()).containsExactly("one", "two");
  }

  @Test
  void givenASenderAtItsBound_whenItSendsToAnother_thenItIsToldUntilSomethingIsCollected() {
    useNodes(new MailboxLimits(100, ByteSize.ofMiB(1), 2, ByteSize.ofMiB(1), ByteSize.ofMiB(8)));
    PeerAddress dave = new PeerAddress("default", "dave");
    on(alice).send(alice, signal(ALICE, BOB, "one"), LONG);
    on(alice).send(alice, signal(ALICE, CAROL, "two"), LONG);
    on(alice).send(alice, signal(ALICE, dave, "three"), LONG);
    assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, dave, Cause.FULL));

    claim(bob, BOB);
    bob.await(2);
    on(alice).send(alice, signal(ALICE, dave, "four"), LONG);
    settle();

    RecordingRecipient daves = new RecordingRecipient();
    claim(daves, dave);
    daves.await(2);
    assertThat(daves.payloads()).containsExactly("four");
  }

  @Test
  void givenSignalsThatExpired_whenTheirSenderSendsAgain_thenTheirRoomIsFreeAgain() {
    useNodes(new MailboxLimits(1, ByteSize.ofMiB(1), 1, ByteSize.ofMiB(1), ByteSize.ofMiB(8)));
    on(alice).send(alice, signal(ALICE, BOB, "expires"), SHORT);
    assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.EXPIRED));

    on(alice).send(alice, signal(ALICE, BOB, "again"), LONG);
    settle();

    claim(bob, BOB);
    bob.await(2);
    assertThat(bob.payloads()).containsExactly("again");
  }

  @Test
  void givenAllMailboxesAtTheBoundInAll_whenMoreIsSent_thenTheSenderIsTold() {
    useNodes(new MailboxLimits(100, ByteSize.ofKiB(2), 100, ByteSize.ofKiB(2), ByteSize.ofKiB(2)));
    String big = "x".repeat(1_500);
    claim(carol, CAROL);
    on(alice).send(alice, signal(ALICE, BOB, big), LONG);
    settle();
    on(carol).send(carol, signal(CAROL, new PeerAddress("default", "dave"), big), LONG);

    assertThat(carol.await(2).getLast())
        .isEqualTo(undelivered(CAROL, new PeerAddress("default", "dave"), Cause.FULL));
  }

  // ---- lists

  @Test
  void givenPeersOfTwoRealms_whenListed_thenThoseOfTheRealmInOrderOfArrival() {
    claim(carol, CAROL);
    claim(new RecordingRecipient(), new PeerAddress("acme", "zed"));
    claim(bob, BOB);
    on(alice).send(alice, signal(ALICE, new PeerAddress("default", "absent"), "waits"), LONG);

    assertThat(result(on(carol).list("default")))
        .containsExactly(
            new Peer(ALICE, "test"), new Peer(CAROL, "test"), new Peer(BOB, "test"));
    assertThat(result(on(carol).list("empty"))).isEmpty();
  }

  // ---- watching

  @Test
  void givenAPeerThatIsThere_whenWatched_thenThatIsToldAndItsDepartureAfterItsLastSignal() {
    claim(bob, BOB);
    on(alice).watch(alice, BOB);
    assertThat(alice.await(2)).last().isEqualTo(new Present(BOB));

    on(bob).send(bob, signal(BOB, ALICE, "farewell"), Duration.ZERO);
    on(bob).release(bob, BOB);

    assertThat(alice.await(4).get(2)).isInstanceOf(Signal.class);
    assertThat(alice.deliveries().getLast()).isEqualTo(new Departed(BOB));
  }

  @Test
  void givenAPeerThatIsNotThere_whenWatched_thenItsAbsenceIsToldAndNoLaterArrival() {
    on(alice).watch(alice, BOB);
    assertThat(alice.await(2)).last().isEqualTo(new Departed(BOB));

    claim(bob, BOB);
    on(bob).release(bob, BOB);
    claim(bob, BOB);

    hearsNothingButASignal(alice, bob);
  }

  @Test
  void givenAWatchedPeer_whenAnotherSessionTakesItsIdOver_thenOnlyTheLastOnesEndIsADeparture() {
    on(bob).claim(bob, new Claim(BOB, "secret", true));
    bob.await(1);
    on(alice).watch(alice, BOB);
    alice.await(2);

    on(carol).claim(carol, new Claim(BOB, "secret", true));
    carol.await(1);
    on(bob).release(bob, BOB);
    settle();
    hearsNothingButASignal(alice, carol);

    on(carol).release(carol, BOB);
    assertThat(alice.await(4)).last().isEqualTo(new Departed(BOB));
  }

  @Test
  void givenAWatchThatWasEnded_whenThePeerLeaves_thenNothingIsTold() {
    claim(bob, BOB);
    on(alice).watch(alice, BOB);
    alice.await(2);
    on(carol).watch(carol, BOB);
    carol.await(1);

    on(alice).unwatch(alice, BOB);
    settle();
    on(bob).release(bob, BOB);

    assertThat(carol.await(2)).last().isEqualTo(new Departed(BOB));
    assertThat(alice.deliveries()).hasSize(2);
  }

  @Test
  void givenAWatchThatWasMadeTwice_whenThePeerLeaves_thenThatIsToldOnce() {
    claim(bob, BOB);
    on(alice).watch(alice, BOB);
    on(alice).watch(alice, BOB);
    alice.await(3);

    on(bob).release(bob, BOB);

    assertThat(alice.await(4)).last().isEqualTo(new Departed(BOB));
    claim(bob, BOB);
    hearsNothingButASignal(alice, bob);
  }

  // ---- words

  /** Replaces the nodes by new ones with other bounds; alice owns her id there, too. */
  private void useNodes(MailboxLimits limits) {
    useNodes(limits, LONG);
  }

  private void useNodes(MailboxLimits limits, Duration hold) {
    nodes = nodesFor(limits, hold);
    alice = new RecordingRecipient();
    claim(alice, ALICE);
  }

  private Hub on(RecordingRecipient session) {
    return nodes.of(session);
  }

  /** Waits until all nodes have executed all commands so far. */
  private void settle() {
    nodes.all().forEach(hub -> result(hub.find(new PeerAddress("default", "somebody"))));
  }

  private void claim(RecordingRecipient who, PeerAddress address) {
    int before = who.deliveries().size();
    on(who).claim(who, Claim.of(address));
    who.await(before + 1);
  }

  /** What was said to alice before a signal of bob has come before it. */
  private void hearsNothingButASignal(RecordingRecipient alice, RecordingRecipient bob) {
    int before = alice.deliveries().size();
    on(bob).send(bob, signal(BOB, ALICE, "fence"), Duration.ZERO);
    assertThat(alice.await(before + 1)).last().isInstanceOf(Signal.class);
  }

  private static Signal signal(PeerAddress from, PeerAddress to, String payload) {
    return new Signal(SignalKind.OFFER, from, to, "test", "OFFER", Bytes.utf8(payload), 0);
  }

  private static Undelivered undelivered(PeerAddress from, PeerAddress to, Cause cause) {
    return new Undelivered(from, to, SignalKind.OFFER, 0, cause);
  }

  private static <T> T result(Future<T> future) {
    return Waits.join("an answer of the hub", future);
  }

  private interface Action {
    void run(int i);
  }

  private static void atOnce(int threads, Action action) throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(threads);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      all.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    ready.countDown();
                    try {
                      ready.await();
                    } catch (InterruptedException interrupted) {
                      Thread.currentThread().interrupt();
                    }
                    action.run(number);
                  }));
    }
    for (Thread each : all) {
      each.join();
    }
  }
}
