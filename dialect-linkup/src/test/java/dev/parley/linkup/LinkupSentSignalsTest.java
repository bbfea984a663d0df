package dev.parley.linkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Switchboard;
import dev.parley.dialect.TextEncoder;
import dev.parley.group.GroupAnswer;
import dev.parley.group.UserCommand;
import dev.parley.linkup.LinkupClientMessage.Call;
import dev.parley.linkup.LinkupClientMessage.Request;
import dev.parley.linkup.legacy.LinkupExternalBrokers;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Where there are external brokers, a signal waits until it is known where its recipient is, and
 * one to an id waits until it is decided whose that is.
 */
class LinkupSentSignalsTest {

  private static final PeerAddress ALICE = new PeerAddress("default", "alice");
  private static final PeerAddress BOB = new PeerAddress("default", "bob");

  private final List<String> log = new ArrayList<>();
  private final TestSwitchboard switchboard = new TestSwitchboard();
  private final LinkupExternalBrokers externalBrokers = new OtherBrokers();
  private final LinkupReplies replies = new LinkupReplies(new TestConnection());
  private final LinkupRegistration registration =
      new LinkupRegistration(switchboard, externalBrokers, (from, signal) -> {}, replies, () -> {},
          new LinkupUndecidedSignals(
              switchboard, signal -> log.add("hears " + signal.payload().text()),
              foreign -> {
                log.add("translates " + foreign.content());
                return ForeignOutcome.REJECTED;
              }));
  private Future<Boolean> takenElsewhere = Future.succeededFuture(false);
  private final LinkupSentSignals sent =
      new LinkupSentSignals(switchboard, externalBrokers, registration, replies);

  /** Grants every claim at once, and answers when the test says so. */
  private final class TestSwitchboard implements Switchboard {
    private final Promise<Boolean> found = Promise.promise();

    @Override
    public void claim(Claim claim, Consumer<ClaimOutcome> outcome) {
      outcome.accept(new ClaimOutcome.Granted(claim.address(), false));
    }

    @Override
    public void release(PeerAddress address) {
      log.add("release " + address.id());
    }

    @Override
    public void send(Signal signal, Duration hold) {
      log.add("send " + signal.payload().text());
    }

    @Override
    public void refuse(Signal signal, Undelivered.Cause cause) {
      log.add("refuse " + cause);
    }

    @Override
    public void drop(Signal signal, String dialect) {
      log.add("drop " + signal.payload().text());
    }

    @Override
    public void delivered(Signal signal) {
      log.add("delivered " + signal.kind());
    }

    @Override
    public void watch(PeerAddress peer) {}

    @Override
    public void unwatch(PeerAddress peer) {}

    @Override
    public Future<Boolean> find(PeerAddress address) {
      return found.future();
    }

    @Override
    public Future<Optional<Peer>> look(PeerAddress address) {
      return Future.succeededFuture(Optional.empty());
    }

    @Override
    public void group(UserCommand command, Consumer<GroupAnswer> answer) {
      throw new UnsupportedOperationException("linkup has no groups");
    }

    @Override
    public Future<List<Peer>> list(String realm) {
      return Future.succeededFuture(List.of());
    }

    @Override
    public void run(Runnable task) {
      task.run();
    }
  }

  /** Brokers that know no peer, and accept every signal. */
  private final class OtherBrokers implements LinkupExternalBrokers {
    @Override
    public boolean exist() {
      return true;
    }

    @Override
    public Future<Boolean> know(PeerAddress peer) {
      return Future.succeededFuture(false);
    }

    @Override
    public Future<Boolean> haveTaken(PeerAddress peer) {
      return takenElsewhere;
    }

    @Override
    public Future<Void> signal(PeerAddress from, PeerAddress to, Bytes signal) {
      log.add("elsewhere " + signal.text());
      return Future.succeededFuture();
    }

    @Override
    public void register(PeerAddress peer, Listener listener) {}

    @Override
    public void unregister(PeerAddress peer, Listener listener) {}
  }

