package dev.parley.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteSize;
import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.Reserve;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.dialect.TextEncoder;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.group.PeerChange;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomEvent;
import dev.parley.group.UserCommand;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.hub.Recipient;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Content;
import dev.parley.signal.Delivery;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.IdLost;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Presence;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Superseded;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Everything happens on the test's own thread, in the order in which the test says so. */
class SessionHostTest {

  private static final PeerAddress ALICE = new PeerAddress("default", "alice");
  private static final PeerAddress BOB = new PeerAddress("default", "bob");

  private final List<String> log = new ArrayList<>();
  private final ArrayDeque<Delivery> queued = new ArrayDeque<>();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final TestLink link = new TestLink();
  private final TestHub hub = new TestHub();
  private final TestGroups groups = new TestGroups();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SessionHost host =
      new SessionHost(
          new SessionHost.Exchange(
              hub, groups, "test", new IdRules(16, 60),
              new Interpreters(Map.of("foreign", SessionHostTest::interpret)),
              new SignalMetrics(registry).receivedBy("test"),
              new HeldSignals(new ByteSize(1_000), registry)),
          new TestLoop(),
          link);

  private final List<String> asked = new ArrayList<>();

  private @Nullable SessionContext admitted;
  private Consumer<String> onMessage = text -> {};
  private Runnable onSignal = () -> {};
  private ForeignOutcome onForeign = ForeignOutcome.TAKEN;
  private boolean hasWordsForOverflow;
  private int admissions;
  /** Tasks of the loop wait until the test runs them. */
  private boolean isBusy;

  private final class TestLoop implements Loop {
    @Override
    public void enqueue(SessionHost to, Delivery delivery) {
      queued.add(delivery);
    }

    @Override
    public void perform(Runnable task) {
      tasks.add(task);
      if (!isBusy) {
        tasks.remove().run();
      }
    }

    @Override
    public boolean isCurrent() {
      return true;
    }
  }

  private final class TestLink implements Link {
    private boolean open = true;
    private long held;
    private boolean room = true;
    private boolean goodbye = true;

    @Override
    public <T> void send(T message, TextEncoder<T> encoder) {
      log.add("sent " + message);
    }

    @Override
    public void close(CloseReason reason) {
      open = false;
      log.add("close " + reason);
    }

    @Override
    public void close(CloseReason reason, String text) {
      open = false;
      log.add("close " + reason + ": " + text);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      return () -> {};
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
      return room;
    }

    @Override
    public boolean saidGoodbye() {
      return goodbye;
    }

    @Override
    public void outOfMemory(OutOfMemoryError error) {
      open = false;
      log.add("out of memory");
    }

    @Override
    public void admitted() {
      admissions++;
    }

    @Override
    public void pauseReading() {
      log.add("pause");
    }

    @Override
    public void resumeReading() {
      log.add("resume");
    }

    @Override
    public void charge(long bytes) {
      log.add("charge " + bytes);
    }

    @Override
    public void holds(long bytes) {
      held += bytes;
    }
  }

