package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.membership.PartitionPolicy;
import dev.parley.cluster.pipeline.PipelineLimits;
import dev.parley.cluster.script.InboxLimits;
import dev.parley.config.Bound;
import dev.parley.config.ByteRate;
import dev.parley.config.ByteSize;
import dev.parley.config.Rate;
import dev.parley.hub.MailboxLimits;
import dev.parley.net.limits.Limits;
import dev.parley.tally.Ledger;
import dev.parley.tally.TallyOptions;
import dev.parley.testkit.Frame;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import dev.parley.testkit.waits.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Signals beyond the bound of another node's inbox are refused to their senders; all others are
 * served.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class BoundsTest {

  private final RedisServer redis = RedisServer.start();

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  // ---- the inbox of a node

  @Test
  void givenANodeThatDoesNotRead_whenItsInboxIsFull_thenSendersAreNotifiedAndNothingElseIsLost() {
    Count count = fillInbox("an inbox at its bound", bed -> {});

    count.isFaultless();
    assertThat(count.refused()).isPositive();
  }

  @Test
  void givenAFullInboxThatIsLost_whenItsNodeReadsAgain_thenTheCountShowsIt() {
    Count count = fillInbox("an inbox at its bound, lost", bed -> bed.loseInbox(0));

    assertThat(count.lost()).isPositive();
  }

  private Count fillInbox(String what, Consumer<FaultBed> meddling) {
    try (
        FaultBed bed =
            new FaultBed(redis, 3, PartitionPolicy.SERVE, PipelineLimits.DEFAULT,
                new InboxLimits(200, ByteSize.ofMiB(1)));
        SteadyLoad load = new SteadyLoad(bed.hubs(), 3, Duration.ofMillis(15))) {
      load.goesOn(1_000);
      String inbox = bed.key(0, "inbox");
      bed.proxy(0).stall();
      Waits.until(
          "the inbox to be full", () -> bed.probe().ask("XLEN", inbox).toInteger() >= 200);
      load.goesOn(500);
      meddling.accept(bed);
      bed.proxy(0).restore();
      bed.recovers();
      load.goesOn(1_000);

      return load.ends(what);
    }
  }

  // ---- the connection of a client

  @Test
  void givenAClientThatDoesNotRead_whenItsBoundIsReached_thenItsSenderIsNotifiedAndOthersGoOn() {
    try (GatewayFixture one = node();
        GatewayFixture other = node();
        WireClient sender = client(one, "sender");
        WireClient neighbour = client(one, "neighbour");
        WireClient listener = client(other, "listener");
        WireClient deaf = client(other, "deaf")) {
      String much = "x".repeat(60_000);
      deaf.stopReading();

      int sent = 0;
      while (numbers(sender, "u deaf ").isEmpty()) {
        sender.text("deaf " + sent + " " + much);
        neighbour.text("listener " + sent + " x");
        // By then the bound, and the buffers of sockets, have been exceeded by far.
        assertThat(++sent).isLessThan(2_000);
      }
      deaf.readOn();

      int goal = sent;
      Waits.until(
          "the sender to be told of all others",
          () -> numbers(deaf, "s sender ").size() + numbers(sender, "u deaf ").size() >= goal);
      List<Integer> got = numbers(deaf, "s sender ");
      List<Integer> all = new ArrayList<>(got);
      all.addAll(numbers(sender, "u deaf "));
      System.out.println(
          "a client that does not read: sent " + sent + ", delivered " + got.size()
              + ", refused " + (all.size() - got.size()));
      assertThat(got).isNotEmpty().isSorted();
      assertThat(deaf.isOver()).isFalse();
      assertThat(all)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, sent).boxed().toList());
      Waits.until(
          "others to get everything",
          () -> numbers(listener, "s neighbour ").size() == goal);
      assertThat(numbers(listener, "s neighbour ")).isSorted();
      assertThat(numbers(neighbour, "u ")).isEmpty();
    }
  }

  private GatewayFixture node() {
    Limits tight =
        Records.with(Limits.DEFAULT, "message", ByteSize.ofKiB(64), "rate", Rate.OFF, "byteRate",
            ByteRate.OFF, "outbound", ByteSize.ofKiB(704), "connections", Bound.OFF,
            "connectionsPerAddress", Bound.OFF, "mailboxes",
            new MailboxLimits(
                3, ByteSize.ofKiB(64), 3, ByteSize.ofKiB(64), ByteSize.ofKiB(64)));
    return GatewayFixture.gateway().dialect("tally", new TallyOptions(Ledger.NONE)).limits(tight)
        .cluster(ClusterOptions.DEFAULT.at(redis.url()).named("fault").lasting(FaultBed.LEASE))
        .start();
  }

  private static WireClient client(GatewayFixture node, String id) {
    WireClient client =
        WireClient.connect(
            node.wsUri("/tally/in?id=" + id + "&token=" + id + "&connections=0&hold=0"));
    client.awaitText("here"::equals);
    return client;
  }

  /** The numbers in the messages of a client with this prefix. */
  private static List<Integer> numbers(WireClient client, String beginning) {
    return client.frames().stream()
        .filter(frame -> frame.opcode() == Frame.Opcode.TEXT)
        .map(Frame::text)
        .filter(text -> text.startsWith(beginning))
        .map(text -> Integer.parseInt(text.split(" ")[2]))
        .toList();
  }
}
