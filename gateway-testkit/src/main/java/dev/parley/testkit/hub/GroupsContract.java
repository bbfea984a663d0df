package dev.parley.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteSize;
import dev.parley.group.ForeignCommand.Bring;
import dev.parley.group.ForeignCommand.Lose;
import dev.parley.group.ForeignCommand.Remove;
import dev.parley.group.ForeignCommand.TakeCall;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupAnswer.Brought;
import dev.parley.group.GroupAnswer.Done;
import dev.parley.group.GroupAnswer.Invited;
import dev.parley.group.GroupAnswer.Joined;
import dev.parley.group.GroupAnswer.Refused;
import dev.parley.group.GroupAnswer.StatusHeard;
import dev.parley.group.GroupAnswer.Subscribed;
import dev.parley.group.GroupEvent;
import dev.parley.group.GroupLimits;
import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.InvitationEvent.Answered;
import dev.parley.group.InvitationEvent.Cancelled;
import dev.parley.group.InvitationEvent.Received;
import dev.parley.group.NamespaceCommand.RegisterRoom;
import dev.parley.group.NamespaceCommand.RegisterUser;
import dev.parley.group.NamespaceCommand.Subscribe;
import dev.parley.group.NamespaceEvent.RoomAdded;
import dev.parley.group.NamespaceEvent.RoomPeerNews;
import dev.parley.group.NamespaceEvent.RoomRemoved;
import dev.parley.group.PeerChange;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.PresenceCommand.SetStatus;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand.Expected;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.RoomEvent.ForeignAdded;
import dev.parley.group.RoomEvent.ForeignRemoved;
import dev.parley.group.RoomEvent.PeerNews;
import dev.parley.group.RoomEvent.Said;
import dev.parley.group.RoomEvent.StatusChanged;
import dev.parley.group.RoomPeer;
import dev.parley.group.RoomView;
import dev.parley.group.local.LocalGroups;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.hub.MailboxLimits;
import dev.parley.hub.local.LocalHub;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Bytes;
import dev.parley.signal.GroupDelivery;
import dev.parley.signal.PeerAddress;
import dev.parley.testkit.record.Records;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract of every implementation of {@link Groups}, in memory or in a cluster: commands are
 * executed one after the other, and all users concerned receive their events. The meaning of
 * commands is tested with the rules. A subclass makes the nodes; users are spread over them.
 */
@ExtendWith(VertxExtension.class)
public abstract class GroupsContract {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Bytes NOTHING = Bytes.utf8("{}");
  private static final RoomPeer MEMBER = new RoomPeer(NOTHING, false);
  private static final RoomPeer PENDING = new RoomPeer(NOTHING, true);

  private Vertx vertx;
  private final List<Node> nodes = new ArrayList<>();
  private int users;

  /** One node: its hub and its groups. */
  public record Node(Hub hub, Groups groups) {}

  /** Fresh nodes of one cluster, or the only one; they share nothing with others. */
  protected abstract List<Node> createNodes(Vertx vertx, GroupLimits limits);

  @BeforeEach
  void createNodes(Vertx vertx) {
    this.vertx = vertx;
    nodes.addAll(createNodes(vertx, GroupLimits.DEFAULT));
  }

  @AfterEach
  void closeAll() {
    closeNodes();
  }

  private void closeNodes() {
    for (Node node : nodes) {
      result(node.groups().close());
      result(node.hub().close());
    }
    nodes.clear();
  }

  // ---- answers and events

  @Test
  void givenCommandsOfOneUser_whenGivenWithoutWaiting_thenEachIsAnsweredInOrder() {
    GroupUser anna = user("anna");
    PeerAddress me = anna.address();
    anna.hand(new SetStatus(me, json("{\"x\":1}")));
    anna.hand(new Join(me, "r", NOTHING, LONG));
    anna.hand(new Join(me, "r", NOTHING, LONG));
    anna.hand(new Leave(me, "r"));

    assertThat(anna.allAnswers().subList(1, 5)).containsExactly(
        new StatusHeard(false), new Joined("r", Map.of(), NOTHING),
        new Refused(Refusal.ALREADY_IN_ROOM), new Done());
  }

  @Test
  void givenMembers_whenOneDoesSomething_thenTheOthersAreTold() {
    GroupUser anna = member("anna", "r");
    GroupUser bert = member("bert", "r");
    assertThat(anna.next()).isEqualTo(new PeerNews("r", new PeerChange.Added("bert", MEMBER)));

    anna.ask(new SendToMember(anna.address(), "r", "bert", "signaling", json("{\"sdp\":\"v=0\"}")));
    anna.ask(new SetRoomStatus(anna.address(), "r", "topic", json("\"tea\""), null));
    anna.ask(new Leave(anna.address(), "r"));

    assertThat(bert.next())
        .isEqualTo(new Said("r", "anna", "signaling", json("{\"sdp\":\"v=0\"}")));
    assertThat(bert.next()).isEqualTo(new StatusChanged("r", json("{\"topic\":\"tea\"}")));
    assertThat(bert.next()).isEqualTo(new PeerNews("r", new PeerChange.Removed("anna")));
  }

