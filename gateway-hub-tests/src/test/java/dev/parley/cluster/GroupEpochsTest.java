package dev.parley.cluster;

import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.ForeignCommand.Bring;
import dev.parley.group.ForeignCommand.Lose;
import dev.parley.group.ForeignCommand.Remove;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupAnswer.Brought;
import dev.parley.group.GroupAnswer.Done;
import dev.parley.group.GroupAnswer.Joined;
import dev.parley.group.GroupAnswer.Refused;
import dev.parley.group.PeerChange;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.RoomEvent.ForeignAdded;
import dev.parley.group.RoomEvent.ForeignRemoved;
import dev.parley.group.RoomEvent.PeerNews;
import dev.parley.group.RoomEvent.StatusChanged;
import dev.parley.group.RoomPeer;
import dev.parley.group.UserCommand;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.Delivery;
import dev.parley.signal.IdLost;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Presence;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.hub.RecordingRecipient;
import dev.parley.testkit.waits.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Users of groups on nodes that fail, are partitioned, or lose entries of their inbox. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class GroupEpochsTest {

  private static final Bytes NOTHING = Bytes.utf8("{}");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int MAX_TRIES = 20;

  private final RedisServer redis = RedisServer.start();

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  /** A user of groups on a node. */
  private static final class User {

    private final RedisHub hub;
    private final PeerAddress address;
    private final RecordingRecipient recipient = new RecordingRecipient();
    private int asked;

    User(RedisHub hub, String name) {
      this.hub = hub;
      this.address = new PeerAddress("default", name);
      hub.claim(recipient, Claim.of(address));
      recipient.await(1);
      assertThat(arrive()).isEqualTo(new Done());
    }

    /** Retries, as clients do, while a node has no epoch because the machine stood still. */
    private GroupAnswer arrive() {
      GroupAnswer answer = ask(new Arrive(address, NOTHING));
      for (int i = 0; i < MAX_TRIES && answer.equals(new Refused(Refusal.UNAVAILABLE)); i++) {
        answer = ask(new Arrive(address, NOTHING));
      }
      return answer;
    }

    void hand(UserCommand command) {
      asked++;
      hub.groups().command(recipient, command);
    }

    GroupAnswer ask(UserCommand command) {
      hand(command);
      return answers().getLast();
    }

    List<GroupAnswer> answers() {
      return recipient
          .await(asked + " answers", all -> answers(all).size() >= asked)
          .stream().filter(GroupAnswer.class::isInstance).map(GroupAnswer.class::cast).toList();
    }

    private static List<Delivery> answers(List<Delivery> all) {
      return all.stream().filter(GroupAnswer.class::isInstance).toList();
    }

    User joins(String room) {
      assertThat(ask(join(room))).isInstanceOf(Joined.class);
      return this;
    }

    UserCommand join(String room) {
      return new Join(address, room, NOTHING, LONG);
    }

    void hears(Delivery expected) {
      recipient.await(expected.toString(), all -> all.contains(expected));
    }

    long heard(Predicate<Delivery> kind) {
      return recipient.deliveries().stream().filter(kind).count();
    }
  }

  private static PeerNews gone(String room, String user) {
    return new PeerNews(room, new PeerChange.Removed(user));
  }

  private static List<String> remains(FaultBed bed) {
    return bed.probe().keys("fault{p0}:*").stream()
        .filter(key -> key.contains(":group:") || key.contains(":users:") || key.contains(":grave"))
        .toList();
  }

  @Test
  void givenANodeThatIsKilled_whenItsLeaseIsOver_thenItsUsersHaveLeftAndNothingIsLeftOfThem() {
    try (FaultBed bed = new FaultBed(redis, 3)) {
      User anna = new User(bed.hub(0), "anna").joins("r");
      new User(bed.hub(1), "bert").joins("r");
      User carl = new User(bed.hub(2), "carl").joins("r");
      new User(bed.hub(1), "dora").joins("alone");

      result(bed.hub(1).kill());

      anna.hears(gone("r", "bert"));
      carl.hears(gone("r", "bert"));
      Waits.until(
          "the dead to be cleaned up",
          () -> bed.probe().keys("fault{p0}:*:" + bed.hub(1).node() + ":*").isEmpty());
      assertThat(anna.heard(gone("r", "bert")::equals)).isOne();
      assertThat(bed.probe().keys("fault{p0}:group:default/USER/*"))
          .containsExactly(
              "fault{p0}:group:default/USER/anna", "fault{p0}:group:default/USER/carl");
      assertThat(new User(bed.hub(0), "bert").ask(new Leave(carl.address.neighbour("bert"), "r")))
          .isEqualTo(new Refused(Refusal.NOT_IN_ROOM));
    }
  }

  @Test
  void givenPeersOfAnotherDialect_whenANodeIsKilled_thenNoneIsInARoomWithoutAUserThatHasIt() {
    try (FaultBed bed = new FaultBed(redis, 3)) {
      User anna = new User(bed.hub(0), "anna").joins("r");
      User bert = new User(bed.hub(1), "bert").joins("r");
      User carl = new User(bed.hub(2), "carl").joins("r");
      RecordingRecipient peer = new RecordingRecipient();
      PeerAddress far = anna.address.neighbour("far");
      bed.hub(1).claim(peer, Claim.of(far));
      peer.await(1);
      bed.hub(0).watch(anna.recipient, far);
      anna.hears(new Presence.Present(far));
      long lost = bring(bert, "lost");
      long near = bring(bert, "near");
      long gone = bring(bert, "far");
      new User(bed.hub(1), "dora").joins("alone").ask(
          new Bring(anna.address.neighbour("dora"), "alone", "near", "peerjs"));
      // Both remaining users have lost one of them; when bert is gone, no user has it.
      anna.ask(new Lose(anna.address, "r", "lost", lost));
      carl.ask(new Lose(carl.address, "r", "lost", lost));

      result(bed.hub(1).kill());

      anna.hears(gone("r", "bert"));
      anna.hears(new Presence.Departed(far));
      anna.ask(new Remove(anna.address, "r", "far", gone));
      carl.hears(new ForeignRemoved("r", "far", gone));
      Waits.until(
          "the dead to be cleaned up",
          () -> bed.probe().keys("fault{p0}:*:" + bed.hub(1).node() + ":*").isEmpty());
      User emil = new User(bed.hub(2), "emil").joins("r").joins("alone");
      emil.ask(emil.join("r"));
      assertThat(emil.recipient.deliveries().stream().filter(ForeignAdded.class::isInstance))
          .containsExactly(new ForeignAdded("r", "near", "peerjs", near));
    }
  }

  private static long bring(User user, String peer) {
    return ((Brought) user.ask(new Bring(user.address, "r", peer, "peerjs"))).entry();
  }

  @Test
  void givenANodePartitionedBeyondItsLease_whenItRejoins_thenOnlyUsersOfGroupsLoseTheirIds() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      User anna = new User(bed.hub(0), "anna").joins("r");
      User bert = new User(bed.hub(1), "bert").joins("r");
      RecordingRecipient plain = new RecordingRecipient();
      bed.hub(1).claim(plain, Claim.of(new PeerAddress("default", "plain")));
      plain.await(1);

      bed.proxy(1).stall();
      anna.hears(gone("r", "bert"));
      bed.proxy(1).restore();

      bert.hears(new IdLost(bert.address, IdLost.Reason.GROUPS_LOST));
      bed.recovers();
      new User(bed.hub(1), "carl").joins("r");
      anna.hears(new PeerNews("r",
          new PeerChange.Added("carl", new RoomPeer(NOTHING, false))));
      assertThat(plain.deliveries()).hasSize(1);
    }
  }

  @Test
  void givenANodeThatIsCutOff_whenItsLeaseIsOver_thenCommandsAreRefusedAndNotForgotten() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      User anna = new User(bed.hub(0), "anna").joins("r");
      bed.proxy(0).cut();

      assertThat(anna.ask(anna.join("q"))).isEqualTo(new Refused(Refusal.UNAVAILABLE));
      assertThat(anna.ask(anna.join("q"))).isEqualTo(new Refused(Refusal.UNAVAILABLE));
    }
  }

  @Test
  void givenARedisThatIsFlushed_whenNodesNotice_thenUsersHaveToArriveAgain() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      User anna = new User(bed.hub(0), "anna").joins("r");
      User bert = new User(bed.hub(1), "bert").joins("r");

      bed.probe().ask("FLUSHALL");

      anna.hears(new IdLost(anna.address, IdLost.Reason.GROUPS_LOST));
      bert.hears(new IdLost(bert.address, IdLost.Reason.GROUPS_LOST));
      new User(bed.hub(0), "carl").joins("r");
    }
  }

  @Test
  void givenAnUnreadableDeadline_whenRoomsAreEmpty_thenTheyEndAllTheSame() {
    try (FaultBed bed = new FaultBed(redis, 1)) {
      bed.probe().ask("HSET", "fault{p0}:group:default/LOBBY/new", "d", "1");
      bed.probe().ask("ZADD", "fault{p0}:groupdue", "0", "default/LOBBY/new");
      User anna = new User(bed.hub(0), "anna");

      for (String room : List.of("one", "two")) {
        assertThat(anna.ask(new Join(anna.address, room, NOTHING, Duration.ofMillis(100))))
            .isInstanceOf(Joined.class);
        assertThat(anna.ask(new Leave(anna.address, room))).isEqualTo(new Done());
        Waits.until(
            "the room to end",
            () -> bed.probe().keys("fault{p0}:group:default/ROOM/*").isEmpty());
      }
    }
  }

  @Test
  void givenConnectionsThatBreakAgainAndAgain_whenUsersGoOn_thenEachChangeIsReportedOnceAndInOrder() {
    try (FaultBed bed = FaultBed.ofPatientNodes(redis, 3)) {
      List<User> setters =
          List.of(new User(bed.hub(0), "a").joins("r"), new User(bed.hub(1), "b").joins("r"));
      User watcher = new User(bed.hub(2), "w").joins("r");
      int each = 120;

      for (int n = 0; n < each; n++) {
        for (User setter : setters) {
          setter.hand(
              new SetRoomStatus(setter.address, "r", setter.address.id(), Bytes.utf8("" + n),
                  null));
        }
        if (n % 40 == 10) {
          bed.proxy(0).loseReply(Pattern.compile("^\\$\\d+\r\nOK\n(.*\n)*K ").asPredicate());
          bed.proxy(2).cut();
          Waits.until("a reply to get lost", bed.proxy(0)::isCut);
          bed.proxy(0).restore();
          bed.proxy(2).restore();
          bed.recovers();
        }
      }

      setters.forEach(setter -> assertThat(setter.answers().subList(2, each + 2))
          .containsOnly(new Done()));
      String last = "{\"a\":" + (each - 1) + ",\"b\":" + (each - 1) + "}";
      watcher.hears(new StatusChanged("r", Bytes.utf8(last)));
      assertThat(numbersOf(watcher, "\"a\":(\\d+)")).hasSize(each).isSorted();
      assertThat(numbersOf(watcher, "\"b\":(\\d+)")).hasSize(each).isSorted();
      assertThat(watcher.heard(StatusChanged.class::isInstance)).isEqualTo(2L * each);
    }
  }

  /** The values of one key, each once, in the order of delivery. */
  private static List<Integer> numbersOf(User user, String key) {
    List<Integer> numbers = new ArrayList<>();
    for (Delivery each : user.recipient.deliveries()) {
      if (each instanceof StatusChanged(String room, Bytes status)) {
        var found = Pattern.compile(key).matcher(status.text());
        if (found.find()) {
          int number = Integer.parseInt(found.group(1));
          if (numbers.isEmpty() || numbers.getLast() != number) {
            numbers.add(number);
          }
        }
      }
    }
    return numbers;
  }

  @Test
  void givenManyUsersOfThreeNodes_whenAllJoinOneRoomAtOnce_thenAllAreMembers() {
    try (FaultBed bed = FaultBed.ofPatientNodes(redis, 3)) {
      List<User> all = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        all.add(new User(bed.hub(i % 3), "user" + i));
      }
      long began = System.nanoTime();

      all.forEach(user -> user.hand(user.join("r")));

      all.forEach(user -> assertThat(user.answers().getLast()).isInstanceOf(Joined.class));
      double seconds = (System.nanoTime() - began) / 1e9;
      double commits = bed.counted("parley.cluster.group.commits") - 500;
      double retries = bed.counted("parley.cluster.group.retries");
      System.out.printf(
          "500 joins of one room from three nodes: %.0f commits per second, %.0f retries%n",
          commits / seconds, retries);
      assertThat(all.getFirst().ask(all.getFirst().join("r")))
          .isEqualTo(new Refused(Refusal.ALREADY_IN_ROOM));
      long seen = all.stream().mapToLong(user -> user.heard(PeerNews.class::isInstance)).sum();
      long found =
          all.stream().mapToLong(user -> ((Joined) user.answers().get(1)).peers().size()).sum();
      assertThat(found).isEqualTo(500L * 499 / 2);
      Waits.until(
          "everybody to be told",
          () -> all.stream().mapToLong(user -> user.heard(PeerNews.class::isInstance))
              .sum() == found);
      assertThat(seen).isLessThanOrEqualTo(found);
      all.forEach(
          user -> {
            user.hub.groups().depart(user.recipient, user.address);
            user.hand(new Leave(user.address, "r"));
          });
      all.forEach(
          user -> assertThat(user.answers().getLast())
              .isEqualTo(new Refused(Refusal.NOT_HERE)));
      assertThat(remains(bed)).containsExactlyInAnyOrder(
          "fault{p0}:group:default/ROOM/r", "fault{p0}:group:default/REALM/");
    }
  }

  // ---- nodes of other versions

  @Test
  void givenAUserThatCannotBeRead_whenItsNodeIsEvicted_thenItIsLeftToOtherNodesAndRetried() {
    try (FaultBed bed = new FaultBed(redis, 2)) {
      new User(bed.hub(1), "bert");
      bed.probe().ask("HSET", "fault{p0}:group:default/USER/bert", "of another version", "1");
      result(bed.hub(1).kill());
      Waits.until(
          "the dead to be buried", () -> !bed.probe().keys("fault{p0}:graves").isEmpty());

      String nodeEpoch = bed.key(0, "seat");
      int before = bed.probe().ask("HGET", nodeEpoch, "number").toInteger();
      for (int i = 0; i < 3; i++) {
        bed.awaitSignOfLife(0);
      }
      int calls = bed.probe().ask("HGET", nodeEpoch, "number").toInteger() - before;

      // A few with each heartbeat, not one after the other.
      assertThat(calls).isBetween(3, 60);
      bed.probe().ask("HDEL", "fault{p0}:group:default/USER/bert", "of another version");
      Waits.until("bert to be gone", () -> remains(bed).isEmpty());
    }
  }

  // ---- bounds

  @Test
  void givenARedisThatIsAway_whenBigCommandsPileUp_thenWhatHasNoRoomIsRefusedAndTheRestGoesOn() {
    try (FaultBed bed = new FaultBed(redis, 1)) {
      User anna = new User(bed.hub(0), "anna");
      UserCommand big =
          new SendToMember(anna.address, "r", "bert", "n", Bytes.of(new byte[1 << 20]));
      bed.proxy(0).stall();

      for (int i = 0; i < 80; i++) {
        anna.hand(big);
      }
      List<GroupAnswer> refused =
          anna.recipient.deliveries().stream().filter(GroupAnswer.class::isInstance)
              .map(GroupAnswer.class::cast).skip(1).toList();
      bed.proxy(0).restore();

      // 64 MiB, less the overhead of each.
      assertThat(refused).hasSize(80 - 63).containsOnly(new Refused(Refusal.UNAVAILABLE));
      assertThat(anna.answers().subList(18, 81)).containsOnly(new Refused(Refusal.NO_SUCH_ROOM));
    }
  }
}
