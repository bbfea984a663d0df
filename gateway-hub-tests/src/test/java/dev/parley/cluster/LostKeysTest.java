package dev.parley.cluster;

import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.groups.RedisGroups;
import dev.parley.cluster.inbox.InboxReader;
import dev.parley.cluster.membership.ClusterMembership;
import dev.parley.cluster.pipeline.SetAside;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupAnswer.Done;
import dev.parley.group.GroupAnswer.Joined;
import dev.parley.group.GroupAnswer.Refused;
import dev.parley.group.GroupLimits;
import dev.parley.group.InvitationCommand;
import dev.parley.group.NamespaceCommand;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.UserCommand;
import dev.parley.hub.MailboxLimits;
import dev.parley.signal.Bytes;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.IdLost;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Presence;
import dev.parley.signal.Undelivered;
import dev.parley.testkit.LogLines;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another program deletes or overwrites a single key: nodes detect it, log it, and recover. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class LostKeysTest {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Bytes NOTHING = Bytes.utf8("{}");

  private final RedisServer redis = RedisServer.start();
  private final RedisProbe probe = new RedisProbe(redis.url());
  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final List<RedisHub> hubs = new ArrayList<>();
  private final LogLines membership = new LogLines(ClusterMembership.class, "at " + redis.url());
  private final LogLines aside = new LogLines(SetAside.class, "at " + redis.url());
  private final LogLines reader = new LogLines(InboxReader.class, "");

  @BeforeEach
  void startNodes(Vertx vertx) {
    for (int i = 0; i < 2; i++) {
      RedisHub hub =
          new RedisHub(
              vertx, ClusterOptions.DEFAULT.at(redis.url()).named("lost").lasting(LEASE),
              MailboxLimits.DEFAULT, GroupLimits.DEFAULT, metrics);
      result(hub.start());
      hubs.add(hub);
    }
  }

  @AfterEach
  void close() {
    hubs.forEach(hub -> result(hub.close()));
    membership.close();
    aside.close();
    reader.close();
    probe.close();
    redis.close();
  }

  /** A key of the first node. */
  private String key(String kind) {
    return probe.key("lost{p0}:" + kind + ":" + hubs.getFirst().node() + ":*");
  }

  private double counted(String counter) {
    return metrics.get(counter).counter().count();
  }

  private HubClient client(int node, String id) {
    return new HubClient(hubs.get(node), id);
  }

  private void awaitRejoin() {
    Waits.until(
        "another place", () -> counted("parley.cluster.epochs") > hubs.size());
    Waits.until("the end of the trouble", () -> hubs.getFirst().trouble().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEL inbox", "SET inbox", "DEL seat", "SET seat"})
  void givenAKeyOfANode_whenItIsGoneOrOverwritten_thenTheNodeComesBackAndServes(String what) {
    HubClient anna = client(0, "anna").here();
    HubClient bert = client(1, "bert").here();
    String[] words = what.split(" ");

    String key = key(words[1]);
    if (words[0].equals("DEL")) {
      probe.ask("DEL", key);
    } else {
      probe.ask("SET", key, "other hands");
    }

    awaitRejoin();
    Waits.until(
        "its clients",
        () -> String.valueOf(probe.ask("HGET", "lost{p0}:peer:default/anna", "n"))
            .endsWith(":2"));
    client(0, "carl").here().sends("bert", "new", Duration.ZERO);
    bert.gets("new");
    bert.sends("anna", "back", Duration.ZERO);
    anna.gets("back");
    membership.awaits("was evicted and has rejoined");
    assertThat(membership.lines()).filteredOn(line -> line.contains("has rejoined")).hasSize(1);
    if (words[1].equals("inbox")) {
      membership.awaits("its key 'inbox' was deleted or overwritten by another program");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET", "DEL"})
  void givenAnIdThatOthersDelete_whenItIsFound_thenItIsClaimedAgainAndReached(String how) {
    HubClient anna = client(0, "anna").here();
    HubClient bert = client(1, "bert").here();

    String key = "lost{p0}:peer:default/anna";
    probe.ask("DEL", key);
    if (how.equals("SET")) {
      probe.ask("SET", key, "other hands");
    }

    Waits.until(
        "the id", () -> probe.ask("TYPE", key).toString().equals("hash"));
    bert.sends("anna", "there again", Duration.ZERO);
    anna.gets("there again");
    assertThat(anna.session().deliveries()).hasSize(2);
    assertThat(counted("parley.cluster.epochs")).isEqualTo(2);
    assertThat(counted("parley.cluster.restored")).isPositive();
  }

  @Test
  void givenTheEntryOfAnId_whenItIsDeletedAndAnotherGetsTheId_thenItsFormerOwnerLosesIt() {
    HubClient former = client(0, "anna").here();
    HubClient bert = client(1, "bert").here();
    HubClient later = client(1, "anna");

    // The node of the former owner may restore the entry before the claim.
    for (int i = 1; later.session().deliveries().stream()
        .noneMatch(ClaimOutcome.Granted.class::isInstance); i++) {
      probe.ask("DEL", "lost{p0}:peer:default/anna");
      later.claims().session().await(i);
    }

    former.hears(new IdLost(former.address(), IdLost.Reason.TAKEN));
    former.sends("bert", "of the former one", Duration.ZERO);
    former.isRefused(Undelivered.Cause.UNAVAILABLE);
    later.sends("bert", "of the later one", Duration.ZERO);
    bert.gets("of the later one");
    assertThat(bert.session().payloads()).containsExactly("of the later one");
    assertThat(counted("parley.cluster.epochs")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"peers", "users", "realm", "watch"})
  void givenAnIndexKeyOfANode_whenItIsDeleted_thenItIsWrittenAgain(String kind) {
    HubClient anna = client(0, "anna").user();
    HubClient bert = client(1, "bert").here();
    anna.hub().watch(anna.session(), bert.address());
    anna.hears(new Presence.Present(bert.address()));
    String pattern = "lost{p0}:" + kind + ":*";
    List<String> before = probe.keys(pattern);
    assertThat(before).isNotEmpty();

    before.forEach(key -> probe.ask("DEL", key));

    Waits.until("the keys", () -> probe.keys(pattern).equals(before));
    if (kind.equals("watch")) {
      bert.hub().release(bert.session(), bert.address());
      anna.hears(new Presence.Departed(bert.address()));
    }
    assertThat(counted("parley.cluster.epochs")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"due", "held", "nodes", "graves", "groupdue", "arrivals", "groupversion",
    "dataset"})
  void givenAKeyOfTheCluster_whenItIsDeletedOrOverwritten_thenAllGoOn(String kind) {
    HubClient anna = client(0, "anna").user();
    HubClient bert = client(1, "bert").user();
    String key = "lost{p0}:" + kind;

    for (int round = 0; round < 2; round++) {
      probe.ask("DEL", key);
      if (round == 1) {
        probe.ask("HSET", key, "other", "hands");
      }
      anna.sends("absent" + round, "waits", Duration.ofSeconds(1));
      int goal = round + 1;
      anna.session().await(
          "the mail to expire",
          all -> all.stream().filter(each -> each instanceof Undelivered back
              && back.cause() == Undelivered.Cause.EXPIRED).count() >= goal);
      client(round, "new" + round).here();
      bert.sends("anna", "signal" + round, Duration.ZERO);
      anna.gets("signal" + round);
      assertThat(
          anna.asks(new Join(anna.address(), "r" + round, NOTHING, Duration.ofMillis(100))))
          .isInstanceOf(Joined.class);
      anna.asks(new Leave(anna.address(), "r" + round));
      Waits.until(
          "the room to end", () -> probe.keys("lost{p0}:group:*/ROOM/*").isEmpty());
    }

    assertThat(counted("parley.cluster.epochs")).isEqualTo(2);
    assertThat(hubs).allMatch(hub -> hub.trouble().isEmpty());
  }

  @Test
  void givenEntriesOfOtherHandsInAnInbox_whenRead_thenTheyAreCountedAndSaidOnce() {
    HubClient anna = client(0, "anna").here();
    HubClient bert = client(1, "bert").here();
    String inbox = key("inbox");

    for (int i = 0; i < 10; i++) {
      probe.ask("XADD", inbox, "*", "odd", "");
      probe.ask("XADD", inbox, "*", "t", "");
      probe.ask("XADD", inbox, "*", "t", "s 1 2 3", "b", "odd");
      probe.ask("XADD", inbox, "*", "t", "u x y");
      probe.ask("XADD", inbox, "*", "t", "c 1 2");
      probe.ask("XADD", inbox, "*", "t", "g 99", "b", "odd");
      probe.ask("XADD", inbox, "*", "t", "d", "b", "no address");
      probe.ask("XADD", inbox, "*", "t", "r 1 x");
    }

    bert.sends("anna", "after all", Duration.ZERO);
    anna.gets("after all");
    assertThat(metrics.get("parley.cluster.set.aside").tag("key", "inbox").counter().count())
        .isEqualTo(60);
    assertThat(aside.lines()).filteredOn(line -> line.contains("key=inbox")).hasSize(1);
    assertThat(aside.lines()).hasSizeLessThan(5);
    assertThat(reader.lines()).isEmpty();
    assertThat(membership.lines()).isEmpty();
  }

  @Test
  void givenARecordThatCannotBeRead_whenManyNeedIt_thenItIsRefusedToThemAndSaidOnce() {
    HubClient anna = client(0, "anna").user();
    probe.ask("HSET", "lost{p0}:group:default/ROOM/odd", "v", "1", "ROOM:x", "odd", "NEW:", "1");

    for (int i = 0; i < 10; i++) {
      assertThat(anna.asks(new Join(anna.address(), "odd", NOTHING, LEASE)))
          .isEqualTo(new Refused(Refusal.UNAVAILABLE));
    }

    assertThat(anna.asks(new Join(anna.address(), "other", NOTHING, LEASE)))
        .isInstanceOf(Joined.class);
    assertThat(aside.lines()).filteredOn(line -> line.contains("key=group")).hasSize(1);
  }

  @Test
  void givenRecordsThatOthersDelete_whenTheirUsersGoOn_thenTheyCan() {
    HubClient anna = client(0, "anna").user();
    HubClient bert = client(1, "bert").user();
    anna.asks(new Join(anna.address(), "r", NOTHING, LEASE));
    bert.asks(new Join(bert.address(), "r", NOTHING, LEASE));

    probe.ask("DEL", "lost{p0}:group:default/ROOM/r");
    anna.asks(new Leave(anna.address(), "r"));
    anna.asks(new Join(anna.address(), "q", NOTHING, LEASE));
    probe.ask("DEL", "lost{p0}:group:default/USER/bert");
    bert.asks(new Leave(bert.address(), "r"));
    bert.hub().groups().depart(bert.session(), bert.address());
    bert.hub().release(bert.session(), bert.address());
    Waits.until("the id to go", () -> probe.keys("lost{p0}:peer:*/bert").isEmpty());
    client(0, "bert").user();

    client(1, "carl").claims().hears(
        new ClaimOutcome.Granted(client(1, "carl").address(), false));
    assertThat(membership.lines()).isEmpty();
  }

  @Test
  void givenRecordsThatOthersMangle_whenUsersGoOn_thenEachCommandIsAnsweredAndOthersAreWell() {
    LogLines groups = new LogLines(RedisGroups.class, "");
    Random chance = new Random(7);
    List<HubClient> users = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      users.add(client(i % 2, "u" + i).user());
    }

    for (int step = 0; step < 400; step++) {
      HubClient user = users.get(chance.nextInt(users.size()));
      String name = "n" + chance.nextInt(3);
      PeerAddress other = users.get(chance.nextInt(users.size())).address();
      UserCommand command = switch (chance.nextInt(9)) {
        case 0, 1 -> new Join(user.address(), name, NOTHING, Duration.ofMillis(100));
        case 2 -> new Leave(user.address(), name);
        case 3 -> new SetRoomStatus(user.address(), name, "k", NOTHING, null);
        case 4 -> new NamespaceCommand.Subscribe(user.address(), name);
        case 5 -> new NamespaceCommand.RegisterUser(user.address(), name);
        case 6 -> new NamespaceCommand.RegisterRoom(user.address(), name, name);
        case 7 -> new InvitationCommand.Invite(user.address(), name, other.id(), NOTHING, LEASE);
        default -> new NamespaceCommand.Unsubscribe(user.address(), name);
      };
      GroupAnswer answer = user.asks(command);
      if (answer.equals(new Refused(Refusal.NOT_HERE))) {
        assertThat(user.asks(new Arrive(user.address(), NOTHING)))
            .isIn(new Done(), new Refused(Refusal.UNAVAILABLE));
      }
      if (step % 5 == 0) {
        mangle(chance);
      }
    }
    users.forEach(each -> each.hub().groups().depart(each.session(), each.address()));

    HubClient anna = client(0, "anna").user();
    assertThat(anna.asks(new Join(anna.address(), "fresh", NOTHING, LEASE)))
        .isInstanceOf(Joined.class);
    assertThat(groups.lines()).isEmpty();
    assertThat(membership.lines()).isEmpty();
    assertThat(aside.lines()).hasSizeLessThan(5);
    groups.close();
  }

  /** Changes a record of groups. */
  private void mangle(Random chance) {
    List<String> keys =
        probe.keys("lost{p0}:group:*").stream()
            .filter(key -> probe.ask("TYPE", key).toString().equals("hash")).toList();
    if (keys.isEmpty()) {
      return;
    }
    String key = keys.get(chance.nextInt(keys.size()));
    List<String> fields = new ArrayList<>();
    probe.ask("HKEYS", key).forEach(field -> fields.add(field.toString()));
    String field = fields.get(chance.nextInt(fields.size()));
    switch (chance.nextInt(5)) {
      case 0 -> probe.ask("DEL", key);
      case 1 -> probe.ask("SET", key, "other hands");
      case 2 -> probe.ask("HDEL", key, field);
      case 3 -> probe.ask("HSET", key, field, "other hands");
      default -> probe.ask("HSET", key, "other", "hands");
    }
  }
}