  @Test
  void givenAnInvitation_whenItIsAccepted_thenEverybodyHearsInItsOrder() {
    GroupUser anna = member("anna", "r");
    GroupUser carl = user("carl");
    carl.ask(new Subscribe(carl.address(), "n"));
    anna.ask(new RegisterRoom(anna.address(), "n", "r"));
    GroupUser bert = user("bert");
    anna.forget();
    bert.forget();

    anna.ask(new Invite(anna.address(), "r", "bert", json("5"), LONG));
    bert.next();
    bert.ask(new Accept(bert.address(), 0, json("{\"cam\":true}")));

    PeerChange changed = new PeerChange.Changed("bert", json("{\"cam\":true}"));
    PeerChange accepted = new PeerChange.Accepted("bert");
    PeerChange added = new PeerChange.Added("bert", PENDING);
    assertThat(List.of(anna.next(), anna.next(), anna.next(), anna.next(), anna.next()))
        .containsExactly(new PeerNews("r", added), new Invited(0), new Answered(0, true),
            new PeerNews("r", accepted), new PeerNews("r", changed));
    assertThat(bert.transcript()).endsWith(
        new Received(0, "r", new RoomView(NOTHING, Map.of("anna", MEMBER)), "anna", json("5")),
        new Done());
    carl.forgetUntil(new RoomAdded("n", "r", new RoomView(NOTHING, Map.of("anna", MEMBER))));
    assertThat(List.of(carl.next(), carl.next(), carl.next())).containsExactly(
        new RoomPeerNews("n", "r", added), new RoomPeerNews("n", "r", changed),
        new RoomPeerNews("n", "r", accepted));
  }

  @Test
  void givenTheSameNamesInAnotherRealm_whenUsed_thenTheRealmsKnowNothingOfEachOther() {
    GroupUser anna = member("anna", "r");
    GroupUser other = user(new PeerAddress("acme", "anna"));

    assertThat(other.ask(new Join(other.address(), "r", NOTHING, LONG)))
        .isEqualTo(new Joined("r", Map.of(), NOTHING));
    assertThat(other.ask(new Invite(other.address(), "r", "bert", NOTHING, LONG)))
        .isEqualTo(new Refused(Refusal.NO_SUCH_RECIPIENT));
    anna.ask(new SetStatus(anna.address(), NOTHING));
    assertThat(anna.events()).isEmpty();
  }

  @Test
  void givenAStatusInTheMiddleOfAMessage_whenSet_thenItIsToldAsItIs() {
    GroupUser anna = member("anna", "r");
    GroupUser bert = member("bert", "r");
    anna.next();
    Bytes message = json("{\"type\":\"status\",\"status\":{\"nick\":\"é\"},\"tid\":1}");
    Bytes status = message.slice(26, message.length() - 9);

    bert.ask(new SetStatus(bert.address(), status));

    assertThat(anna.next()).isEqualTo(
        new PeerNews("r", new PeerChange.Changed("bert", json("{\"nick\":\"é\"}"))));
  }

  // ---- whose user it is

  @Test
  void givenAUser_whenSomebodyElseAsksInItsName_thenItIsNotHere() {
    member("anna", "r");
    GroupUser thief = new GroupUser(node().hub(), node().groups(), address("anna"));

    assertThat(thief.ask(new Leave(address("anna"), "r")))
        .isEqualTo(new Refused(Refusal.NOT_HERE));
    thief.departs();

    assertThat(peersSeenBy(user("bert"), "r")).containsOnlyKeys("anna");
  }

  @Test
  void givenAUserThatHasNotArrived_whenItAsks_thenItIsNotHere() {
    GroupUser anna = new GroupUser(node().hub(), node().groups(), address("anna")).connects();

    assertThat(anna.ask(new Join(anna.address(), "r", NOTHING, LONG)))
        .isEqualTo(new Refused(Refusal.NOT_HERE));
  }

  @Test
  void givenAUserThatIsHere_whenItArrivesAgain_thenItIsRefusedAndStays() {
    GroupUser anna = member("anna", "r");

    assertThat(anna.ask(new Arrive(anna.address(), NOTHING)))
        .isEqualTo(new Refused(Refusal.ALREADY_HERE));
    assertThat(peersSeenBy(user("bert"), "r")).containsOnlyKeys("anna");
  }

