package dev.parley.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.access.Access;
import dev.parley.access.Ban;
import dev.parley.access.Bans;
import dev.parley.access.Gate;
import dev.parley.access.Gates;
import dev.parley.access.IdPolicies;
import dev.parley.access.IdPolicy;
import dev.parley.access.LocalBanStore;
import dev.parley.config.ByteSize;
import dev.parley.dialect.Arrival;
import dev.parley.dialect.ClientRequest;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.dialect.TextEncoder;
import dev.parley.group.ForeignCommand;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.group.InvitationCommand;
import dev.parley.group.InvitationEvent;
import dev.parley.group.NamespaceCommand;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand;
import dev.parley.group.RoomView;
import dev.parley.group.UserCommand;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.hub.Recipient;
import dev.parley.identity.IdGrant;
import dev.parley.identity.IdPattern;
import dev.parley.identity.Identity;
import dev.parley.metrics.SignalMetrics;
import dev.parley.policy.GroupTarget;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Delivery;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a session may do that a policy has admitted. */
class SessionAccessTest {

  private static final PeerAddress ALICE = new PeerAddress("default", "alice");
  private static final PeerAddress BOB = ALICE.neighbour("bob");
  private static final PeerAddress EVE = ALICE.neighbour("eve");
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final List<String> log = new ArrayList<>();
  private final ArrayDeque<Delivery> queued = new ArrayDeque<>();
  private final List<Claim> claims = new ArrayList<>();
  private final List<Wait> waits = new ArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final TestPolicy policy = new TestPolicy();
  private Instant now = START;
  private final IdPolicies ids = new IdPolicies();
  private final Bans bans = new Bans(new LocalBanStore(() -> now), () -> now, metrics);
  private final TestLink link = new TestLink();
  private final SessionHost host =
      new SessionHost(
          new SessionHost.Exchange(
              new TestHub(), new TestGroups(), "test", new IdRules(16, 3),
              new Interpreters(Map.of()), new SignalMetrics(metrics).receivedBy("test"),
              new HeldSignals(new ByteSize(1_000), metrics),
              new Gates(new Gates.Table(Map.of(), Gate.OPEN), ids, bans, () -> now)),
          new TestLoop(), link);
  private @Nullable SessionContext admitted;
  private @Nullable Handshake seen;

  /** Eve may not be sent to, and groups with "secret" in their names are not for this client. */
  private final class TestPolicy implements Policy {
    private boolean fails;

    @Override
    public Future<Verdict> authenticate(Handshake handshake) {
      throw new AssertionError("the gate has asked before");
    }

    @Override
    public boolean maySend(Identity identity, PeerAddress from, PeerAddress to) {
      log.add("may send " + from.id() + ">" + to.id());
      if (fails) {
        throw new IllegalStateException("as a test wants it");
      }
      return !to.equals(EVE);
    }

    @Override
    public boolean mayJoin(Identity identity, GroupTarget group) {
      log.add("may join " + group.kind() + " " + group.name());
      return !group.name().contains("secret");
    }
  }

  private record Wait(Duration delay, Runnable task, AtomicBoolean cancelled) {}

  private final class TestLoop implements Loop {
    @Override
    public void enqueue(SessionHost to, Delivery delivery) {
      queued.add(delivery);
    }

    @Override
    public void perform(Runnable task) {
      task.run();
    }

    @Override
    public boolean isCurrent() {
      return true;
    }
  }

  private final class TestLink implements Link {
    private boolean open = true;

    @Override
    public <T> void send(T message, TextEncoder<T> encoder) {}

    @Override
    public void close(CloseReason reason) {
      open = false;
      log.add("close " + reason);
    }

    @Override
    public void close(CloseReason reason, String text) {
      close(reason);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      Wait wait = new Wait(delay, task, new AtomicBoolean());
      waits.add(wait);
      return () -> wait.cancelled.set(true);
    }

    @Override
    public long id() {
      return 1;
    }

