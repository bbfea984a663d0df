package dev.parley.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteSize;
import dev.parley.hub.Hub;
import dev.parley.hub.MailboxLimits;
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
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Hub} promises, in memory or in a cluster. A subclass makes the hub; nothing
 * here knows which it is. Outcomes are waited for, never expected at once.
 */
public abstract class HubContract {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration A_WHILE = Duration.ofMillis(150);

  private static final PeerAddress ALICE = new PeerAddress("default", "alice");
  private static final PeerAddress BOB = new PeerAddress("default", "bob");
  private static final PeerAddress CAROL = new PeerAddress("default", "carol");

  private static final MailboxLimits ROOMY =
      new MailboxLimits(
          1000, ByteSize.ofMiB(1), 1000, ByteSize.ofMiB(1), ByteSize.ofMiB(8));

  private final Vertx vertx = Vertx.vertx();
  private final List<Hub> hubs = new ArrayList<>();
  private Hub hub = hubFor(ROOMY);

  private RecordingRecipient alice = new RecordingRecipient();
  private final RecordingRecipient bob = new RecordingRecipient();
  private final RecordingRecipient carol = new RecordingRecipient();

  /** A fresh hub that shares nothing with others. */
  protected abstract Hub createHub(Vertx vertx, MailboxLimits limits);

  private Hub hubFor(MailboxLimits limits) {
    Hub made = createHub(vertx, limits);
    hubs.add(made);
    return made;
  }

  @BeforeEach
  void giveAliceHerId() {
    claim(alice, ALICE);
  }

  @AfterEach
  void closeHubs() {
    hubs.forEach(each -> result(each.close()));
    result(vertx.close());
  }

  // ---- claims

  @Test
  void givenAFreeId_whenClaimed_thenItIsGrantedAndFound() {
    claim(bob, BOB);

    assertThat(bob.deliveries()).containsExactly(new Granted(BOB, false));
    assertThat(result(hub.find(BOB))).isTrue();
  }

  @Test
  void givenAnOwnedId_whenSomebodyElseClaimsIt_thenItIsTakenAndTheOwnerStays() {
    hub.claim(bob, Claim.of(ALICE));

    assertThat(bob.await(1)).containsExactly(new Taken(ALICE));
    hub.send(bob, signal(BOB, ALICE, "still hers"), Duration.ZERO);
    assertThat(alice.await(2)).last().isInstanceOf(Signal.class);
  }

  @Test
  void givenAnIdWithAToken_whenClaimedWithAnotherToken_thenItIsTaken() {
    hub.claim(bob, new Claim(BOB, "secret", true));
    bob.await(1);

    hub.claim(carol, new Claim(BOB, "guess", true));

    assertThat(carol.await(1)).containsExactly(new Taken(BOB));
    assertThat(bob.deliveries()).hasSize(1);
  }

  @Test
  void givenAnIdWithAToken_whenClaimedWithTheSameToken_thenItMovesAndTheFormerOwnerIsTold() {
    hub.claim(bob, new Claim(BOB, "secret", true));
    bob.await(1);

    hub.claim(carol, new Claim(BOB, "secret", true));

    assertThat(carol.await(1)).containsExactly(new Granted(BOB, true));
    assertThat(bob.await(2)).last().isEqualTo(new Superseded(BOB));
    hub.send(alice, signal(ALICE, BOB, "to the new one"), Duration.ZERO);
    assertThat(carol.await(2)).last().isInstanceOf(Signal.class);
    assertThat(bob.deliveries()).hasSize(2);
  }

  @Test
  void givenOnesOwnId_whenClaimedAgain_thenItIsGrantedAgain() {
    hub.claim(alice, Claim.of(ALICE));

    assertThat(alice.await(2)).containsExactly(new Granted(ALICE, false),
        new Granted(ALICE, false));
  }

  @Test
  void givenAClaimForATakeOverOnly_whenTheIdIsFree_thenItIsNotOwnedAndStaysFree() {
    hub.claim(bob, new Claim(BOB, "secret", false));

    assertThat(bob.await(1)).containsExactly(new NotOwned(BOB));
    assertThat(result(hub.find(BOB))).isFalse();
  }

  @Test
  void givenAClaimForATakeOverOnly_whenMailWaits_thenTheMailIsKept() {
    hub.send(alice, signal(ALICE, BOB, "waits"), LONG);
    hub.claim(carol, new Claim(BOB, "secret", false));
    assertThat(carol.await(1)).containsExactly(new NotOwned(BOB));

    claim(bob, BOB);

    bob.await(2);
    assertThat(bob.payloads()).containsExactly("waits");
  }