  @Test
  void givenAUserThatIsHere_whenItsIdPassesToAnotherSession_thenTheFormerUserDepartsFirst() {
    GroupUser anna = member("anna", "r");
    GroupUser bert = member("bert", "r");

    GroupUser second = user("anna");
    anna.departs();

    bert.forgetUntil(new PeerNews("r", new PeerChange.Removed("anna")));
    assertThat(anna.ask(new Leave(anna.address(), "r"))).isEqualTo(new Refused(Refusal.NOT_HERE));
    assertThat(second.ask(new Join(second.address(), "r", NOTHING, LONG)))
        .isEqualTo(new Joined("r", Map.of("bert", MEMBER), NOTHING));
  }

  // ---- ends

  @Test
  void givenAUserThatTakesPartInEverything_whenItsSessionEnds_thenAllAreToldAndNothingIsLeft() {
    GroupUser anna = member("anna", "r");
    GroupUser bert = member("bert", "r");
    GroupUser carl = user("carl");
    carl.ask(new Subscribe(carl.address(), "n"));
    anna.ask(new RegisterRoom(anna.address(), "n", "r"));
    anna.ask(new Invite(anna.address(), "r", "carl", NOTHING, LONG));
    bert.forget();
    carl.forgetUntil(new Received(0, "r",
        new RoomView(NOTHING, Map.of("anna", MEMBER, "bert", MEMBER)), "anna", NOTHING));

    anna.leaves();

    PeerChange gone = new PeerChange.Removed("anna");
    assertThat(List.of(carl.next(), carl.next(), carl.next())).containsExactly(
        new Cancelled(0), new PeerNews("r", gone), new RoomPeerNews("n", "r", gone));
    bert.forgetUntil(new PeerNews("r", gone));
    assertThat(bert.next()).isEqualTo(new PeerNews("r", new PeerChange.Removed("carl")));
    assertThat(peersSeenBy(user("dora"), "r")).containsOnlyKeys("bert");
    GroupUser again = user("anna");
    assertThat(again.ask(new SetStatus(again.address(), NOTHING)))
        .isEqualTo(new StatusHeard(false));
  }

  @Test
  void givenAnEmptyRoom_whenItsTimeIsUp_thenItIsGoneAndSubscribersAreTold() {
    GroupUser anna = user("anna");
    GroupUser bert = user("bert");
    bert.ask(new Subscribe(bert.address(), "n"));
    anna.ask(new Join(anna.address(), "r", NOTHING, SHORT));
    anna.ask(new SetRoomStatus(anna.address(), "r", "topic", json("1"), null));
    anna.ask(new Leave(anna.address(), "r"));
    anna.ask(new RegisterRoom(anna.address(), "n", "r"));
    bert.forgetUntil(new RoomAdded("n", "r", new RoomView(json("{\"topic\":1}"), Map.of())));

    assertThat(bert.next()).isEqualTo(new RoomRemoved("n", "r"));
    assertThat(anna.ask(new Join(anna.address(), "r", NOTHING, LONG)))
        .isEqualTo(new Joined("r", Map.of(), NOTHING));
  }

  @Test
  void givenAnEmptyRoom_whenSomebodyComesInTime_thenItStays() {
    GroupUser anna = user("anna");
    anna.ask(new Join(anna.address(), "r", NOTHING, SHORT));
    anna.ask(new SetRoomStatus(anna.address(), "r", "topic", json("1"), null));
    anna.ask(new Leave(anna.address(), "r"));
    anna.ask(new Join(anna.address(), "r", NOTHING, SHORT));
    GroupUser bert = user("bert");
    bert.ask(new Join(bert.address(), "other", NOTHING, SHORT));
    bert.ask(new Subscribe(bert.address(), "n"));
    bert.ask(new Leave(bert.address(), "other"));
    bert.ask(new RegisterRoom(bert.address(), "n", "other"));

    // The other room became empty later, and has expired: so the deadline of the first one has
    // passed.
    bert.forgetUntil(new RoomRemoved("n", "other"));
    assertThat(user("carl").ask(new Join(address("carl"), "r", NOTHING, LONG)))
        .isEqualTo(new Joined("r", Map.of("anna", MEMBER), json("{\"topic\":1}")));
  }

  // ---- members of other dialects