    @Override
    public Duration silence() {
      return Duration.ZERO;
    }

    @Override
    public void ping() {}

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public boolean saidGoodbye() {
      return false;
    }

    @Override
    public void outOfMemory(OutOfMemoryError error) {}

    @Override
    public void admitted() {}

    @Override
    public void pauseReading() {}

    @Override
    public void resumeReading() {}

    @Override
    public void charge(long bytes) {}

    @Override
    public void holds(long bytes) {}
  }

  /** Grants every claim; every peer is there. */
  private final class TestHub implements Hub {
    @Override
    public void claim(Recipient claimant, Claim claim) {
      claims.add(claim);
      claimant.deliver(new ClaimOutcome.Granted(claim.address(), false));
    }

    @Override
    public void release(Recipient owner, PeerAddress address) {
      log.add("release " + address.id());
    }

    @Override
    public void lose(Recipient owner, PeerAddress address) {
      log.add("lose " + address.id());
    }

    @Override
    public void send(Recipient sender, Signal signal, Duration hold) {
      log.add("send to " + signal.to().id());
    }

    @Override
    public void refuse(Signal signal, Cause cause) {
      log.add("refuse " + cause);
    }

    @Override
    public Future<Boolean> find(PeerAddress address) {
      return Future.succeededFuture(true);
    }

    @Override
    public Future<Optional<Peer>> look(PeerAddress address) {
      return Future.succeededFuture(Optional.of(new Peer(address, "test")));
    }

    @Override
    public void watch(Recipient watcher, PeerAddress watched) {
      log.add("watch " + watched.id());
    }

    @Override
    public void unwatch(Recipient watcher, PeerAddress watched) {
      log.add("unwatch " + watched.id());
    }