  @Test
  void givenAClaimForATakeOverOnly_whenTheTokenFits_thenItIsGranted() {
    hub.claim(bob, new Claim(BOB, "secret", true));
    bob.await(1);

    hub.claim(carol, new Claim(BOB, "secret", false));

    assertThat(carol.await(1)).containsExactly(new Granted(BOB, true));
  }

  @Test
  void givenManyThatClaimOneIdAtOnce_whenAllAreAnswered_thenExactlyOneHasIt()
      throws InterruptedException {
    List<RecordingRecipient> all =
        IntStream.range(0, 64).mapToObj(i -> new RecordingRecipient()).toList();

    atOnce(all.size(), i -> hub.claim(all.get(i), new Claim(BOB, "token " + i, true)));

    List<Delivery> outcomes = all.stream().map(each -> each.await(1).getFirst()).toList();
    assertThat(outcomes).filteredOn(Granted.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Taken.class::isInstance).hasSize(63);
  }

  // ---- releases

  @Test
  void givenAnOwnedId_whenReleased_thenNobodyIsThereAndItCanBeClaimed() {
    hub.release(alice, ALICE);

    hub.send(bob, signal(BOB, ALICE, "nobody there"), Duration.ZERO);
    assertThat(bob.await(1)).containsExactly(undelivered(BOB, ALICE, Cause.ABSENT));
    assertThat(result(hub.find(ALICE))).isFalse();
    claim(carol, ALICE);
    assertThat(carol.deliveries()).containsExactly(new Granted(ALICE, false));
  }

  @Test
  void givenAnIdThatWasTakenOver_whenTheFormerOwnerReleasesIt_thenTheNewOwnerKeepsIt() {
    hub.claim(bob, new Claim(BOB, "secret", true));
    hub.claim(carol, new Claim(BOB, "secret", true));
    carol.await(1);

    hub.release(bob, BOB);

    hub.send(alice, signal(ALICE, BOB, "hello"), Duration.ZERO);
    carol.await(2);
    assertThat(carol.payloads()).containsExactly("hello");
  }

  @Test
  void givenAnIdOfSomebodyElse_whenReleased_thenNothingHappens() {
    hub.release(bob, ALICE);

    assertThat(result(hub.find(ALICE))).isTrue();
  }

  // ---- who is there

  @Test
  void givenAnOwnedIdAndAFreeOne_whenLookedFor_thenTheOwnersDialectIsKnown() {
    claim(bob, BOB);

    assertThat(result(hub.look(BOB))).contains(new Peer(BOB, bob.dialect()));
    assertThat(result(hub.look(CAROL))).isEmpty();

    hub.release(bob, BOB);

    assertThat(result(hub.look(BOB))).isEmpty();
  }

  // ---- signals