  @Test
  void givenAPeerOfAnotherDialectInARoom_whenUsersComeAndItGoes_thenEachHearsOfItOnce() {
    GroupUser anna = member("anna", "r");
    long entry = bring(anna, "r", "p");
    GroupUser bert = user("bert");
    GroupUser carl = user("carl");
    anna.forget();

    assertThat(bert.ask(new Join(bert.address(), "r", NOTHING, LONG)))
        .isEqualTo(new Joined("r", Map.of("anna", MEMBER), NOTHING));
    anna.ask(new Invite(anna.address(), "r", "carl", NOTHING, LONG));
    carl.forgetUntil(new Received(0, "r",
        new RoomView(NOTHING, Map.of("anna", MEMBER, "bert", MEMBER)), "anna", NOTHING));
    carl.ask(new Accept(carl.address(), 0, NOTHING));
    bert.forgetUntil(new ForeignAdded("r", "p", "peerjs", entry));
    assertThat(carl.next()).isEqualTo(new Done());
    assertThat(carl.next()).isEqualTo(new ForeignAdded("r", "p", "peerjs", entry));

    bert.ask(new Remove(bert.address(), "r", "p", entry));
    carl.ask(new Remove(carl.address(), "r", "p", entry));
    anna.ask(new Remove(anna.address(), "r", "p", entry));

    ForeignRemoved gone = new ForeignRemoved("r", "p", entry);
    anna.forgetUntil(gone);
    assertThat(carl.next()).isEqualTo(gone);
    assertThat(List.of(anna, bert, carl)).allSatisfy(each -> assertThat(
        each.events().stream().filter(ForeignRemoved.class::isInstance).count())
        .isEqualTo(each == bert ? 0 : 1));
    assertThat(foreignSeenBy(user("dora"), "r")).isEmpty();
  }

  @Test
  void givenACallThatIsTaken_whenTheCallerHangsUpOnOne_thenItStaysForTheOther() {
    GroupUser anna = user("anna");
    GroupUser bert = user("bert");
    long entry = ((Brought) anna.ask(
        new TakeCall(anna.address(), "r", NOTHING, LONG, "p", "linkup"))).entry();
    bert.ask(new Join(bert.address(), "r", NOTHING, LONG));
    bert.forgetUntil(new ForeignAdded("r", "p", "linkup", entry));

    anna.ask(new Lose(anna.address(), "r", "p", entry));
    assertThat(foreignSeenBy(user("carl"), "r")).containsExactly("p");
    assertThat(anna.ask(new Bring(anna.address(), "r", "p", "linkup")))
        .isEqualTo(new Brought(entry));

    bert.ask(new Lose(bert.address(), "r", "p", entry));
    anna.ask(new Lose(anna.address(), "r", "p", entry));
    assertThat(foreignSeenBy(user("dora"), "r")).containsExactly("p");
    GroupUser carl = member("carl", "other");
    bring(carl, "other", "p");
    carl.leaves();
    assertThat(foreignSeenBy(user("emil"), "other")).isEmpty();
  }

  @Test
  void givenAPeerThatIsBroughtInAgain_whenItsFormerEndIsSaidLate_thenItStays() {
    GroupUser anna = member("anna", "r");
    GroupUser bert = member("bert", "r");
    long former = bring(anna, "r", "p");
    anna.ask(new Remove(anna.address(), "r", "p", former));
    long entry = bring(anna, "r", "p");

    bert.ask(new Remove(bert.address(), "r", "p", former));

    assertThat(entry).isGreaterThan(former);
    assertThat(bert.events()).endsWith(new ForeignAdded("r", "p", "peerjs", former),
        new ForeignRemoved("r", "p", former), new ForeignAdded("r", "p", "peerjs", entry));
    assertThat(foreignSeenBy(user("carl"), "r")).containsExactly("p");
  }

  @Test
  void givenManyWhoJoinWhilePeersComeAndGo_whenAllIsQuiet_thenEachKnowsTheSame()
      throws InterruptedException {
    GroupUser host = member("host", "r");
    List<GroupUser> all = IntStream.range(0, 12).mapToObj(i -> user("user" + i)).toList();
    List<String> stay = List.of("p0", "p2", "p4", "p6", "p8");

    atOnce(all.size() + 1, i -> {
      if (i < all.size()) {
        all.get(i).ask(new Join(all.get(i).address(), "r", NOTHING, LONG));
        return;
      }
      for (int n = 0; n < 10; n++) {
        long entry = bring(host, "r", "p" + n);
        if (n % 2 == 1) {
          host.ask(new Remove(host.address(), "r", "p" + n, entry));
        }
      }
    });

    // All members get this event, behind all earlier ones.
    host.ask(new SetRoomStatus(host.address(), "r", "quiet", json("1"), null));
    for (GroupUser each : all) {
      each.awaitEvents(StatusChanged.class, 1);
      assertThat(foreignKnownTo(each)).as(each.name()).containsExactlyInAnyOrderElementsOf(stay);
    }
  }

  /**
   * The members according to a user's events; fails on a duplicate addition, or a removal without
   * one.
   */
  private static Set<String> foreignKnownTo(GroupUser user) {
    Set<String> known = new LinkedHashSet<>();
    for (GroupEvent event : user.events()) {
      switch (event) {
        case ForeignAdded added -> assertThat(known.add(added.peer())).as("%s", added).isTrue();
        case ForeignRemoved removed -> assertThat(known.remove(removed.peer()))
            .as("%s", removed).isTrue();
        default -> {
        }
      }
    }
    return known;
  }

