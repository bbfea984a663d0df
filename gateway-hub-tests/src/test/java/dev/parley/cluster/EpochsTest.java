package dev.parley.cluster;

import static dev.parley.cluster.Member.failure;
import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.membership.PartitionPolicy;
import dev.parley.cluster.pipeline.PipelineLimits;
import dev.parley.cluster.script.Envelope;
import dev.parley.cluster.script.InboxLimits;
import dev.parley.config.ByteSize;
import dev.parley.config.ServiceUrl;
import dev.parley.group.GroupLimits;
import dev.parley.hub.HubUnavailableException;
import dev.parley.hub.MailboxLimits;
import dev.parley.hub.Recipient;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome.Granted;
import dev.parley.signal.ClaimOutcome.Unavailable;
import dev.parley.signal.Delivery;
import dev.parley.signal.IdLost;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Presence.Departed;
import dev.parley.signal.Presence.Present;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.hub.RecordingRecipient;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Failed, partitioned and rejoining nodes, as their sessions and those of other nodes see them. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class EpochsTest {

  private static final PeerAddress ALICE = new PeerAddress("default", "alice");
  private static final PeerAddress BOB = new PeerAddress("default", "bob");
  private static final PeerAddress CAROL = new PeerAddress("default", "carol");

  private final RedisServer redis = RedisServer.start();
  private final RecordingRecipient alice = new RecordingRecipient();
  private final RecordingRecipient bob = new RecordingRecipient();
  private final RecordingRecipient carol = new RecordingRecipient();

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  private static void claim(RedisHub hub, RecordingRecipient who, PeerAddress address) {
    int before = who.deliveries().size();
    hub.claim(who, Claim.of(address));
    assertThat(who.await(before + 1)).last().isEqualTo(new Granted(address, false));
  }

  private static Signal signal(PeerAddress from, PeerAddress to, String payload) {
    return new Signal(SignalKind.OFFER, from, to, "test", "OFFER", Bytes.utf8(payload), 0);
  }

  private static Undelivered undelivered(PeerAddress from, PeerAddress to, Cause cause) {
    return new Undelivered(from, to, SignalKind.OFFER, 0, cause);
  }

  private static void awaitCutOff(RedisHub hub, RecordingRecipient who, PeerAddress address) {
    Waits.until(
        "the lease to end",
        () -> {
          int before = who.deliveries().size();
          hub.claim(who, Claim.of(address));
          return who.await(before + 1).getLast() instanceof Unavailable;
        });
  }

  /** Waits until the inbox has been read and trimmed. */
  private static void awaitEmptyInbox(FaultBed bed, int node) {
    Waits.until(
        "the inbox to be trimmed",
        () -> bed.probe().ask("XLEN", bed.key(node, "inbox")).toInteger() == 0);
  }

  // ---- eviction

  @Test
  void givenANodeThatIsKilled_whenItsLeaseIsOver_thenItsPeersHaveDepartedAndTheirIdsAreFree() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      claim(bed.hub(1), bob, BOB);
      bed.hub(0).watch(alice, BOB);
      assertThat(alice.await(2)).last().isEqualTo(new Present(BOB));

      result(bed.hub(1).kill());
      bed.hub(0).send(alice, signal(ALICE, BOB, "unread"), Duration.ZERO);

      List<Delivery> told = alice.await(4);
      assertThat(told.subList(2, 4))
          .containsExactly(undelivered(ALICE, BOB, Cause.GONE), new Departed(BOB));
      assertThat(bed.counted("parley.cluster.evictions")).isOne();
      claim(bed.hub(0), carol, BOB);
    }
  }

  @Test
  void givenANodeThatCloses_whenOthersLook_thenItsPeersHaveGoneAtOnce() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      claim(bed.hub(1), bob, BOB);
      bed.hub(0).watch(alice, BOB);
      alice.await(2);

      result(bed.hub(1).close());

      assertThat(alice.await(3)).last().isEqualTo(new Departed(BOB));
    }
  }

  @Test
  void givenASignalOfWhichEverythingIsLong_whenRefused_thenOnlyWhatItsSenderMustKnowGoesBack() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      awaitEmptyInbox(bed, 0);
      bed.proxy(0).stall();
      String much = "x".repeat(50_000);
      Signal big =
          new Signal(SignalKind.OFFER, ALICE, BOB, "test", much, Bytes.utf8(much), 7)
              .within(much);

      bed.hub(1).refuse(big, Cause.REJECTED);
      result(bed.hub(1).find(BOB));
      int bytes = bed.probe().ask("MEMORY", "USAGE", bed.key(0, "inbox")).toInteger();
      bed.proxy(0).restore();

      assertThat(bytes).isLessThan(10_000);
      assertThat(alice.await(2)).last()
          .isEqualTo(new Undelivered(ALICE, BOB, SignalKind.OFFER, 7, Cause.REJECTED));
    }
  }

  @Test
  void givenARefusalThatHasToWait_whenItsNodeCloses_thenTheSenderIsNotifiedByAnother() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      String inbox = bed.key(0, "inbox");
      bed.probe().ask("RENAME", inbox, "out-of-reach");
      bed.hub(1).refuse(signal(ALICE, BOB, "not wanted"), Cause.REJECTED);
      // Behind it in the pipeline: by now its reply has asked for a retry.
      result(bed.hub(1).find(BOB));

      result(bed.hub(1).close());
      bed.probe().ask("RENAME", "out-of-reach", inbox);

      assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.REJECTED));
    }
  }

  @Test
  void givenARefusalInFlight_whenItsNodeCloses_thenTheSenderIsNotifiedByAnother() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      String inbox = bed.key(0, "inbox");
      bed.probe().ask("RENAME", inbox, "out-of-reach");

      bed.hub(1).refuse(signal(ALICE, BOB, "not wanted"), Cause.REJECTED);
      result(bed.hub(1).close());
      bed.probe().ask("RENAME", "out-of-reach", inbox);

      assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.REJECTED));
    }
  }

  @Test
  void givenASenderThatReconnectedToAnotherNode_whenTheFormerOneReadsARefusal_thenTheSenderIsNotified() {
    try (FaultBed bed = FaultBed.ofPatientNodes(redis, 2)) {
      RecordingRecipient back = new RecordingRecipient();
      Claim withToken = new Claim(ALICE, "token", true);
      bed.hub(0).claim(alice, withToken);
      assertThat(alice.await(1)).containsExactly(new Granted(ALICE, false));
      awaitEmptyInbox(bed, 0);
      bed.proxy(0).stall();
      bed.hub(1).refuse(signal(ALICE, BOB, "not wanted"), Cause.REJECTED);
      bed.hub(1).claim(back, withToken);
      assertThat(back.await(1)).containsExactly(new Granted(ALICE, true));

      bed.hub(0).release(alice, ALICE);
      bed.proxy(0).restore();

      assertThat(back.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.REJECTED));
    }
  }

  @Test
  void givenANodeWithoutRedisWithAPendingRefusal_whenItCloses_thenItWaitsForRedisAndTheSenderIsNotified() {
    try (FaultBed bed = FaultBed.ofPatientNodes(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      bed.proxy(1).cut();
      Waits.until("the node to notice", () -> bed.hub(1).trouble().isPresent());
      bed.hub(1).refuse(signal(ALICE, BOB, "not wanted"), Cause.REJECTED);

      Future<Void> closing = bed.hub(1).close();
      bed.proxy(1).restore();
      result(closing);

      assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, BOB, Cause.REJECTED));
    }
  }

  @Test
  void givenARedisThatHangsForLong_whenItGoesOn_thenNoNodeIsEvicted() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      claim(bed.hub(1), bob, BOB);
      bed.hub(0).watch(alice, BOB);
      alice.await(2);

      redis.hold();
      awaitCutOff(bed.hub(0), carol, CAROL);
      awaitCutOff(bed.hub(1), carol, CAROL);
      redis.letGo();
      bed.recovers();

      bed.hub(1).send(bob, signal(BOB, ALICE, "still here"), Duration.ZERO);
      assertThat(alice.await(3)).last().isInstanceOf(Signal.class);
      bed.awaitSignOfLife(0);
      bed.awaitSignOfLife(1);
      bed.hub(1).send(bob, signal(BOB, ALICE, "and later"), Duration.ZERO);
      assertThat(alice.await(4)).last().isInstanceOf(Signal.class);
      assertThat(bob.deliveries()).hasSize(1);
    }
  }

  // ---- partition

  @Test
  void givenANodeThatIsCutOff_whenItServesOn_thenItsOwnSessionsReachEachOtherOnly() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      claim(bed.hub(0), bob, BOB);
      claim(bed.hub(1), carol, CAROL);
      bed.proxy(0).cut();
      awaitCutOff(bed.hub(0), new RecordingRecipient(), new PeerAddress("default", "new"));

      bed.hub(0).send(alice, signal(ALICE, BOB, "here"), Duration.ZERO);
      bed.hub(0).send(alice, signal(ALICE, CAROL, "there"), Duration.ZERO);

      bob.await(2);
      assertThat(bob.payloads()).containsExactly("here");
      assertThat(alice.await(2)).last().isEqualTo(undelivered(ALICE, CAROL, Cause.UNAVAILABLE));
      assertThat(failure(bed.hub(0).find(CAROL))).isInstanceOf(HubUnavailableException.class);
      assertThat(result(bed.hub(0).find(BOB))).isTrue();
      assertThat(carol.deliveries()).hasSize(1);
    }
  }

  @Test
  void givenANodeThatIsCutOff_whenItMayNotServe_thenItsSessionsLoseTheirIds() {
    try (FaultBed bed = new FaultBed(redis, 1, PartitionPolicy.STOP)) {
      claim(bed.hub(0), alice, ALICE);
      claim(bed.hub(0), bob, BOB);

      bed.proxy(0).cut();

      assertThat(alice.await(2)).last()
          .isEqualTo(new IdLost(ALICE, IdLost.Reason.UNAVAILABLE));
      assertThat(bob.await(2)).last().isEqualTo(new IdLost(BOB, IdLost.Reason.UNAVAILABLE));
      bed.hub(0).send(alice, signal(ALICE, BOB, "too late"), Duration.ZERO);
      assertThat(alice.await(3)).last().isEqualTo(undelivered(ALICE, BOB, Cause.UNAVAILABLE));
      bed.proxy(0).restore();
      bed.recovers();
      claim(bed.hub(0), carol, ALICE);
    }
  }

  @Test
  void givenANodePartitionedBeyondItsLease_whenItRejoins_thenOnlySessionsThatLostTheirIdAreNotified() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      claim(bed.hub(0), bob, BOB);
      RecordingRecipient newBob = new RecordingRecipient();
      bed.proxy(0).stall();
      bed.hub(0).send(bob, signal(BOB, CAROL, "queued"), Duration.ofSeconds(30));
      Waits.until("bob's id to be free", () -> !result(bed.hub(1).find(BOB)));
      claim(bed.hub(1), newBob, BOB);

      bed.proxy(0).restore();

      assertThat(bob.await(3).subList(1, 3))
          .containsExactly(
              undelivered(BOB, CAROL, Cause.UNAVAILABLE),
              new IdLost(BOB, IdLost.Reason.TAKEN));
      bed.recovers();
      bed.hub(1).send(newBob, signal(BOB, ALICE, "hello"), Duration.ZERO);
      assertThat(alice.await(2)).last().isInstanceOf(Signal.class);
      assertThat(alice.payloads()).containsExactly("hello");
      claim(bed.hub(1), carol, CAROL);
      bed.hub(1).send(newBob, signal(BOB, CAROL, "of the new owner"), Duration.ZERO);
      carol.await(2);
      assertThat(carol.payloads()).containsExactly("of the new owner");
    }
  }

  @Test
  void givenASessionThatHasLostItsId_whenItStillSends_thenNothingGoesInTheNameOfTheNewOwner() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      RecordingRecipient toldBob = new RecordingRecipient();
      Recipient slowBob =
          new Recipient() {
            @Override
            public String dialect() {
              return "test";
            }

            @Override
            public void deliver(Delivery delivery) {
              if (delivery instanceof IdLost) {
                bed.hub(0).send(this, signal(BOB, ALICE, "not mine"), Duration.ZERO);
              }
              toldBob.deliver(delivery);
            }
          };
      bed.hub(0).claim(slowBob, Claim.of(BOB));
      toldBob.await(1);
      claim(bed.hub(1), alice, ALICE);
      bed.proxy(0).stall();
      Waits.until("bob's id to be free", () -> !result(bed.hub(1).find(BOB)));
      RecordingRecipient newBob = new RecordingRecipient();
      claim(bed.hub(1), newBob, BOB);

      bed.proxy(0).restore();

      assertThat(toldBob.await(3).subList(1, 3))
          .containsExactlyInAnyOrder(
              new IdLost(BOB, IdLost.Reason.TAKEN), undelivered(BOB, ALICE, Cause.UNAVAILABLE));
      bed.hub(1).send(newBob, signal(BOB, ALICE, "mine"), Duration.ZERO);
      alice.await(2);
      assertThat(alice.payloads()).containsExactly("mine");
    }
  }

  @Test
  void givenANodeThatWasAway_whenAClientIsElsewhereWithItsTokenMeanwhile_thenItsLaterSessionStays() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      Claim withToken = new Claim(BOB, "token", true);
      bed.hub(0).claim(bob, withToken);
      assertThat(bob.await(1)).containsExactly(new Granted(BOB, false));
      claim(bed.hub(1), alice, ALICE);
      bed.proxy(0).stall();
      Waits.until("bob's id to be free", () -> !result(bed.hub(1).find(BOB)));
      RecordingRecipient later = new RecordingRecipient();
      bed.hub(1).claim(later, withToken);
      assertThat(later.await(1)).containsExactly(new Granted(BOB, false));

      bed.proxy(0).restore();

      assertThat(bob.await(2)).last().isEqualTo(new IdLost(BOB, IdLost.Reason.TAKEN));
      bed.hub(0).send(bob, signal(BOB, ALICE, "of the former one"), Duration.ZERO);
      assertThat(bob.await(3)).last().isEqualTo(undelivered(BOB, ALICE, Cause.UNAVAILABLE));
      bed.hub(1).send(alice, signal(ALICE, BOB, "hello"), Duration.ZERO);
      assertThat(later.await(2)).last().isInstanceOf(Signal.class);
      assertThat(alice.deliveries()).hasSize(1);
    }
  }

  @Test
  void givenAUserOfANodeThatWasAway_whenItStillSends_thenNothingGoesInTheNameOfTheNewOwner() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      HubClient former = new HubClient(bed.hub(0), "bob").user();
      claim(bed.hub(1), alice, ALICE);
      bed.proxy(0).stall();
      Waits.until("bob's id to be free", () -> !result(bed.hub(1).find(BOB)));
      RecordingRecipient newBob = new RecordingRecipient();
      claim(bed.hub(1), newBob, BOB);

      bed.proxy(0).restore();

      former.hears(new IdLost(BOB, IdLost.Reason.GROUPS_LOST));
      bed.recovers();
      former.sends("alice", "not mine", Duration.ZERO);
      former.isRefused(Cause.UNAVAILABLE);
      bed.hub(1).send(newBob, signal(BOB, ALICE, "mine"), Duration.ZERO);
      alice.await(2);
      assertThat(alice.payloads()).containsExactly("mine");
    }
  }

  @Test
  void givenWatchesOfANodeThatWasAway_whenItIsBack_thenItIsNotifiedOfDeparturesAsBefore() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(1), bob, BOB);
      claim(bed.hub(1), carol, CAROL);
      bed.hub(0).watch(alice, BOB);
      bed.hub(0).watch(alice, CAROL);
      alice.await(2);
      bed.proxy(0).cut();
      awaitCutOff(bed.hub(0), new RecordingRecipient(), ALICE);
      bed.hub(1).release(bob, BOB);

      bed.proxy(0).restore();

      assertThat(alice.await(3)).last().isEqualTo(new Departed(BOB));
      bed.hub(1).release(carol, CAROL);
      assertThat(alice.await(4)).last().isEqualTo(new Departed(CAROL));
    }
  }

  // ---- a Redis that loses data

  @Test
  void givenARedisThatIsFlushed_whenNodesNotice_thenTheyTakeNewEpochsAndKeepTheirIds() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      claim(bed.hub(1), bob, BOB);
      String former = bed.key(0, "seat");

      bed.probe().ask("FLUSHALL");

      Waits.until(
          "both to claim again",
          () -> bed.probe().keys("fault{p0}:peer:*").size() == 2);
      assertThat(bed.key(0, "seat")).isNotEqualTo(former);
      bed.hub(0).send(alice, signal(ALICE, BOB, "hello"), Duration.ZERO);
      bob.await(2);
      assertThat(bob.payloads()).containsExactly("hello");
      assertThat(alice.deliveries()).hasSize(1);
    }
  }

  @Test
  void givenARedisWithoutOurScripts_whenAsked_thenTheyAreLoadedAgain() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      bed.probe().ask("SCRIPT", "FLUSH");

      claim(bed.hub(1), bob, BOB);
    }
  }

  // ---- bounds

  @Test
  void givenANodeThatDoesNotRead_whenItsInboxIsFull_thenSendersAreNotifiedUntilItReadsAgain() {
    try (FaultBed bed =
        new FaultBed(redis, 2, PartitionPolicy.SERVE, PipelineLimits.DEFAULT,
            new InboxLimits(10, ByteSize.ofMiB(1)))) {
      claim(bed.hub(0), alice, ALICE);
      claim(bed.hub(1), bob, BOB);
      awaitEmptyInbox(bed, 1);
      bed.proxy(1).stall();

      for (int i = 0; i < 12; i++) {
        bed.hub(0).send(alice, signal(ALICE, BOB, "n" + i), Duration.ZERO);
      }
      assertThat(alice.await(3).subList(1, 3))
          .containsExactly(
              undelivered(ALICE, BOB, Cause.FULL), undelivered(ALICE, BOB, Cause.FULL));

      bed.proxy(1).restore();
      bob.await(11);
      awaitEmptyInbox(bed, 1);
      bed.hub(0).send(alice, signal(ALICE, BOB, "again"), Duration.ZERO);
      assertThat(((Signal) bob.await(12).getLast()).payload().text()).isEqualTo("again");
    }
  }

  @Test
  void givenARedisThatIsAway_whenThePipelineIsFull_thenSendersAreNotifiedAndTheRestGoesOn() {
    try (FaultBed bed =
        new FaultBed(redis, 2, PartitionPolicy.SERVE,
            new PipelineLimits(5, ByteSize.ofMiB(1), 10, ByteSize.ofMiB(1)), InboxLimits.DEFAULT)) {
      claim(bed.hub(0), alice, ALICE);
      claim(bed.hub(1), bob, BOB);
      bed.proxy(0).cut();
      Waits.until("node 0 to notice", () -> bed.hub(0).trouble().isPresent());

      for (int i = 0; i < 20; i++) {
        bed.hub(0).send(alice, signal(ALICE, BOB, "n" + i), Duration.ZERO);
      }
      assertThat(alice.await(2).get(1)).isEqualTo(undelivered(ALICE, BOB, Cause.UNAVAILABLE));
      bed.proxy(0).restore();
      int refused = 20 - (bob.await(2).size() - 1);
      Waits.until(
          "all to be dealt with",
          () -> bob.deliveries().size() + alice.deliveries().size() == 22);

      assertThat(refused).isPositive();
      assertThat(bob.payloads()).startsWith("n0", "n1").doesNotHaveDuplicates();
    }
  }

  // ---- defects

  @Test
  void givenASessionThatCannotBeNotifiedForLackOfMemory_whenMoreArrives_thenTheNodeReadsOn() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      RecordingRecipient told = new RecordingRecipient();
      Recipient failing =
          new Recipient() {
            @Override
            public String dialect() {
              return "test";
            }

            @Override
            public void deliver(Delivery delivery) {
              if (delivery instanceof Signal) {
                throw new OutOfMemoryError("as a test wants it");
              }
              told.deliver(delivery);
            }
          };
      bed.hub(0).claim(failing, Claim.of(BOB));
      told.await(1);
      claim(bed.hub(0), alice, ALICE);
      claim(bed.hub(1), carol, CAROL);

      bed.hub(1).send(carol, signal(CAROL, BOB, "1"), Duration.ZERO);
      bed.hub(1).send(carol, signal(CAROL, ALICE, "2"), Duration.ZERO);

      alice.await(2);
      assertThat(alice.payloads()).containsExactly("2");
    }
  }

  // ---- nodes of other versions

  @Test
  void givenASignalOfAnotherVersion_whenItArrives_thenItGoesBackToItsSender() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      claim(bed.hub(0), alice, ALICE);
      claim(bed.hub(1), bob, BOB);
      byte[] envelope = Envelope.seal(signal(ALICE, BOB, "x"), "");
      int version = 2 + "default/alice".length() + 1 + "OFFER:test".length();
      envelope[version] = 9;

      bed.probe().ask(
          Request.cmd(Command.XADD).arg(bed.key(1, "inbox")).arg("*").arg("t").arg("s 1").arg("b")
              .arg(envelope));

      awaitEmptyInbox(bed, 1);
      assertThat(bob.deliveries()).hasSize(1);
      claim(bed.hub(1), carol, CAROL);
      bed.hub(1).send(carol, signal(CAROL, ALICE, "read before this"), Duration.ZERO);
      alice.await(2);
      assertThat(alice.payloads()).containsExactly("read before this");
    }
  }

  // ---- the start

  @Test
  void givenNoRedis_whenStarted_thenItFailsAtOnce(Vertx vertx) {
    RedisHub hub = hub(vertx, ServiceUrl.parse("redis://127.0.0.1:1"));

    assertThat(failure(hub.start())).hasMessageContaining("refused");
    result(hub.close());
  }

  @Test
  void givenARedisThatMayDropKeys_whenStarted_thenItIsRefused(Vertx vertx) {
    try (RedisProbe probe = new RedisProbe(redis.url())) {
      probe.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");

      assertThat(failure(hub(vertx, redis.url()).start()))
          .hasMessage(
              "its maxmemory-policy is allkeys-lru, by which it may drop what it must keep. Set it"
                  + " to noeviction");
    }
  }

  private static RedisHub hub(Vertx vertx, ServiceUrl url) {
    return new RedisHub(
        vertx, ClusterOptions.DEFAULT.at(url), MailboxLimits.DEFAULT, GroupLimits.DEFAULT,
        new SimpleMeterRegistry());
  }
}