  @Test
  void givenARecipient_whenSignalsAreSent_thenTheyArriveInOrderAndUnchanged() {
    claim(bob, BOB);
    List<Signal> sent = IntStream.range(0, 500).mapToObj(i -> signal(ALICE, BOB, "n" + i)).toList();

    sent.forEach(each -> hub.send(alice, each, Duration.ZERO));

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
            hub.send(alice, signal(from, BOB, Integer.toString(n)), Duration.ZERO);
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
    hub.send(alice,
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

    hub.send(alice, signal(ALICE, BOB, "for the default realm"), Duration.ZERO);

    bob.await(2);
    assertThat(carol.hearsMoreWithin(A_WHILE)).isFalse();
  }

  @Test
  void givenASignalThatItsRecipientCannotUse_whenRefused_thenTheOwnerOfTheSendersIdIsTold() {
    Signal signal = signal(ALICE, BOB, "strange");

    hub.refuse(signal, Cause.UNTRANSLATABLE);

    assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.UNTRANSLATABLE));
  }

  @Test
  void givenPeersThatComeAndGo_whileOthersSend_thenEverySignalArrivesOrIsRefused()
      throws InterruptedException {
    int count = 2_000;
    List<RecordingRecipient> owners = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    Thread sender =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < count; i++) {
                    hub.send(alice, signal(ALICE, BOB, Integer.toString(i)), Duration.ZERO);
                  }
                  done.countDown();
                });
    while (done.getCount() > 0) {
      RecordingRecipient owner = new RecordingRecipient();
      owners.add(owner);
      hub.claim(owner, Claim.of(BOB));
      owner.await(1);
      hub.release(owner, BOB);
    }
    sender.join();

    List<Integer> delivered = new ArrayList<>();
    owners.forEach(
        owner -> owner.payloads().forEach(payload -> delivered.add(Integer.parseInt(payload))));
    alice.await(1 + count - delivered.size());
    assertThat(delivered).isSorted().doesNotHaveDuplicates();
    assertThat(alice.deliveries()).hasSize(1 + count - delivered.size());
  }

  // ---- mailboxes

  @Test
  void givenHeldSignals_whenTheirRecipientComes_thenTheyFollowTheGrantInOrderBeforeAnythingNew() {
    claim(carol, CAROL);
    hub.send(alice, signal(ALICE, BOB, "first"), LONG);
    hub.send(carol, signal(CAROL, BOB, "second"), LONG);
    hub.send(alice, signal(ALICE, BOB, "third"), LONG);

    hub.claim(bob, Claim.of(BOB));
    hub.send(alice, signal(ALICE, BOB, "new"), LONG);

    List<Delivery> got = bob.await(5);
    assertThat(got).first().isEqualTo(new Granted(BOB, false));
    assertThat(bob.payloads()).containsExactly("first", "second", "third", "new");
  }

  @Test
  void givenHeldSignals_whenTheirSenderLeaves_thenTheyAreDeliveredAllTheSame() {
    hub.send(alice, signal(ALICE, BOB, "last words"), LONG);
    hub.release(alice, ALICE);

    claim(bob, BOB);

    bob.await(2);
    assertThat(bob.payloads()).containsExactly("last words");
  }

  @Test
  void givenHeldSignals_whenNobodyComes_thenTheSenderIsToldOnceForAllOfThem() {
    hub.send(alice, signal(ALICE, BOB, "one"), SHORT);
    hub.send(alice, signal(ALICE, BOB, "two"), SHORT);

    assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.EXPIRED));
    assertThat(alice.hearsMoreWithin(SHORT.multipliedBy(2))).isFalse();
    claim(bob, BOB);
    assertThat(bob.hearsMoreWithin(A_WHILE)).isFalse();
  }

  @Test
  void givenHeldSignalsOfTwoSenders_whenOnesTimeIsUp_thenTheOthersStillWait() {
    claim(carol, CAROL);
    hub.send(alice, signal(ALICE, BOB, "soon over"), SHORT);
    hub.send(carol, signal(CAROL, BOB, "patient"), LONG);

    alice.await(2);
    claim(bob, BOB);

    bob.await(2);
    assertThat(bob.payloads()).containsExactly("patient");
    assertThat(carol.deliveries()).hasSize(1);
  }

  @Test
  void givenAnExpiredSignal_whenItsSendersIdHasANewOwner_thenThatOneIsTold() {
    hub.claim(bob, new Claim(BOB, "secret", true));
    hub.send(bob, signal(BOB, CAROL, "waits"), SHORT);
    RecordingRecipient again = new RecordingRecipient();
    hub.claim(again, new Claim(BOB, "secret", true));

    assertThat(again.await(2)).last().isEqualTo(undelivered(BOB, CAROL, Cause.EXPIRED));
  }

  @Test
  void givenAPeersMailboxAtItsBound_whenMoreIsSent_thenTheSenderIsToldAndTheRestIsKept() {
    useHub(new MailboxLimits(2, ByteSize.ofMiB(1), 100, ByteSize.ofMiB(1), ByteSize.ofMiB(8)));
    for (String each : List.of("one", "two", "three")) {
      hub.send(alice, signal(ALICE, BOB, each), LONG);
    }

    assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.FULL));
    claim(bob, BOB);
    bob.await(3);
    assertThat(bob.payloads()).containsExactly("one", "two");
  }

  @Test
  void givenASenderAtItsBound_whenItSendsToAnother_thenItIsToldUntilSomethingIsCollected() {
    useHub(new MailboxLimits(100, ByteSize.ofMiB(1), 2, ByteSize.ofMiB(1), ByteSize.ofMiB(8)));
    PeerAddress dave = new PeerAddress("default", "dave");
    hub.send(alice, signal(ALICE, BOB, "one"), LONG);
    hub.send(alice, signal(ALICE, CAROL, "two"), LONG);
    hub.send(alice, signal(ALICE, dave, "three"), LONG);
    assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, dave, Cause.FULL));

    claim(bob, BOB);
    bob.await(2);
    hub.send(alice, signal(ALICE, dave, "four"), LONG);

    RecordingRecipient daves = new RecordingRecipient();
    claim(daves, dave);
    daves.await(2);
    assertThat(daves.payloads()).containsExactly("four");
  }

  @Test
  void givenSignalsThatExpired_whenTheirSenderSendsAgain_thenTheirRoomIsFreeAgain() {
    useHub(new MailboxLimits(1, ByteSize.ofMiB(1), 1, ByteSize.ofMiB(1), ByteSize.ofMiB(8)));
    hub.send(alice, signal(ALICE, BOB, "expires"), SHORT);
    assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.EXPIRED));

    hub.send(alice, signal(ALICE, BOB, "again"), LONG);

    claim(bob, BOB);
    bob.await(2);
    assertThat(bob.payloads()).containsExactly("again");
  }

  @Test
  void givenAllMailboxesAtTheBoundInAll_whenMoreIsSent_thenTheSenderIsTold() {
    useHub(new MailboxLimits(100, ByteSize.ofKiB(2), 100, ByteSize.ofKiB(2), ByteSize.ofKiB(2)));
    String big = "x".repeat(1_500);
    claim(carol, CAROL);
    hub.send(alice, signal(ALICE, BOB, big), LONG);
    hub.send(carol, signal(CAROL, new PeerAddress("default", "dave"), big), LONG);

    assertThat(carol.await(2).getLast())
        .isEqualTo(undelivered(CAROL, new PeerAddress("default", "dave"), Cause.FULL));
  }

  // ---- lists

  @Test
  void givenPeersOfTwoRealms_whenListed_thenThoseOfTheRealmInOrderOfArrival() {
    claim(carol, CAROL);
    claim(new RecordingRecipient(), new PeerAddress("acme", "zed"));
    claim(bob, BOB);
    hub.send(alice, signal(ALICE, new PeerAddress("default", "absent"), "waits"), LONG);

    assertThat(result(hub.list("default")))
        .containsExactly(
            new Peer(ALICE, "test"), new Peer(CAROL, "test"), new Peer(BOB, "test"));
    assertThat(result(hub.list("empty"))).isEmpty();
  }

  // ---- watching

  @Test
  void givenAPeerThatIsThere_whenWatched_thenThatIsToldAndItsDepartureAfterItsLastSignal() {
    claim(bob, BOB);
    hub.watch(alice, BOB);
    assertThat(alice.await(2)).last().isEqualTo(new Present(BOB));

    hub.send(bob, signal(BOB, ALICE, "farewell"), Duration.ZERO);
    hub.release(bob, BOB);

    assertThat(alice.await(4).get(2)).isInstanceOf(Signal.class);
    assertThat(alice.deliveries().getLast()).isEqualTo(new Departed(BOB));
  }

  @Test
  void givenAPeerThatIsNotThere_whenWatched_thenItsAbsenceIsToldAndNoLaterArrival() {
    hub.watch(alice, BOB);
    assertThat(alice.await(2)).last().isEqualTo(new Departed(BOB));

    claim(bob, BOB);
    hub.release(bob, BOB);

    assertThat(alice.hearsMoreWithin(A_WHILE)).isFalse();
  }

  @Test
  void givenAWatchedPeer_whenAnotherSessionTakesItsIdOver_thenOnlyTheLastOnesEndIsADeparture() {
    hub.claim(bob, new Claim(BOB, "secret", true));
    bob.await(1);
    hub.watch(alice, BOB);
    alice.await(2);

    hub.claim(carol, new Claim(BOB, "secret", true));
    carol.await(1);
    hub.release(bob, BOB);
    assertThat(alice.hearsMoreWithin(A_WHILE)).isFalse();

    hub.release(carol, BOB);
    assertThat(alice.await(3)).last().isEqualTo(new Departed(BOB));
  }

  @Test
  void givenAWatchThatWasEnded_whenThePeerLeaves_thenNothingIsTold() {
    claim(bob, BOB);
    hub.watch(alice, BOB);
    alice.await(2);
    hub.watch(carol, BOB);
    carol.await(1);

    hub.unwatch(alice, BOB);
    hub.release(bob, BOB);

    assertThat(carol.await(2)).last().isEqualTo(new Departed(BOB));
    assertThat(alice.deliveries()).hasSize(2);
  }

  @Test
  void givenAWatchThatWasMadeTwice_whenThePeerLeaves_thenThatIsToldOnce() {
    claim(bob, BOB);
    hub.watch(alice, BOB);
    hub.watch(alice, BOB);
    alice.await(3);

    hub.release(bob, BOB);

    assertThat(alice.await(4)).last().isEqualTo(new Departed(BOB));
    assertThat(alice.hearsMoreWithin(A_WHILE)).isFalse();
  }

  // ---- words

  /** Replaces the hub by one with other bounds; alice has her id there too. */
  private void useHub(MailboxLimits limits) {
    hub = hubFor(limits);
    alice = new RecordingRecipient();
    claim(alice, ALICE);
  }

  private void claim(RecordingRecipient who, PeerAddress address) {
    int before = who.deliveries().size();
    hub.claim(who, Claim.of(address));
    who.await(before + 1);
  }

  private static Signal signal(PeerAddress from, PeerAddress to, String payload) {
    return new Signal(SignalKind.OFFER, from, to, "test", "OFFER", Bytes.utf8(payload), 0);
  }

  private static Undelivered undelivered(PeerAddress from, PeerAddress to, Cause cause) {
    return new Undelivered(from, to, SignalKind.OFFER, 0, cause);
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
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