  private static long bring(GroupUser user, String room, String peer) {
    return ((Brought) user.ask(new Bring(user.address(), room, peer, "peerjs"))).entry();
  }

  /** Lets a user join, and waits for all events that come with the answer. */
  private static Set<String> foreignSeenBy(GroupUser user, String room) {
    user.ask(new Join(user.address(), room, NOTHING, LONG));
    user.ask(new SetStatus(user.address(), NOTHING));
    return foreignKnownTo(user);
  }

  // ---- one order for all

  @Test
  void givenManyWhoJoinAtOnce_whenAllAreIn_thenOfAnyTwoOneSawTheOtherComeOnce()
      throws InterruptedException {
    List<GroupUser> all = IntStream.range(0, 16).mapToObj(i -> user("user" + i)).toList();

    atOnce(all.size(), i -> all.get(i).ask(new Join(all.get(i).address(), "r", NOTHING, LONG)));

    for (GroupUser each : all) {
      each.awaitEvents(all.size() - 1 - joinedWith(each).size());
    }
    for (GroupUser one : all) {
      for (GroupUser other : all) {
        if (one != other) {
          int seen = (joinedWith(one).containsKey(other.name()) ? 1 : 0)
              + (joinedWith(other).containsKey(one.name()) ? 1 : 0);
          assertThat(seen).as("%s and %s found each other", one.name(), other.name()).isEqualTo(1);
          assertThat(one.events().contains(
              new PeerNews("r", new PeerChange.Added(other.name(), MEMBER))))
              .isEqualTo(joinedWith(other).containsKey(one.name()));
        }
      }
    }
  }

  @Test
  void givenManyWhoChangeTheStatusAtOnce_whenAllHave_thenTheOthersSawTheSameOrder()
      throws InterruptedException {
    int each = 50;
    List<GroupUser> setters = List.of(member("a", "r"), member("b", "r"), member("c", "r"));
    List<GroupUser> watchers = List.of(member("x", "r"), member("y", "r"));

    atOnce(setters.size(), i -> {
      GroupUser setter = setters.get(i);
      for (int n = 0; n < each; n++) {
        setter.ask(new SetRoomStatus(setter.address(), "r", setter.name(), json("" + n), null));
      }
    });

    List<List<GroupEvent>> seen = new ArrayList<>();
    for (GroupUser watcher : watchers) {
      seen.add(watcher.awaitEvents(StatusChanged.class, setters.size() * each));
    }
    assertThat(seen.get(1)).isEqualTo(seen.get(0)).hasSize(setters.size() * each);
    assertThat(seen.get(0)).last()
        .isEqualTo(new StatusChanged("r", json("{\"a\":49,\"b\":49,\"c\":49}")));
  }