  private final class TestConnection implements Connection {
    @Override
    public <T> void send(T message, TextEncoder<T> encoder) {
      log.add(message.getClass().getSimpleName());
    }

    @Override
    public void close(CloseReason reason) {
      log.add("close " + reason);
    }

    @Override
    public void close(CloseReason reason, String text) {
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
  }

  private static Request request(Call call) {
    return new Request(LinkupWireFormat.JSON_RPC_2, Bytes.utf8("1"), call);
  }

  private void registered() {
    registration.register(request(new Call.Register("alice")), ALICE);
    log.clear();
  }

  private void says(String text) {
    Bytes said = Bytes.utf8(text);
    Request request = request(new Call.Send("alice", "bob", SignalKind.OFFER, said));
    sent.dispatch(request, new Signal(SignalKind.OFFER, ALICE, BOB, LinkupDialect.NAME, "signal",
        said, sent.reference(request)));
  }

  private static Signal to(PeerAddress recipient, String text) {
    return new Signal(SignalKind.OFFER, BOB, recipient, LinkupDialect.NAME, "signal",
        Bytes.utf8(text), 0);
  }

  /** What is there for ids that a client may have, is to have, or has had. */
  private void hears(LinkupUndecidedSignals undecided) {
    undecided.keep(to(ALICE, "1"));
    assertThat(undecided.keep(new ForeignSignal(to(ALICE, "2"), null, new Content.Bye())))
        .isEqualTo(ForeignOutcome.HELD);
  }

  @Test
  void givenAnIdThatIsNotDecided_whenSignalsCome_thenTheyFollowTheAnswer() {
    Promise<Boolean> taken = Promise.promise();
    takenElsewhere = taken.future();
    registration.register(request(new Call.Register("alice")), ALICE);
    assertThat(registration.isUndecided(ALICE)).isTrue();
    hears(registration.signals());
    assertThat(log).isEmpty();

    taken.complete(false);

    assertThat(registration.isUndecided(ALICE)).isFalse();
    assertThat(log)
        .containsExactly("Done", "hears 1", "translates Bye[]", "refuse REJECTED");
  }

  @Test
  void givenAnIdThatIsNotDecided_whenAnotherHasIt_thenSignalsGoBack() {
    Promise<Boolean> taken = Promise.promise();
    takenElsewhere = taken.future();
    registration.register(request(new Call.Register("alice")), ALICE);
    hears(registration.signals());

    taken.complete(true);

    assertThat(log).containsExactly("refuse GONE", "refuse GONE", "release alice", "Failed");
  }

  @Test
  void givenAnIdThatIsNotDecided_whenMoreComesThanIsKept_thenTheRestGoesBack() {
    takenElsewhere = Promise.<Boolean>promise().future();
    registration.register(request(new Call.Register("alice")), ALICE);
    for (int i = 0; i < 129; i++) {
      registration.signals().keep(to(ALICE, "" + i));
    }

    assertThat(log).containsExactly("refuse FULL");
    assertThat(registration.signals().keep(
        new ForeignSignal(to(ALICE, "x"), null, new Content.Bye())))
        .isEqualTo(ForeignOutcome.REJECTED);
  }

  @Test
  void givenAPeerThatIsHere_whenItIsFound_thenTheSignalIsSentAndAnswered() {
    registered();
    says("offer");
    assertThat(log).isEmpty();

    switchboard.found.complete(true);

    assertThat(log).containsExactly("send offer", "Done");
  }

  @Test
  void givenAPeerThatIsNotHere_whenThatIsKnown_thenTheSignalGoesElsewhere() {
    registered();
    says("offer");

    switchboard.found.complete(false);

    assertThat(log).containsExactly("elsewhere offer", "Done");
  }

  @Test
  void givenAClientThatGivesItsIdUp_whenThePeerIsFoundAfterwards_thenTheRequestFails() {
    registered();
    says("offer");
    registration.unregister();
    log.clear();

    switchboard.found.complete(true);

    assertThat(log).containsExactly("drop offer", "Failed");
  }
}
