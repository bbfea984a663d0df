package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteSize;
import dev.parley.dialect.CloseWords;
import dev.parley.net.limits.Limits;
import dev.parley.net.limits.OtherLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retained input of the connections of one loop, on channels without sockets. */
class HeldInputTest {

  private static final int BOUND = 1024 * 1024;
  private static final int PART = 100 * 1024;
  private static final Limits LIMITS =
      OtherLimits.with(
          Map.of("unfinished", new ByteSize(BOUND), "messageTime", Duration.ofSeconds(5)));

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final ConnectionSupport support =
      new ConnectionSupport(LIMITS, CloseWords::of, new ConnectionMetrics(metrics, "test"),
          new HandshakeMetrics(metrics));
  private final EmbeddedChannel main = new EmbeddedChannel();
  private final FlushCycle cycle = new FlushCycle(main.eventLoop(), LIMITS, () -> BOUND,
      new NodeOutput(LIMITS, metrics));
  private final List<Client> clients = new ArrayList<>();

  /** A test client. */
  public final class Client {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final WebSocketConnection connection =
        new WebSocketConnection(
            new WebSocketConnection.Client(clients.size(), "test", "192.0.2.1"), support, cycle);

    private Client() {
      channel.pipeline().addLast(connection);
      clients.add(this);
    }

    private void sends(ByteBuf bytes) {
      channel.writeInbound(bytes);
      main.runPendingTasks();
    }

    /** Sends the beginning of a message, in a frame that announces the largest length. */
    private void begins(int bytes) {
      sends(
          Unpooled.buffer().writeByte(0x81).writeByte(0xFF).writeLong(LIMITS.message().bytes())
              .writeInt(0).writeZero(bytes));
    }

    private boolean isOpen() {
      return connection.isOpen();
    }
  }

  private static ByteBuf pong() {
    return Unpooled.buffer().writeByte(0x8A).writeByte(0x80).writeInt(0);
  }

  private static ByteBuf fragment(int first, int bytes) {
    return Unpooled.buffer().writeByte(first).writeByte(0xFE).writeShort(bytes).writeInt(0)
        .writeZero(bytes);
  }

  @BeforeEach
  void theClockStandsStill() {
    main.freezeTime();
  }

  @Test
  void givenClientsThatFinishNothing_whenThereAreTooMany_thenThoseThatHeldMuchForLongestAreClosed() {
    Client innocent = new Client();
    innocent.begins(2_000);
    List<Client> attackers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Client attacker = new Client();
      attackers.add(attacker);
      attacker.begins(PART);
      assertThat(cycle.input().bytes()).isLessThanOrEqualTo(BOUND);
    }
    Client late = new Client();
    late.begins(2_000);

    assertThat(innocent.isOpen()).isTrue();
    assertThat(late.isOpen()).isTrue();
    assertThat(attackers.getFirst().isOpen()).isFalse();
    assertThat(attackers.getLast().isOpen()).isTrue();
    assertThat(attackers.stream().filter(Client::isOpen).count()).isEqualTo(10);
  }

  @Test
  void givenClientsThatFinishNothing_whenEachHoldsLittle_thenTheOldestAreClosed() {
    List<Client> attackers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Client attacker = new Client();
      attackers.add(attacker);
      attacker.begins(15_000);
    }

    assertThat(cycle.input().bytes()).isLessThanOrEqualTo(BOUND);
    assertThat(attackers.getFirst().isOpen()).isFalse();
    assertThat(attackers.getLast().isOpen()).isTrue();
  }

  @Test
  void givenAMessageThatIsKeptAliveByPongs_whenItsTimeIsUp_thenItsClientIsClosed() {
    Client attacker = new Client();
    attacker.sends(fragment(0x01, 60_000));
    long begun = System.nanoTime();
    for (int second = 0; second < 5; second++) {
      attacker.sends(pong());
      attacker.connection.lookAfter(begun + second * 1_000_000_000L);
      assertThat(attacker.isOpen()).isTrue();
    }

    attacker.connection.lookAfter(begun + 6_000_000_000L);

    assertThat(attacker.isOpen()).isFalse();
    assertThat(cycle.input().bytes()).isZero();
  }

  @Test
  void givenThePartOfAHeader_whenItsTimeIsUp_thenItsClientIsClosed() {
    Client attacker = new Client();
    attacker.sends(Unpooled.buffer().writeByte(0x81));
    assertThat(cycle.input().bytes()).isPositive();

    attacker.connection.lookAfter(System.nanoTime() + 6_000_000_000L);

    assertThat(attacker.isOpen()).isFalse();
  }

  @Test
  void givenMessagesThatAreFinished_whenTimePasses_thenNothingIsHeldAndNoneIsClosed() {
    Client client = new Client();
    for (int i = 0; i < 3; i++) {
      client.sends(fragment(0x01, 50_000));
      client.sends(fragment(0x80, 50_000));
    }

    client.connection.lookAfter(System.nanoTime() + 6_000_000_000L);

    assertThat(cycle.input().bytes()).isZero();
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void givenAClientThatIsNotRead_whenItsMessageIsNotComplete_thenTheTimeDoesNotCount() {
    Client client = new Client();
    client.sends(fragment(0x01, 50_000));
    client.connection.pauseReading();

    client.connection.lookAfter(System.nanoTime() + 6_000_000_000L);

    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void givenAClientThatSendsTooFast_whenItsMessageIsNotComplete_thenTheTimeCounts() {
    Client attacker = new Client();
    attacker.sends(fragment(0x01, 50_000));
    attacker.connection.charge(1L << 40);
    assertThat(attacker.channel.config().isAutoRead()).isFalse();

    attacker.connection.lookAfter(System.nanoTime() + 6_000_000_000L);

    assertThat(attacker.isOpen()).isFalse();
  }

  @Test
  void givenClientsThatAreNotRead_whenTheyHaveSentMuch_thenThatCountsAsWell() {
    List<Client> paused = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Client client = new Client();
      paused.add(client);
      client.connection.pauseReading();
      client.sends(fragment(0x81, 60_000));
      assertThat(cycle.input().bytes()).isLessThanOrEqualTo(BOUND);
    }

    assertThat(paused.getFirst().isOpen()).isFalse();
    assertThat(paused.getLast().isOpen()).isTrue();
    paused.getLast().connection.resumeReading();
    main.runPendingTasks();
    assertThat(cycle.input().bytes()).isLessThan(BOUND - 60_000);
  }

  @Test
  void givenMessagesThatWaitForAnAnswer_whenThereIsTooMuch_thenThatCountsAsWell() {
    Client client = new Client();
    client.connection.holds(BOUND / 2);
    assertThat(cycle.input().bytes()).isEqualTo(BOUND / 2);
    assertThat(client.isOpen()).isTrue();

    client.connection.holds(BOUND / 2 + 1);

    assertThat(client.isOpen()).isFalse();
    client.connection.holds(-BOUND - 1);
    assertThat(cycle.input().bytes()).isZero();
  }

  @Test
  void givenAClientThatHoldsSomething_whenItIsLost_thenItHoldsNothingAnyMore() {
    Client client = new Client();
    client.begins(PART);
    assertThat(cycle.input().bytes()).isBetween((long) PART, 2L * PART);

    var unused = client.channel.close();
    main.runPendingTasks();

    assertThat(cycle.input().bytes()).isZero();
  }
}