  @Test
  void givenManyWhoIncrementAKeyWithCheck_whenAllAreDone_thenNoneWasLost()
      throws InterruptedException {
    int each = 20;
    List<GroupUser> all = List.of(member("a", "r"), member("b", "r"), member("c", "r"));
    all.getFirst().ask(new SetRoomStatus(address("a"), "r", "n", json("0"), null));

    atOnce(all.size(), i -> {
      GroupUser user = all.get(i);
      int done = 0;
      // The number only grows, so a user whose guess is outdated retries with the next number.
      for (int guess = 0; done < each; guess++) {
        GroupAnswer answer = user.ask(new SetRoomStatus(user.address(), "r", "n",
            json("" + (guess + 1)), new Expected(json("" + guess))));
        if (answer instanceof Done) {
          done++;
        } else {
          assertThat(answer).isEqualTo(new Refused(Refusal.STATUS_NOT_AS_EXPECTED));
        }
      }
    });

    assertThat(user("late").ask(new Join(address("late"), "r", NOTHING, LONG)))
        .isInstanceOfSatisfying(Joined.class, joined -> assertThat(joined.status())
            .isEqualTo(json("{\"n\":" + all.size() * each + "}")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givenTheSameCommands_whenGivenInTurn_thenEverybodyHearsWhatTheRulesSay(long seed) {
    List<String> names = List.of("anna", "bert", "carl", "dora", "emil");
    List<List<GroupDelivery>> here = play(seed, names, nodes);
    Node reference = new Node(
        new LocalHub(vertx, MailboxLimits.DEFAULT, new SignalMetrics(new SimpleMeterRegistry())),
        new LocalGroups(vertx, GroupLimits.DEFAULT));
    List<List<GroupDelivery>> there = play(seed, names, List.of(reference));
    result(reference.groups().close());
    result(reference.hub().close());

    for (int i = 0; i < names.size(); i++) {
      assertThat(here.get(i)).as(names.get(i)).isEqualTo(there.get(i));
    }
  }

  /** The deliveries of each session for random commands, one after the other. */
  private static List<List<GroupDelivery>> play(long seed, List<String> names, List<Node> nodes) {
    ChanceCommands chance = new ChanceCommands(seed, names, LONG);
    Map<String, GroupUser> present = new HashMap<>();
    Map<String, List<GroupDelivery>> heard = new HashMap<>();
    List<GroupUser> sessions = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String name = chance.one(names);
      GroupUser user = present.get(name);
      if (user == null) {
        Node node = nodes.get(sessions.size() % nodes.size());
        user = new GroupUser(node.hub(), node.groups(), address(name)).connects().arrives();
        present.put(name, user);
        sessions.add(user);
      } else if (chance.rarely()) {
        user.hasLeft();
        present.remove(name);
      } else {
        user.ask(chance.next(user.address()));
      }
    }
    // One more command of each user that is present: its answer comes behind all events in flight.
    present.values().forEach(user -> user.ask(new SetStatus(user.address(), NOTHING)));
    present.values().forEach(user -> user.ask(new SetStatus(user.address(), json("1"))));
    for (GroupUser session : sessions) {
      heard.computeIfAbsent(session.name(), key -> new ArrayList<>())
          .addAll(session.untilLastAnswer());
    }
    return names.stream().map(name -> heard.getOrDefault(name, List.of())).toList();
  }

  @Test
  void givenManyWhoDoAnythingAtOnce_whenAllHaveLeft_thenNothingIsLeft()
      throws InterruptedException {
    List<String> names = IntStream.range(0, 8).mapToObj(i -> "user" + i).toList();
    atOnce(names.size(), i -> {
      ChanceCommands chance = new ChanceCommands(i, names, Duration.ZERO);
      GroupUser user = user(names.get(i));
      for (int n = 0; n < 300; n++) {
        if (chance.rarely()) {
          user.leaves();
          user = user(names.get(i));
        } else {
          user.ask(chance.next(user.address()));
        }
      }
      user.leaves();
    });

    GroupUser late = user("late");
    for (String namespace : List.of("n", "m")) {
      assertThat(late.ask(new Subscribe(late.address(), namespace)))
          .isEqualTo(new Subscribed(Map.of(), Map.of()));
    }
    for (String room : List.of("r", "q", "__proto__")) {
      assertThat(late.ask(new Join(late.address(), room, NOTHING, LONG)))
          .isEqualTo(new Joined(room, Map.of(), NOTHING));
    }
    assertThat(late.ask(new Invite(late.address(), "r", "user0", NOTHING, LONG)))
        .isEqualTo(new Refused(Refusal.NO_SUCH_RECIPIENT));
  }

  // ---- limits

  @Test
  void givenLimits_whenOneIsReached_thenTheyHold() {
    closeNodes();
    nodes.addAll(createNodes(vertx, Records.with(GroupLimits.DEFAULT, "rooms", 1,
        "membersPerRoom", 1, "roomsPerUser", 1)));
    GroupUser anna = member("anna", "r");
    GroupUser bert = user("bert");

    assertThat(bert.ask(new Join(bert.address(), "r", NOTHING, LONG)))
        .isEqualTo(new Refused(Refusal.ROOM_FULL));
    assertThat(bert.ask(new Join(bert.address(), "q", NOTHING, LONG)))
        .isEqualTo(new Refused(Refusal.TOO_MANY_ROOMS));
    assertThat(anna.ask(new Bring(anna.address(), "r", "p", "peerjs")))
        .isEqualTo(new Refused(Refusal.ROOM_FULL));
    assertThat(anna.ask(new Join(anna.address(), "q", NOTHING, LONG)))
        .isEqualTo(new Refused(Refusal.IN_TOO_MANY_ROOMS));
  }

  private void createNodes(Object... namesAndLimits) {
    closeNodes();
    nodes.addAll(createNodes(vertx, Records.with(GroupLimits.DEFAULT, namesAndLimits)));
  }

  @Test
  void givenARealmFullOfRoomsThatWereLeft_whenAnotherMakesOne_thenTheOldestGoAndItIsServed() {
    createNodes("rooms", 40, "roomsPerUser", 10);
    for (int user = 0; user < 4; user++) {
      GroupUser attacker = user("attacker" + user);
      for (int i = 0; i < 10; i++) {
        attacker.ask(new Join(attacker.address(), "a" + user + "." + i, NOTHING, LONG));
      }
      attacker.leaves();
    }

    for (int i = 0; i < 60; i++) {
      GroupUser honest = user("honest" + i);
      assertThat(honest.ask(new Join(honest.address(), "r" + i, NOTHING, LONG)))
          .as("the room of honest user %s", i).isEqualTo(new Joined("r" + i, Map.of(), NOTHING));
      honest.ask(new Leave(honest.address(), "r" + i));
    }
    GroupUser late = user("late");
    assertThat(late.ask(new Leave(late.address(), "a0.0")))
        .isEqualTo(new Refused(Refusal.NO_SUCH_ROOM));
    assertThat(late.ask(new Leave(late.address(), "r59")))
        .isEqualTo(new Refused(Refusal.NOT_IN_ROOM));
  }

  @Test
  void givenAMakerOfRoomsThatAreEmpty_whenItHasMadeAsManyAsItMay_thenItAloneIsRefused() {
    createNodes("roomsPerUser", 3);
    GroupUser attacker = user("attacker");
    List<GroupAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(attacker.ask(new Join(attacker.address(), "a" + i, NOTHING, LONG)));
      attacker.ask(new Leave(attacker.address(), "a" + i));
    }

    assertThat(answers.subList(3, 6)).containsOnly(new Refused(Refusal.TOO_MANY_ROOMS));
    GroupUser honest = user("honest");
    assertThat(honest.ask(new Join(honest.address(), "r", NOTHING, LONG)))
        .isInstanceOf(Joined.class);
  }

  @Test
  void givenAMakerOfManyRoomsAMinute_whenItMakesMoreThanItMay_thenItAloneIsRefused() {
    createNodes("newRoomsPerMinute", 3);
    GroupUser attacker = user("attacker");
    List<GroupAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(attacker.ask(new Join(attacker.address(), "a" + i, NOTHING, Duration.ZERO)));
    }

    assertThat(answers).last().isEqualTo(new Refused(Refusal.TOO_MANY_ROOMS));
    assertThat(answers.subList(0, 3)).allMatch(Joined.class::isInstance);
    assertThat(user("honest").ask(new Join(address("honest"), "r", NOTHING, LONG)))
        .isInstanceOf(Joined.class);
  }