  private final class TestHub implements Hub {
    @Override
    public void claim(Recipient claimant, Claim claim) {
      log.add("claim " + claim.address().id());
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
      asked.add(address.id());
      return Future.succeededFuture(false);
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
      return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private final class TestGroups implements Groups {
    private boolean fails;

    @Override
    public void command(Recipient requester, UserCommand command) {
      if (fails) {
        throw new IllegalStateException("as a test wants it");
      }
      log.add("command " + command.getClass().getSimpleName());
    }

    @Override
    public void depart(Recipient owner, PeerAddress user) {
      log.add("depart " + user.id());
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private final class TestSession implements Session {
    @Override
    public void message(Bytes message, boolean binary) {
      log.add("message " + message.text());
      onMessage.accept(message.text());
    }

    @Override
    public boolean overflow(Bytes message, boolean binary) {
      log.add("overflow " + message.text());
      return hasWordsForOverflow;
    }

    @Override
    public void signal(Signal signal) {
      log.add("signal " + signal.payload().text());
      onSignal.run();
    }

    @Override
    public ForeignOutcome foreign(ForeignSignal signal) {
      log.add("foreign " + signal.content());
      return onForeign;
    }

    @Override
    public void present(PeerAddress peer) {
      log.add("present " + peer.id());
    }

    @Override
    public void group(GroupEvent event) {
      log.add("event " + event.getClass().getSimpleName());
    }

    @Override
    public void departed(PeerAddress peer) {
      log.add("departed " + peer.id());
    }

    @Override
    public void undelivered(Undelivered undelivered) {
      log.add("undelivered " + undelivered.cause());
    }

    @Override
    public void closed(CloseReason reason) {
      log.add("closed " + reason);
    }
  }

  private void arrive(Consumer<Arrival> greeter) {
    host.greet(greeter::accept, new Handshake(Map.of(), Map.of()));
  }

  private void arriveAndClaim() {
    arrive(arrival -> arrival.claim(Claim.of(ALICE), outcome -> conclude(arrival, outcome)));
  }

  private void conclude(Arrival arrival, ClaimOutcome outcome) {
    if (outcome instanceof ClaimOutcome.Granted) {
      admit(arrival);
    } else {
      arrival.refuse(CloseReason.ID_TAKEN);
    }
  }

  private void admit(Arrival arrival) {
    arrival.admit(
        context -> {
          admitted = context;
          log.add("admitted");
          return new TestSession();
        });
  }

  private void message(String text) {
    host.message(Bytes.utf8(text), false);
  }

  /** Reads every signal as a farewell, except empty ones. */
  private static Optional<ForeignSignal> interpret(Signal signal) {
    return signal.payload().length() == 0
        ? Optional.empty()
        : Optional.of(new ForeignSignal(signal, signal.conversation(), new Content.Bye()));
  }

  private static Signal signal(PeerAddress to, String dialect) {
    return new Signal(SignalKind.OFFER, BOB, to, dialect, "OFFER", Bytes.utf8("hi"), 0);
  }

  private void aliceIsIn() {
    arriveAndClaim();
    host.handle(new ClaimOutcome.Granted(ALICE, false));
    log.clear();
  }

  @Test
  void givenAClaimUnderWay_whenMessagesAndTheCloseCome_thenTheyWaitInOrderForTheGrant() {
    arriveAndClaim();
    message("one");
    message("two");
    host.closed(CloseReason.CLIENT_LEFT);
    assertThat(log).containsExactly("claim alice");

    host.handle(new ClaimOutcome.Granted(ALICE, false));

    assertThat(log)
        .containsExactly(
            "claim alice", "admitted", "message one", "message two", "closed CLIENT_LEFT",
            "release alice");
  }

  /** Not in a message, so that nothing else makes the rest wait. */
  @Test
  void givenWhatSessionsHold_whenItIsAllThatTheNodeHas_thenMoreIsRefusedUntilTheEndOfOne() {
    arrive(this::admit);
    Reserve reserve = Objects.requireNonNull(admitted).switchboard().reserve();

    assertThat(reserve.take(900)).isTrue();
    assertThat(reserve.take(101)).isFalse();
    assertThat(registry.get("parley.signals.held").gauge().value()).isEqualTo(900);
    assertThat(registry.get("parley.signals.held.refused").counter().count()).isEqualTo(1);
    reserve.giveBack(400);
    assertThat(reserve.take(500)).isTrue();

    host.closed(CloseReason.CLIENT_LEFT);

    assertThat(registry.get("parley.signals.held").gauge().value()).isZero();
    assertThat(reserve.take(1)).as("after the end").isFalse();
    reserve.giveBack(1_000);
    assertThat(registry.get("parley.signals.held").gauge().value()).isZero();
  }

  @Test
  void givenASessionThatClaimsByItself_whenTheConnectionEndsBeforeTheGrant_thenTheIdIsGivenUp() {
    arrive(this::admit);
    SessionContext context = Objects.requireNonNull(admitted);
    context.switchboard().claim(Claim.of(ALICE), outcome -> log.add("granted"));
    log.clear();
    message("one");
    host.closed(CloseReason.CLIENT_LEFT);
    assertThat(log).containsExactly("pause");

    host.handle(new ClaimOutcome.Granted(ALICE, false));

    assertThat(log)
        .containsExactly("pause", "granted", "message one", "closed CLIENT_LEFT", "release alice");
  }

  @Test
  void givenMessagesThatWait_whenTheyAreHandledOrDropped_thenTheyAreCountedAsLongAsTheyWait() {
    arriveAndClaim();
    message("one");
    message("two");
    assertThat(link.held).isGreaterThan(6);

    host.dropWaiting();
    assertThat(link.held).isZero();
    message("three");
    host.closed(CloseReason.CLIENT_LEFT);
    assertThat(link.held).isPositive();
    host.handle(new ClaimOutcome.Granted(ALICE, false));

    assertThat(link.held).isZero();
    assertThat(log)
        .containsExactly(
            "claim alice", "admitted", "message three", "closed CLIENT_LEFT", "release alice");
  }

  @Test
  void givenAMessageInALargerArray_whenItWaits_thenTheArrayIsNotKept() {
    PendingEvents waiting = new PendingEvents();
    waiting.keep(Bytes.of(new byte[100_000]).slice(5, 10), false);

    assertThat(waiting.next()).isInstanceOfSatisfying(PendingEvents.Event.Message.class,
        message -> assertThat(message.bytes().array()).hasSize(5));
  }

  @Test
  void givenAClaimThatIsRefused_whenMessagesWaited_thenNobodyHearsThem() {
    arriveAndClaim();
    message("one");

    host.handle(new ClaimOutcome.Taken(ALICE));
    host.closed(CloseReason.ID_TAKEN);

    assertThat(log).containsExactly("claim alice", "close ID_TAKEN");
  }

  @Test
  void givenAConnectionThatNobodyAdmits_whenItSendsWithoutEnd_thenItIsClosedAtTheBound() {
    arrive(arrival -> {});
    for (int i = 0; i < 1_025; i++) {
      message("x");
    }

    assertThat(log).containsExactly("close TOO_BIG");
  }

  @Test
  void givenASessionThatClaimsLater_whenItsOutcomeIsOut_thenItsMessagesWaitAndReadingIsPaused() {
    onMessage =
        text -> {
          if (text.equals("register")) {
            admittedContext().switchboard().claim(Claim.of(ALICE), outcome -> log.add("outcome"));
          }
        };
    arrive(this::admit);
    log.clear();
    message("register");
    message("next");
    assertThat(log).containsExactly("message register", "claim alice", "pause");

    host.handle(new ClaimOutcome.Granted(ALICE, false));

    assertThat(log)
        .containsExactly("message register", "claim alice", "pause", "outcome", "message next",
            "resume");
  }

  @Test
  void givenAConnection_whenItIsAdmitted_thenItIsSaidOnceThatItHasComeInTime() {
    arriveAndClaim();
    assertThat(admissions).isZero();

    host.handle(new ClaimOutcome.Granted(ALICE, false));
    message("one");

    assertThat(admissions).isEqualTo(1);
  }

  private void waitsForAnAnswer() {
    aliceIsIn();
    admittedContext().switchboard().group(new Leave(ALICE, "r"), answer -> log.add("answered"));
    for (int i = 0; i < 1_024; i++) {
      message("x");
    }
    log.clear();
  }

  @Test
  void givenASessionThatWaits_whenTooManyMessagesWait_thenTheRestIsRefusedInItsOwnWords() {
    waitsForAnAnswer();
    hasWordsForOverflow = true;

    message("one");
    message("two");

    assertThat(log).containsExactly("overflow one", "overflow two");
    host.handle(new GroupAnswer.Done());
    assertThat(log).contains("answered", "message x", "resume").doesNotContain("message one");
  }

  @Test
  void givenADialectWithoutWordsForThat_whenTooManyMessagesWait_thenTheConnectionIsClosed() {
    waitsForAnAnswer();

    message("one");

    assertThat(log).containsExactly("overflow one", "close TOO_BIG");
  }

  private SessionContext admittedContext() {
    SessionContext context = admitted;
    assertThat(context).isNotNull();
    return Objects.requireNonNull(context);
  }

  @Test
  void givenACommandThatCostsOthers_whenCharged_thenTheLinkIsChargedOnItsOwnLoop() {
    aliceIsIn();
    log.clear();

    host.charge(5_000);
    assertThat(log).isEmpty();
    host.handle(queued.remove());
    host.closed(CloseReason.CLIENT_LEFT);
    host.charge(1);
    host.handle(queued.remove());

    assertThat(log).contains("charge 5000").doesNotContain("charge 1");
  }

  @Test
  void givenASessionThatClaimsOneIdAfterTheOther_whenItIsTooFast_thenTheHubIsNotAsked() {
    aliceIsIn();
    log.clear();
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      admittedContext().switchboard().claim(Claim.of(ALICE.neighbour("id" + i)),
          outcome -> outcomes.add(outcome.getClass().getSimpleName()));
      if (queued.isEmpty()) {
        host.handle(new ClaimOutcome.Taken(ALICE.neighbour("id" + i)));
      } else {
        host.handle(queued.remove());
      }
    }

    assertThat(outcomes).hasSize(100).endsWith("Unavailable");
    assertThat(log).filteredOn(each -> each.startsWith("claim ")).hasSizeBetween(60, 70);
    assertThat(registry.get("parley.ids.refused").counter().count()).isGreaterThan(30);
  }

  @Test
  void givenAnIdThatNobodyCanHave_whenClaimed_thenTheHubIsNotAskedAndTheOutcomeComesLater() {
    arrive(
        arrival -> arrival.claim(
            Claim.of(ALICE.neighbour("far too long for anybody")),
            outcome -> log.add(outcome.toString())));
    assertThat(log).isEmpty();

    host.handle(queued.remove());

    assertThat(log).singleElement().asString().contains("Invalid")
        .contains("longer than 16 characters");
  }

  @Test
  void givenAnOwner_whenSignalsCome_thenItGetsItsOwnAndRefusesWhatIsNotForIt() {
    aliceIsIn();

    host.handle(signal(ALICE, "test"));
    host.handle(signal(BOB, "test"));
    host.handle(signal(ALICE, "another"));

    assertThat(log).containsExactly("signal hi", "refuse GONE", "refuse UNTRANSLATABLE");
  }

  @Test
  void givenAForeignSignal_whenItComes_thenTheSessionIsGivenItReadAndSaysWhatBecameOfIt() {
    aliceIsIn();

    for (ForeignOutcome each : ForeignOutcome.values()) {
      onForeign = each;
      host.handle(signal(ALICE, "foreign"));
    }

    String read = "foreign Bye[]";
    assertThat(log)
        .containsExactly(
            read, read, read, read, "refuse UNTRANSLATABLE", read, "refuse REJECTED");
  }

  @Test
  void givenAForeignSignalThatTheSessionHolds_whenItIsSaidOrGivenUp_thenItIsCountedThenAndOnce() {
    aliceIsIn();
    onForeign = ForeignOutcome.HELD;

    host.handle(signal(ALICE, "foreign"));
    assertThat(counted("parley.signals.delivered")).isZero();
    admittedContext().switchboard().delivered(signal(ALICE, "foreign"));

    assertThat(counted("parley.signals.delivered")).isEqualTo(1);
    assertThat(counted("parley.signals.dropped")).isZero();
    admittedContext().switchboard().drop(signal(ALICE, "foreign"), "test");
    assertThat(counted("parley.signals.dropped")).isEqualTo(1);
  }

  private double counted(String metric) {
    return registry.find(metric).tag("from", "foreign").tag("to", "test").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Test
  void givenAForeignSignalThatNobodyCanRead_whenItComes_thenItIsRefusedAsUntranslatable() {
    aliceIsIn();

    host.handle(
        new Signal(SignalKind.OFFER, BOB, ALICE, "foreign", "OFFER", Bytes.EMPTY, 0));

    assertThat(log).containsExactly("refuse UNTRANSLATABLE");
  }

  @Test
  void givenAKeyThatIsTooLongToBeKept_whenAForeignSignalHasIt_thenItIsRefused() {
    aliceIsIn();

    host.handle(signal(ALICE, "foreign").within("k".repeat(256)));
    host.handle(signal(ALICE, "foreign").within("k".repeat(257)));

    assertThat(log).containsExactly("foreign Bye[]", "refuse UNTRANSLATABLE");
  }

  @Test
  void givenAWatchedPeer_whenItComesAndGoes_thenTheSessionIsToldAsLongAsItWatches() {
    aliceIsIn();
    Switchboard switchboard = admittedContext().switchboard();
    switchboard.watch(BOB);
    switchboard.watch(BOB);
    host.handle(new Presence.Present(BOB));
    host.handle(new Presence.Departed(BOB));
    host.handle(new Presence.Departed(BOB));
    switchboard.watch(BOB);
    switchboard.unwatch(BOB);
    host.handle(new Presence.Departed(BOB));

    assertThat(log)
        .containsExactly("watch bob", "present bob", "departed bob", "watch bob", "unwatch bob");
  }

  @Test
  void givenAWatchedPeer_whenTheSessionEnds_thenTheWatchEndsAfterIt() {
    aliceIsIn();
    admittedContext().switchboard().watch(BOB);

    host.closed(CloseReason.CLIENT_LEFT);

    assertThat(log)
        .containsExactly("watch bob", "closed CLIENT_LEFT", "release alice", "unwatch bob");
  }

  private void asksOn(String trigger, UserCommand command) {
    onMessage =
        text -> {
          if (text.equals(trigger)) {
            admittedContext().switchboard().group(command, answer -> log.add("answer"));
          }
        };
  }

  @Test
  void givenAGroupCommandUnderWay_whenMoreComes_thenItWaitsAndEventsDoNot() {
    aliceIsIn();
    asksOn("leave", new Leave(ALICE, "room"));
    message("leave");
    assertThat(log).containsExactly("message leave", "command Leave");
    log.clear();

    message("next");
    host.handle(new RoomEvent.PeerNews("room", new PeerChange.Removed("bob")));
    host.handle(new GroupAnswer.Done());

    assertThat(log)
        .containsExactly("pause", "event PeerNews", "answer", "message next", "resume");
  }

  @Test
  void givenAGroupCommandUnderWay_whenItIsAnsweredAtOnce_thenReadingIsNotPaused() {
    aliceIsIn();
    asksOn("leave", new Leave(ALICE, "room"));
    message("leave");
    host.handle(new GroupAnswer.Done());
    message("next");

    assertThat(log)
        .containsExactly("message leave", "command Leave", "answer", "message next");
  }

  @Test
  void givenSeveralCommandsThatWait_whenEachIsAnswered_thenTheNextIsGiven() {
    aliceIsIn();
    asksOn("leave", new Leave(ALICE, "room"));
    message("leave");
    message("leave");
    message("leave");
    log.clear();

    host.handle(new GroupAnswer.Done());
    assertThat(log).containsExactly("answer", "message leave", "command Leave");
    log.clear();
    host.handle(new GroupAnswer.Done());
    host.handle(new GroupAnswer.Done());

    assertThat(log)
        .containsExactly("answer", "message leave", "command Leave", "answer", "resume");
  }

  @Test
  void givenAGroupCommandUnderWay_whenTheConnectionEnds_thenTheEndWaitsForWhatCameBefore() {
    aliceIsIn();
    asksOn("leave", new Leave(ALICE, "room"));
    message("leave");
    message("last words");
    host.closed(CloseReason.CLIENT_LEFT);
    log.clear();

    host.handle(new GroupAnswer.Done());

    assertThat(log)
        .containsExactly("answer", "message last words", "closed CLIENT_LEFT", "release alice");
  }

  @Test
  void givenACommandOutsideOfAMessage_whenAMessageComes_thenItWaits() {
    aliceIsIn();
    admittedContext().switchboard().group(new Leave(ALICE, "room"), answer -> log.add("answer"));

    message("next");
    host.handle(new GroupAnswer.Done());

    assertThat(log)
        .containsExactly("command Leave", "pause", "answer", "message next", "resume");
  }

  private void aliceArrives() {
    aliceIsIn();
    admittedContext().switchboard()
        .group(new Arrive(ALICE, Bytes.utf8("{}")), answer -> log.add("answer"));
    host.handle(new GroupAnswer.Done());
    log.clear();
  }

  @Test
  void givenAUser_whenItsSessionEnds_thenItDepartsBeforeItsIdIsFree() {
    aliceArrives();

    host.closed(CloseReason.CLIENT_LEFT);

    assertThat(log).containsExactly("closed CLIENT_LEFT", "depart alice", "release alice");
  }

  @Test
  void givenAUser_whenItsIdIsGivenUp_thenItDepartsOnce() {
    aliceArrives();

    admittedContext().switchboard().release(ALICE);
    host.closed(CloseReason.CLIENT_LEFT);

    assertThat(log).containsExactly("depart alice", "release alice", "closed CLIENT_LEFT");
  }

  @Test
  void givenAUser_whenItIsSuperseded_thenItDeparts() {
    aliceArrives();

    host.handle(new Superseded(ALICE));
    host.closed(CloseReason.SUPERSEDED);

    assertThat(log).containsExactly("depart alice", "close SUPERSEDED", "closed SUPERSEDED");
  }

  @Test
  void givenABusyLoop_whenASessionAsksGroups_thenItsTurnComesAndMessagesWaitForTheAnswer() {
    aliceIsIn();
    isBusy = true;
    asksOn("leave", new Leave(ALICE, "room"));
    message("leave");
    message("next");
    assertThat(log).containsExactly("message leave", "pause");

    tasks.remove().run();
    host.handle(new GroupAnswer.Done());

    assertThat(log).containsExactly("message leave", "pause", "command Leave", "answer",
        "message next", "resume");
  }

  @Test
  void givenABusyLoop_whenAUserIsSupersededMeanwhile_thenItsCommandComesBeforeItDeparts() {
    aliceArrives();
    isBusy = true;
    admittedContext().switchboard().group(new Leave(ALICE, "room"), answer -> log.add("answer"));

    host.handle(new Superseded(ALICE));
    host.closed(CloseReason.SUPERSEDED);
    tasks.remove().run();
    host.handle(new GroupAnswer.Done());

    assertThat(log).containsExactly("command Leave", "depart alice", "close SUPERSEDED", "answer",
        "closed SUPERSEDED");
  }

  @Test
  void givenABusyLoop_whenACommandFails_thenTheConnectionEndsWithoutAnAnswer() {
    aliceIsIn();
    isBusy = true;
    groups.fails = true;
    admittedContext().switchboard().group(new Leave(ALICE, "room"), answer -> log.add("answer"));

    tasks.remove().run();
    host.closed(CloseReason.INTERNAL_ERROR);

    assertThat(log).containsExactly("close INTERNAL_ERROR", "closed INTERNAL_ERROR",
        "release alice");
  }

  @Test
  void givenASession_whenItAsksForSomebodyElseOrTwiceAtOnce_thenThatIsADefectOfItsDialect() {
    aliceIsIn();
    asksOn("forge", new Leave(BOB, "room"));
    message("forge");
    assertThat(log).containsExactly("message forge", "close INTERNAL_ERROR");
    log.clear();

    onMessage =
        text -> {
          Switchboard switchboard = admittedContext().switchboard();
          switchboard.group(new Leave(ALICE, "room"), answer -> {});
          switchboard.group(new Leave(ALICE, "room"), answer -> {});
        };
    message("twice");

    assertThat(log).containsExactly("message twice", "command Leave", "close INTERNAL_ERROR");
  }

  @Test
  void givenAnEnd_whenGroupsStillTellSomething_thenNobodyIsTold() {
    aliceIsIn();
    asksOn("leave", new Leave(ALICE, "room"));
    host.closed(CloseReason.CLIENT_LEFT);
    log.clear();

    host.handle(new RoomEvent.PeerNews("room", new PeerChange.Removed("bob")));
    host.handle(new GroupAnswer.Done());

    assertThat(log).isEmpty();
  }

  @Test
  void givenAQuestion_whenItIsAnswered_thenTheAnswerComesInItsPlaceAmongTheDeliveries() {
    aliceIsIn();
    host.deliver(Undelivered.of(signal(BOB, "test"), Cause.ABSENT));
    var unused = admittedContext().switchboard().find(BOB)
        .onSuccess(there -> log.add("found " + there));

    while (!queued.isEmpty()) {
      host.handle(queued.remove());
    }

    assertThat(log).containsExactly("undelivered ABSENT", "found false");
  }

  @Test
  void givenAnIdThatNobodyCanHave_whenAskedFor_thenTheAnswerIsNoAndTheHubIsNotAsked() {
    aliceIsIn();
    Switchboard switchboard = admittedContext().switchboard();
    PeerAddress nobody = ALICE.neighbour("far too long for anybody");
    var found = switchboard.find(nobody).onSuccess(there -> log.add("found " + there));
    var looked =
        switchboard.look(nobody).onSuccess(peer -> log.add("looked " + peer.isPresent()));
    assertThat(log).isEmpty();

    while (!queued.isEmpty()) {
      host.handle(queued.remove());
    }

    assertThat(found.isComplete() && looked.isComplete()).isTrue();
    assertThat(log).containsExactly("found false", "looked false");
    assertThat(asked).isEmpty();
  }

  @Test
  void givenALookUnderWay_whenMessagesAndTheCloseCome_thenTheyWaitForTheAnswer() {
    aliceIsIn();
    onMessage = text -> {
      if (text.equals("look")) {
        var unused = admittedContext().switchboard().look(BOB)
            .onSuccess(peer -> log.add("looked " + peer.isPresent()));
      }
    };
    message("look");
    message("next");
    host.closed(CloseReason.CLIENT_LEFT);
    assertThat(log).containsExactly("message look", "pause");
    log.clear();

    while (!queued.isEmpty()) {
      host.handle(queued.remove());
    }

    assertThat(log)
        .containsExactly("looked false", "message next", "closed CLIENT_LEFT", "release alice");
  }

  @Test
  void givenALookUnderWay_whenTheClientWantsToLeave_thenItHearsTheAnswerFirst() {
    aliceIsIn();
    onMessage = text -> {
      var unused = admittedContext().switchboard().look(BOB)
          .onSuccess(peer -> log.add("looked " + peer.isPresent()));
    };
    message("look");
    host.leaving(() -> log.add("leaves"));

    while (!queued.isEmpty()) {
      host.handle(queued.remove());
    }

    assertThat(log).containsExactly("message look", "looked false", "leaves");
  }

  @Test
  void givenATaskFromElsewhere_whenHandedOver_thenItRunsInItsPlaceAndNotAfterTheEnd() {
    aliceIsIn();
    host.deliver(Undelivered.of(signal(BOB, "test"), Cause.ABSENT));
    admittedContext().switchboard().run(() -> log.add("task"));
    assertThat(log).isEmpty();
    while (!queued.isEmpty()) {
      host.handle(queued.remove());
    }
    assertThat(log).containsExactly("undelivered ABSENT", "task");

    host.closed(CloseReason.CLIENT_LEFT);
    log.clear();
    admittedContext().switchboard().run(() -> log.add("too late"));
    host.handle(queued.remove());

    assertThat(log).isEmpty();
  }

  @Test
  void givenAConnectionThatIsClosing_whenASignalComes_thenItIsRefused() {
    aliceIsIn();
    link.close(CloseReason.TOO_SLOW);

    host.handle(signal(ALICE, "test"));

    assertThat(log).containsExactly("close TOO_SLOW", "refuse GONE");
  }

  @Test
  void givenAClientForWhichTooMuchWaits_whenSignalsCome_thenTheyAreRefusedAndEventsPass() {
    aliceIsIn();
    link.room = false;

    host.handle(signal(ALICE, "test"));
    host.handle(signal(ALICE, "foreign"));
    host.handle(Undelivered.of(signal(BOB, "test"), Cause.ABSENT));
    host.handle(new RoomEvent.StatusChanged("room", Bytes.EMPTY));

    assertThat(log).containsExactly("refuse FULL", "refuse FULL", "undelivered ABSENT",
        "event StatusChanged");
    assertThat(registry.get("parley.signals.undelivered").tag("cause", "full").counters())
        .hasSize(2).allMatch(counter -> counter.count() == 1);
  }

  @Test
  void givenNoMemory_whenASignalIsHandedOver_thenItIsRefusedAndTheConnectionEnds() {
    aliceIsIn();
    onSignal =
        () -> {
          throw new OutOfMemoryError("as a test wants it");
        };

    host.handle(signal(ALICE, "test"));
    host.handle(signal(ALICE, "test"));

    assertThat(log).containsExactly("signal hi", "out of memory", "refuse GONE", "refuse GONE");
    assertThat(registry.get("parley.signals.undelivered").tag("cause", "gone").counter().count())
        .isEqualTo(2);
  }

  @Test
  void givenADefect_whenASignalIsHandedOver_thenItIsRefusedAndTheConnectionIsClosed() {
    aliceIsIn();
    onSignal =
        () -> {
          throw new StackOverflowError("as a test wants it");
        };

    host.handle(signal(ALICE, "test"));

    assertThat(log).containsExactly("signal hi", "close INTERNAL_ERROR", "refuse GONE");
  }

  @Test
  void givenAClientThatSaidNoGoodbye_whenItsConnectionEnds_thenItsIdIsLost() {
    aliceIsIn();
    link.goodbye = false;

    host.closed(CloseReason.CLIENT_LEFT);

    assertThat(log).containsExactly("closed CLIENT_LEFT", "lose alice");
  }

  @Test
  void givenAClientThatIsNotWanted_whenItsConnectionEnds_thenItsIdIsFree() {
    aliceIsIn();
    link.goodbye = false;

    host.closed(CloseReason.TOO_BIG);

    assertThat(log).containsExactly("closed TOO_BIG", "release alice");
  }

  @Test
  void givenAConnectionThatIsClosing_whenOneOfItsSignalsIsRefused_thenTheNextOwnerOfItsIdIsTold() {
    aliceIsIn();
    link.close(CloseReason.RESTART);

    host.handle(Undelivered.of(signal(BOB, "test"), Cause.ABSENT));
    host.closed(CloseReason.RESTART);
    host.handle(Undelivered.of(signal(BOB, "test"), Cause.GONE));

    assertThat(log).containsExactly("close RESTART", "closed RESTART", "release alice",
        "refuse ABSENT", "refuse GONE");
  }

  @Test
  void givenAnIdThatAnotherGotMeanwhile_whenASignalFromThereIsRefused_thenTheNewOwnerIsNotTold() {
    aliceIsIn();
    Undelivered refused = new Undelivered(ALICE, BOB, SignalKind.OFFER, 0, Cause.UNAVAILABLE);

    host.handle(new IdLost(ALICE, IdLost.Reason.TAKEN));
    host.handle(refused);
    host.closed(CloseReason.ID_TAKEN);
    host.handle(refused);

    assertThat(log).containsExactly("close ID_TAKEN", "closed ID_TAKEN");
  }

  @Test
  void givenAnOwner_whenItIsSuperseded_thenItIsClosedAndReleasesNothing() {
    aliceIsIn();

    host.handle(new Superseded(ALICE));
    host.handle(signal(ALICE, "test"));
    host.closed(CloseReason.SUPERSEDED);

    assertThat(log).containsExactly("close SUPERSEDED", "refuse GONE", "closed SUPERSEDED");
  }

  @Test
  void givenADialectWithADefect_whenItShows_thenThisConnectionIsClosedAndNothingIsThrown() {
    aliceIsIn();
    onMessage =
        text -> {
          throw new IllegalStateException("a defect");
        };

    message("boom");

    assertThat(log).containsExactly("message boom", "close INTERNAL_ERROR");
  }

  @Test
  void givenASession_whenItSendsForSomebodyElse_thenThatIsADefectOfItsDialect() {
    aliceIsIn();
    onMessage = text -> admittedContext().switchboard().send(signal(ALICE, "test"), Duration.ZERO);

    message("forge");

    assertThat(log).containsExactly("message forge", "close INTERNAL_ERROR");
  }

  @Test
  void givenAnEnd_whenMessagesAndNewsStillCome_thenNobodyIsTold() {
    aliceIsIn();
    host.closed(CloseReason.CLIENT_LEFT);
    log.clear();

    message("late");
    host.closed(CloseReason.CLIENT_LEFT);

    assertThat(log).isEmpty();
  }
}
