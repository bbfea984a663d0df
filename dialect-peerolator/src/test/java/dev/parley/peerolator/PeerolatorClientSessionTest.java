package dev.parley.peerolator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.IceServers;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.dialect.TextEncoder;
import dev.parley.group.GroupAnswer;
import dev.parley.group.UserCommand;
import dev.parley.identity.Identity;
import dev.parley.peerolator.schema.PeerolatorMessageSchemas;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a client joins its server, as far as a single node never shows it. */
class PeerolatorClientSessionTest {

  private static final PeerAddress CARL = new PeerAddress("default", "carl");
  private static final PeerAddress SARA = new PeerAddress("default", "sara");

  private final List<String> log = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();
  private final List<Signal> sent = new ArrayList<>();
  private final PeerolatorClientSession session =
      new PeerolatorClientSession(
          new SessionContext(new TestConnection(), new TestSwitchboard()), CARL, SARA,
          PeerolatorOptions.DEFAULT, new PeerolatorDecoder(8, PeerolatorMessageSchemas.NONE),
          new PeerolatorGreeting(IceServers.NONE, Identity.ANYONE));

  private final class TestConnection implements Connection {
    @Override
    public <T> void send(T message, TextEncoder<T> encoder) {
      log.add(message.toString());
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
      timers.add(task);
      return () -> timers.remove(task);
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

  private final class TestSwitchboard implements Switchboard {
    @Override
    public void claim(Claim claim, Consumer<ClaimOutcome> outcome) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void release(PeerAddress address) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void send(Signal signal, Duration hold) {
      sent.add(signal);
    }

    @Override
    public void refuse(Signal signal, Cause cause) {
      log.add("refuse " + cause);
    }

    @Override
    public void drop(Signal signal, String dialect) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delivered(Signal signal) {
      log.add("delivered " + signal.kind());
    }

    @Override
    public void watch(PeerAddress peer) {
      log.add("watch " + peer.id());
    }

    @Override
    public void unwatch(PeerAddress peer) {
      log.add("unwatch " + peer.id());
    }

    @Override
    public Future<Boolean> find(PeerAddress address) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Optional<Peer>> look(PeerAddress address) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Peer>> list(String realm) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void run(Runnable task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void group(UserCommand command, Consumer<GroupAnswer> answer) {
      throw new UnsupportedOperationException();
    }
  }

  private void joinIsLost(Cause cause) {
    session.undelivered(Undelivered.of(sent.getFirst(), cause));
  }

  @Test
  void givenAServerThatDoesNotAnswer_whenTheTimeIsUp_thenTheClientMayComeBack() {
    timers.getFirst().run();

    assertThat(log).containsExactly("watch sara", "close UNAVAILABLE");
  }

  @Test
  void givenAServerThatAnswers_whenTheClientIsGreeted_thenNoTimeRunsOut() {
    session.signal(PeerolatorJoin.welcome(SARA, CARL, "Kitchen"));

    assertThat(timers).isEmpty();
    assertThat(log).containsExactly(
        "watch sara", "Hello[to=carl, serverInfo=Kitchen, iceServers=null]");
  }

  @ParameterizedTest
  @EnumSource
  void givenAJoinThatIsLost_whenTheClientIsTold_thenItDependsOnTheCause(Cause cause) {
    joinIsLost(cause);

    assertThat(log.getLast()).isEqualTo(switch (cause) {
      case ABSENT, EXPIRED, GONE, REJECTED, FORBIDDEN ->
          "close REFUSED: there is no server with this id";
      case FULL, UNAVAILABLE -> "close UNAVAILABLE";
      case UNTRANSLATABLE -> "Hello[to=carl, serverInfo=null, iceServers=null]";
    });
  }

  @Test
  void givenAGreetedClient_whenAnotherWelcomeComes_thenItIsRefused() {
    session.signal(PeerolatorJoin.welcome(SARA, CARL, null));
    session.signal(PeerolatorJoin.welcome(SARA, CARL, null));
    session.signal(PeerolatorJoin.join(SARA, CARL, 1));

    assertThat(log).containsExactly("watch sara",
        "Hello[to=carl, serverInfo=null, iceServers=null]",
        "refuse REJECTED", "refuse REJECTED");
  }
}