  @Test
  void givenUsersThatFillARealmWithStatuses_whenItsBytesAreTaken_thenThoseWhoTakeLittleAreServed() {
    int bytes = 2 << 20;
    createNodes("bytes", new ByteSize(bytes));
    Bytes big = json("\"" + "x".repeat(16_000) + "\"");
    int kept = 0;
    List<GroupUser> attackers = new ArrayList<>();
    for (int user = 0; user < 10; user++) {
      GroupUser attacker = user("attacker" + user);
      attackers.add(attacker);
      for (int i = 0; i < 14; i++) {
        String room = "a" + user + "." + i;
        attacker.ask(new Join(attacker.address(), room, NOTHING, LONG));
        kept += attacker
            .ask(new SetRoomStatus(attacker.address(), room, "k", big, null)) instanceof Done
                ? big.length() : 0;
      }
    }

    assertThat(kept).isBetween(bytes / 4, bytes);
    assertThat(attackers.getLast().ask(
        new SetRoomStatus(attackers.getLast().address(), "a9.0", "k", big, null)))
        .isInstanceOf(Refused.class);
    GroupUser honest = user("honest");
    assertThat(honest.ask(new Join(honest.address(), "r", json("{\"nick\":\"Bo\"}"), LONG)))
        .isInstanceOf(Joined.class);

    attackers.forEach(GroupUser::leaves);
    for (int i = 0; i < 10; i++) {
      // Rooms that the others have left are evicted for these.
      String room = "r" + i;
      assertThat(honest.ask(new Join(honest.address(), room, NOTHING, LONG)))
          .isInstanceOf(Joined.class);
    }
    assertThat(honest.ask(new SetStatus(honest.address(), json("{\"nick\":\"Bo\"}"))))
        .isInstanceOf(StatusHeard.class);
  }

  @Test
  void givenAHundredInvitationsToOneUser_whenItJoinsAndInvites_thenItIsServed() {
    GroupUser victim = user("victim");
    GroupUser friend = user("friend");
    GroupUser attacker = user("attacker");
    int open = 0;
    for (int i = 0; i < 100; i++) {
      open += attacker.ask(
          new Invite(attacker.address(), "a" + i, "victim", NOTHING, LONG)) instanceof Invited
              ? 1 : 0;
    }

    assertThat(open).isEqualTo(GroupLimits.DEFAULT.invitationsPerPair());
    assertThat(victim.ask(new Join(victim.address(), "r", NOTHING, LONG)))
        .isInstanceOf(Joined.class);
    assertThat(victim.ask(new Invite(victim.address(), "r", "friend", NOTHING, LONG)))
        .isInstanceOf(Invited.class);
    assertThat(friend.ask(new Invite(friend.address(), "f", "victim", NOTHING, LONG)))
        .isInstanceOf(Invited.class);
  }