    @Override
    public Future<List<Peer>> list(String realm) {
      return Future.succeededFuture(
          List.of(new Peer(ALICE, "test"), new Peer(BOB, "test"), new Peer(EVE, "test")));
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private final class TestGroups implements Groups {
    @Override
    public void command(Recipient requester, UserCommand command) {
      log.add("command " + command.getClass().getSimpleName());
      requester.deliver(new GroupAnswer.Done());
    }

    @Override
    public void depart(Recipient owner, PeerAddress user) {}

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private final class TestSession implements Session {
    @Override
    public void message(Bytes message, boolean binary) {}

    @Override
    public void signal(Signal signal) {}

    @Override
    public void undelivered(Undelivered undelivered) {
      log.add("undelivered " + undelivered.cause() + " " + undelivered.to().id());
    }

    @Override
    public void present(PeerAddress peer) {
      log.add("present " + peer.id());
    }

    @Override
    public void departed(PeerAddress peer) {
      log.add("departed " + peer.id());
    }

    @Override
    public void group(GroupEvent event) {}

    @Override
    public void closed(CloseReason reason) {
      log.add("closed " + reason);
    }
  }

  private static Handshake handshake() {
    return new Handshake(Map.of(), Map.of(), new ClientRequest() {
      @Override
      public String remoteAddress() {
        return "192.0.2.7";
      }
    }, Identity.ANYONE);
  }

  private void greet(Access access) {
    host.greet(this::take, handshake(), access);
  }

  private void take(Arrival arrival) {
    seen = arrival.handshake();
    arrival.admit(context -> {
      admitted = context;
      return new TestSession();
    });
  }

  private Switchboard switchboard() {
    assertThat(admitted).isNotNull();
    return admitted.switchboard();
  }

  private void run() {
    while (!queued.isEmpty()) {
      host.handle(queued.remove());
    }
  }

  private void claim(Claim claim) {
    switchboard().claim(claim,
        outcome -> log.add(outcome.getClass().getSimpleName() + " " + outcome.address().id()));
    run();
  }

  private static Identity with(@Nullable String subject, IdGrant ids) {
    return new Identity(subject, Set.of(), ids, null, Map.of());
  }

  /** A session of the subject alice, which may own any id and owns its own. */
  private void aliceIsIn() {
    greet(new Access(with("alice", IdGrant.ANY), policy));
    claim(Claim.of(ALICE));
    log.clear();
  }

  private static Signal signal(PeerAddress to) {
    return new Signal(SignalKind.OFFER, ALICE, to, "test", "OFFER", Bytes.utf8("hi"), 7);
  }

  // ---- claims

  @Test
  void givenAnIdentity_whenItsClientIsGreeted_thenTheDialectSeesIt() {
    Identity alice = Identity.of("alice");

    greet(new Access(alice, policy));

    assertThat(seen).isNotNull();
    assertThat(seen.identity()).isEqualTo(alice);
    assertThat(seen.identity().onlyId()).contains("alice");
  }

  @Test
  void givenAGrant_whenOtherIdsAreClaimed_thenTheHubIsNotAskedAndEachIsForbidden() {
    greet(new Access(with(null, new IdGrant(Set.of("alice"), List.of(new IdPattern("a-*")))),
        policy));

    claim(Claim.of(BOB));
    claim(Claim.of(ALICE));
    claim(Claim.of(ALICE.neighbour("a-1")));
    claim(Claim.of(ALICE.neighbour("Alice")));

    assertThat(log).containsExactly("Forbidden bob", "Granted alice", "Granted a-1",
        "Forbidden Alice");
    assertThat(claims).extracting(Claim::address)
        .containsExactly(ALICE, ALICE.neighbour("a-1"));
    assertThat(metrics.get("parley.access.forbidden").tag("request", "claim").counter().count())
        .isEqualTo(2);
  }

  @Test
  void givenForbiddenClaims_whenThereAreTooManyInAMinute_thenTheyAreNotAnswered() {
    greet(new Access(with(null, IdGrant.only("alice")), policy));

    for (int i = 0; i < 6; i++) {
      claim(Claim.of(ALICE.neighbour("guess" + i)));
    }

    assertThat(log).containsExactly("Forbidden guess0", "Forbidden guess1", "Forbidden guess2",
        "Forbidden guess3", "Unavailable guess4", "Unavailable guess5");
  }

  @Test
  void givenAnIdPolicy_whenIdsAreClaimed_thenItHoldsInOpenRealmsToo() {
    ids.replace(new IdPolicies.Table(Map.of(), new IdPolicy(null, List.of(new IdPattern("a*")),
        List.of(new IdPattern("admin")), List.of(new IdPattern("e*")))));
    greet(Access.OPEN);

    claim(Claim.of(BOB));
    claim(Claim.of(ALICE.neighbour("admin")));
    claim(Claim.of(ALICE));
    var unused = switchboard().list("default").onSuccess(all -> log.add("list " + all.size()));
    run();

    assertThat(log).containsExactly("Forbidden bob", "Forbidden admin", "Granted alice", "list 2");
  }

  // ---- tokens

  private @Nullable String token(Identity identity, @Nullable String sent) {
    Claim claim =
        new Access(identity, policy).claim(new Claim(ALICE, sent, false));
    assertThat(claim.mayTakeFree()).isFalse();
    assertThat(claim.address()).isEqualTo(ALICE);
    return claim.token();
  }

  @Test
  void givenASubject_whenItClaims_thenItsTokenIsTheSubjectsWhateverItSends() {
    Identity alice = with("alice", IdGrant.ANY);
    String token = token(alice, null);

    assertThat(token).hasSizeLessThan(Claim.MAX_HELD_TOKEN)
        .startsWith("\0").doesNotContain("alice");
    assertThat(token(alice, "a random one of the page")).isEqualTo(token);
    assertThat(token(with("alice", IdGrant.only("alice")), token(with("bob", IdGrant.ANY), null)))
        .isEqualTo(token);
    assertThat(token(with("Alice", IdGrant.ANY), null)).isNotEqualTo(token);
    aliceIsIn();
    assertThat(claims).singleElement().extracting(Claim::token).isEqualTo(token);
  }

  @Test
  void givenSubjectsThatAnEncodingTakesForOne_whenTheyClaim_thenTheirTokensDiffer() {
    String one = token(with("a\ud800", IdGrant.ANY), null);
    String other = token(with("a?", IdGrant.ANY), null);
    String third = token(with("a\ud801", IdGrant.ANY), null);

    assertThat(one).isNotEqualTo(other).isNotEqualTo(third);
    assertThat(other).isNotEqualTo(third);
  }

  @Test
  void givenNoSubject_whenAClientSendsATokenOfASubject_thenItIsAnother() {
    String alices = token(with("alice", IdGrant.ANY), null);

    assertThat(token(Identity.ANYONE, alices)).isNotEqualTo(alices);
    assertThat(Access.OPEN.claim(new Claim(ALICE, alices, true)).token()).isNotEqualTo(alices);
    assertThat(token(Identity.ANYONE, token(Identity.ANYONE, alices))).isNotEqualTo(alices);
    assertThat(token(Identity.ANYONE, "usual")).isEqualTo("usual");
    assertThat(token(Identity.ANYONE, null)).isNull();
  }

  // ---- signals

  @Test
  void givenAPeerThatMayNotBeSentTo_whenASignalIsSent_thenItIsRefusedInOrder() {
    aliceIsIn();

    switchboard().send(signal(BOB), Duration.ZERO);
    switchboard().send(signal(EVE), Duration.ZERO);
    log.add("sent");
    run();

    assertThat(log).containsExactly("may send alice>bob", "send to bob", "may send alice>eve",
        "sent", "undelivered FORBIDDEN eve");
    assertThat(metrics.get("parley.signals.undelivered").tag("cause", "forbidden").counter()
        .count()).isEqualTo(1);
  }

  @Test
  void givenAPeerThatMayNotBeSentTo_whenAskedAbout_thenItIsAbsent() {
    aliceIsIn();

    var found = switchboard().find(EVE);
    var looked = switchboard().look(EVE);
    var listed = switchboard().list("default");
    switchboard().watch(EVE);
    switchboard().watch(BOB);
    run();

    assertThat(found.result()).isFalse();
    assertThat(looked.result()).isEmpty();
    assertThat(listed.result()).extracting(Peer::address).containsExactly(ALICE, BOB);
    assertThat(switchboard().mayReach(EVE)).isFalse();
    assertThat(log).contains("departed eve", "watch bob").doesNotContain("watch eve");
  }

  @Test
  void givenAPeerThatMayNotBeSentTo_whenTheWatchEndsAtOnce_thenNothingIsHeard() {
    aliceIsIn();

    switchboard().watch(EVE);
    switchboard().unwatch(EVE);
    run();

    assertThat(log).doesNotContain("departed eve");
  }

  @Test
  void givenASessionWithoutAnId_whenItAsksAboutPeers_thenThePolicyDecidesForTheEmptyId() {
    greet(new Access(with("alice", IdGrant.ANY), policy));

    var bob = switchboard().find(BOB);
    var eve = switchboard().find(EVE);
    run();

    assertThat(bob.result()).isTrue();
    assertThat(eve.result()).isFalse();
    assertThat(log).containsExactly("may send >bob", "may send >eve");
  }

  @Test
  void givenAPolicyThatFails_whenASignalIsSent_thenItIsRefused() {
    aliceIsIn();
    policy.fails = true;

    switchboard().send(signal(BOB), Duration.ZERO);
    run();

    assertThat(log).containsExactly("may send alice>bob", "undelivered FORBIDDEN bob");
  }

  @Test
  void givenAnOpenRealm_whenASessionSendsAndAsks_thenNoPolicyIsAsked() {
    greet(Access.OPEN);
    claim(Claim.of(ALICE));
    log.clear();

    switchboard().send(signal(EVE), Duration.ZERO);
    var found = switchboard().find(EVE);
    run();

    assertThat(found.result()).isTrue();
    assertThat(log).containsExactly("send to eve");
  }

  // ---- groups

  private void group(UserCommand command) {
    switchboard().group(command, answer -> log.add(
        answer.equals(new GroupAnswer.Refused(Refusal.FORBIDDEN)) ? "FORBIDDEN" : "done"));
    run();
  }

  private static final Bytes EMPTY = Bytes.utf8("{}");

  @Test
  void givenRoomsAndNamespaces_whenTheClientEntersThem_thenThePolicyDecides() {
    aliceIsIn();

    group(new RoomCommand.Join(ALICE, "secret", EMPTY, Duration.ZERO));
    group(new RoomCommand.Join(ALICE, "open", EMPTY, Duration.ZERO));
    group(new RoomCommand.Leave(ALICE, "secret"));
    group(new NamespaceCommand.Subscribe(ALICE, "secrets"));
    group(new NamespaceCommand.RegisterUser(ALICE, "secrets"));
    group(new NamespaceCommand.RegisterRoom(ALICE, "open", "secret"));
    group(new NamespaceCommand.UnregisterRoom(ALICE, "secrets", "open"));
    group(new NamespaceCommand.Unsubscribe(ALICE, "secrets"));

    assertThat(log).filteredOn(line -> !line.startsWith("may")).containsExactly(
        "FORBIDDEN", "command Join", "done", "command Leave", "done", "FORBIDDEN", "FORBIDDEN",
        "FORBIDDEN", "FORBIDDEN", "command Unsubscribe", "done");
    assertThat(metrics.get("parley.access.forbidden").tag("request", "group").counter().count())
        .isEqualTo(5);
  }

  @Test
  void givenAPeerThatMayNotBeSentTo_whenACommandReachesIt_thenItIsRefused() {
    aliceIsIn();

    group(new InvitationCommand.Invite(ALICE, "open", "eve", EMPTY, Duration.ZERO));
    group(new InvitationCommand.Invite(ALICE, "secret", "bob", EMPTY, Duration.ZERO));
    group(new InvitationCommand.Invite(ALICE, "open", "bob", EMPTY, Duration.ZERO));
    group(new RoomCommand.SendToMember(ALICE, "open", "eve", "hello", EMPTY));
    group(new ForeignCommand.Bring(ALICE, "open", "eve", "other"));
    group(new ForeignCommand.TakeCall(ALICE, "open", EMPTY, Duration.ZERO, "eve", "other"));

    assertThat(log).filteredOn(line -> !line.startsWith("may")).containsExactly(
        "FORBIDDEN", "FORBIDDEN", "command Invite", "done", "FORBIDDEN", "FORBIDDEN",
        "FORBIDDEN");
  }

  @Test
  void givenInvitations_whenTheyAreAccepted_thenThePolicyDecidesOnTheirRooms() {
    aliceIsIn();
    host.handle(new InvitationEvent.Received(0, "secret", new RoomView(EMPTY, Map.of()), "bob",
        EMPTY));
    host.handle(new InvitationEvent.Received(1, "open", new RoomView(EMPTY, Map.of()), "bob",
        EMPTY));

    group(new InvitationCommand.Accept(ALICE, 0, EMPTY));
    group(new InvitationCommand.Accept(ALICE, 1, EMPTY));
    group(new InvitationCommand.Deny(ALICE, 0));
    group(new InvitationCommand.Accept(ALICE, 0, EMPTY));

    assertThat(log).containsExactly("may join ROOM secret", "FORBIDDEN", "may join ROOM open",
        "command Accept", "done", "command Deny", "done", "command Accept", "done");
  }

  // ---- expiry

  private void expireAt(Instant expiry) {
    greet(new Access(new Identity("alice", Set.of(), IdGrant.ANY, expiry, Map.of()), policy));
    claim(Claim.of(ALICE));
    log.clear();
  }

  @Test
  void givenAnExpiry_whenItComes_thenTheSessionEndsAndItsIdIsHeld() {
    expireAt(START.plusSeconds(60));
    assertThat(waits).singleElement().extracting(Wait::delay).isEqualTo(Duration.ofSeconds(60));

    now = START.plusSeconds(60);
    waits.getFirst().task.run();
    host.closed(CloseReason.EXPIRED);

    assertThat(log).containsExactly("close EXPIRED", "closed EXPIRED", "lose alice");
  }

  @Test
  void givenAFarExpiry_whenTheClockIsSetMeanwhile_thenItIsAskedAgainFromTimeToTime() {
    expireAt(Instant.MAX);
    assertThat(waits).hasSize(1);
    assertThat(waits.getFirst().delay).isLessThan(Duration.ofHours(1));
    waits.getFirst().task.run();
    assertThat(log).isEmpty();
    assertThat(waits).hasSize(2);

    now = Instant.MAX;
    waits.getLast().task.run();

    assertThat(log).containsExactly("close EXPIRED");
  }

  @Test
  void givenAClockThatIsSetBack_whenTheTimerRuns_thenTheSessionLivesOn() {
    expireAt(START.plusSeconds(60));
    now = START.minusSeconds(3600);

    waits.getFirst().task.run();

    assertThat(log).isEmpty();
    assertThat(waits).hasSize(2);
  }

  @Test
  void givenAnExpiryInThePast_whenTheClientIsGreeted_thenItIsClosedAtOnce() {
    greet(new Access(new Identity("alice", Set.of(), IdGrant.ANY, START, Map.of()), policy));

    assertThat(log).containsExactly("close EXPIRED");
  }

  @Test
  void givenAnExpiry_whenTheSessionEndsBefore_thenTheTimerIsCancelled() {
    expireAt(START.plusSeconds(60));

    host.closed(CloseReason.CLIENT_LEFT);

    assertThat(waits).singleElement().matches(wait -> wait.cancelled.get());
  }

  @Test
  void givenNoExpiry_whenTheClientIsGreeted_thenThereIsNoTimer() {
    aliceIsIn();

    assertThat(waits).isEmpty();
  }

  // ---- bans

  private void ban(Ban.Kind kind, String value) {
    var unused = bans.put(new Ban(kind, null, value, START.plusSeconds(60), ""));
  }

  @Test
  void givenASession_whenItsSubjectIdOrAddressIsBanned_thenItEndsAndItsIdIsFree() {
    bans.listen(() -> log.add("banned " + host.endIfBanned()));
    aliceIsIn();

    ban(Ban.Kind.SUBJECT, "bob");
    ban(Ban.Kind.ID, "bob");
    ban(Ban.Kind.NETWORK, "192.0.2.8");
    assertThat(log).containsExactly("banned false", "banned false", "banned false");
    log.clear();
    ban(Ban.Kind.SUBJECT, "alice");
    ban(Ban.Kind.ID, "alice");
    ban(Ban.Kind.NETWORK, "192.0.2.0/28");
    host.closed(CloseReason.REFUSED);

    assertThat(log).containsExactly("close REFUSED", "banned true", "close REFUSED",
        "banned true", "close REFUSED", "banned true", "closed REFUSED", "release alice");
  }

  @Test
  void givenABannedId_whenClaimed_thenItIsForbidden() {
    ban(Ban.Kind.ID, "eve");
    greet(new Access(with("alice", IdGrant.ANY), policy));

    claim(Claim.of(EVE));

    assertThat(log).containsExactly("Forbidden eve");
  }

  @Test
  void givenABanBetweenTheGateAndTheDialect_whenTheClientIsGreeted_thenItIsClosed() {
    ban(Ban.Kind.SUBJECT, "alice");

    greet(new Access(with("alice", IdGrant.ANY), policy));

    assertThat(log).containsExactly("close REFUSED");
    assertThat(admitted).isNull();
  }
}