  @Test
  void givenACommandThatReachesMany_whenCarriedOut_thenTheOneWhoAskedIsChargedAndNoOther() {
    GroupUser anna = member("anna", "r");
    List<GroupUser> others =
        IntStream.range(0, 20).mapToObj(i -> member("user" + i, "r")).toList();
    long before = anna.charged();
    Bytes status = json("\"" + "x".repeat(1000) + "\"");

    anna.ask(new SetRoomStatus(anna.address(), "r", "k", status, null));
    anna.awaitCharged(before + 15_000);
    assertThat(anna.charged() - before).isBetween(15_000L, 25_000L);

    long charged = anna.charged();
    anna.ask(new SendToMember(anna.address(), "r", "user0", "signaling", status));
    anna.ask(new SetStatus(anna.address(), NOTHING));
    assertThat(anna.charged()).isEqualTo(charged);
    assertThat(others).allSatisfy(each -> assertThat(each.charged()).isLessThan(5_000));
  }

  @Test
  void givenAStatusForTooMany_whenSet_thenItIsRefusedBeforeAnythingIsWritten() {
    createNodes("status", ByteSize.ofKiB(4), "view", ByteSize.ofKiB(32), "fanOut",
        ByteSize.ofKiB(32));
    GroupUser anna = member("anna", "r");
    List<GroupUser> others =
        IntStream.range(0, 20).mapToObj(i -> member("user" + i, "r")).toList();
    Bytes big = json("\"" + "x".repeat(4000) + "\"");

    assertThat(anna.ask(new SetRoomStatus(anna.address(), "r", "k", big, null)))
        .isEqualTo(new Refused(Refusal.STATUS_TOO_BIG));
    anna.ask(new SetRoomStatus(anna.address(), "r", "k", json("1"), null));
    assertThat(others).allSatisfy(each -> assertThat(each.awaitEvents(StatusChanged.class, 1))
        .containsExactly(new StatusChanged("r", json("{\"k\":1}"))));
  }

  @Test
  void givenMembersWithBigStatuses_whenOthersJoin_thenWhatTheyAreShownIsBounded() {
    long view = 16 << 10;
    createNodes("status", ByteSize.ofKiB(1), "view", new ByteSize(view));
    Bytes big = json("{\"x\":\"" + "x".repeat(900) + "\"}");
    int in = 0;
    for (int i = 0; i < 30; i++) {
      GroupUser user = user("user" + i);
      in += user.ask(new Join(user.address(), "r", big, LONG)) instanceof Joined ? 1 : 0;
    }

    assertThat(in).isBetween(10, 17);
  }

  @Test
  void givenANamespaceThatIsFull_whenUsersRegisterOnAllNodes_thenWhatSubscribersGetIsBounded() {
    createNodes("status", ByteSize.ofKiB(1), "view", ByteSize.ofKiB(16));
    Bytes big = json("{\"x\":\"" + "x".repeat(900) + "\"}");
    List<GroupAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      GroupUser user = user("user" + i);
      user.ask(new SetStatus(user.address(), big));
      answers.add(user.ask(new RegisterUser(user.address(), "n")));
    }

    assertThat(answers).last().isEqualTo(new Refused(Refusal.NAMESPACE_FULL));
    GroupUser watcher = user("watcher");
    assertThat(watcher.ask(new Subscribe(watcher.address(), "n")))
        .isInstanceOfSatisfying(Subscribed.class,
            subscribed -> assertThat(subscribed.users().size()).isBetween(10, 17));
  }

  // ---- words

  private synchronized Node node() {
    return nodes.get(users++ % nodes.size());
  }

  private GroupUser user(String name) {
    return user(address(name));
  }

  private GroupUser user(PeerAddress address) {
    Node node = node();
    return new GroupUser(node.hub(), node.groups(), address).connects().arrives();
  }

  private GroupUser member(String name, String room) {
    GroupUser user = user(name);
    user.ask(new Join(user.address(), room, NOTHING, LONG));
    user.forget();
    return user;
  }

  private static Map<String, RoomPeer> peersSeenBy(GroupUser user, String room) {
    return ((Joined) user.ask(new Join(user.address(), room, NOTHING, LONG))).peers();
  }

  private static Map<String, RoomPeer> joinedWith(GroupUser user) {
    return user.allAnswers().stream().filter(Joined.class::isInstance).map(Joined.class::cast)
        .findFirst().orElseThrow().peers();
  }

  private static PeerAddress address(String name) {
    return new PeerAddress(PeerAddress.DEFAULT_REALM, name);
  }

  private static Bytes json(String text) {
    return Bytes.utf8(text);
  }

  private interface Task {
    void run(int number);
  }

  /** Runs tasks on threads of their own, started together; fails if one of them does. */
  private static void atOnce(int count, Task task) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      threads.add(Thread.ofPlatform().start(() -> {
        try {
          start.await();
          task.run(number);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          failures.add(interrupted);
        } catch (RuntimeException | AssertionError failure) {
          failures.add(failure);
        }
      }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  private static <T> T result(Future<T> future) {
    return Waits.join("an answer of the groups", future);
  }
}
