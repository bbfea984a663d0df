package dev.parley.cluster;

import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Bound;
import dev.parley.config.ByteRate;
import dev.parley.config.Rate;
import dev.parley.config.ServiceUrl;
import dev.parley.net.limits.Limits;
import dev.parley.tally.Ledger;
import dev.parley.tally.TallyOptions;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.TcpProxy;
import dev.parley.testkit.record.Records;
import dev.parley.testkit.waits.Waits;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Rolling restart: all nodes are stopped gracefully, one after the other, each replaced by a fresh
 * one. Clients on real sockets reconnect to another node, or to the fresh one, and go on. Signals
 * received before and after the reconnect count alike. No node is evicted, however busy the machine
 * is: an evicted node could neither deliver its signals nor refuse them to senders that it has just
 * disconnected.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class RollingRestartTest {

  private static final int NODES = 3;
  private static final int TRAVELLERS = 9;
  private static final int ROUNDS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RedisServer redis = RedisServer.start();
  private final List<TcpProxy> proxies = new ArrayList<>();
  private final List<GatewayFixture> nodes = new ArrayList<>();
  /** The address of the node of each place; null while there is none. */
  private final AtomicReferenceArray<@Nullable URI> places = new AtomicReferenceArray<>(NODES);
  private final List<Traveller> travellers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger restarts = new AtomicInteger();

  @AfterEach
  void stop() {
    travellers.forEach(Traveller::stop);
    travellers.forEach(Traveller::hangUp);
    proxies.forEach(TcpProxy::restore);
    nodes.forEach(GatewayFixture::close);
    proxies.forEach(TcpProxy::close);
    redis.close();
  }

  @Test
  void givenClientsThatComeBack_whenAllNodesAreStoppedInTurn_thenNothingIsLostWithoutARefusal()
      throws InterruptedException {
    begin();
    for (int i = 0; i < ROUNDS * NODES; i++) {
      goesOn(1_000);
      replace(i % NODES);
    }
    goesOn(1_000);

    Count count = end("rolling restart of three nodes, twice");
    count.isFaultless();
    assertThat(count.delivered()).isGreaterThan(count.sent() / 2);
    assertThat(travellers.stream().mapToInt(Traveller::connections).sum())
        .as("connections").isGreaterThanOrEqualTo(TRAVELLERS + ROUNDS * NODES);
  }

  @Test
  void givenAnInboxThatIsLostMeanwhile_whenAllNodesAreStoppedInTurn_thenTheCountShowsIt()
      throws InterruptedException {
    begin();
    for (int place = 0; place < NODES; place++) {
      goesOn(1_000);
      try (RedisProbe probe = new RedisProbe(redis.url())) {
        int next = (place + 1) % NODES;
        String inbox =
            probe.key("fault{p0}:inbox:" + ((RedisHub) nodes.get(next).hub()).node() + ":*");
        proxies.get(next).stall();
        FaultBed.awaitPile(probe, inbox);
        probe.ask("XTRIM", inbox, "MAXLEN", 0);
        proxies.get(next).restore();
      }
      replace(place);
    }

    assertThat(end("rolling restart of three nodes, inboxes lost").lost()).isPositive();
  }

  // ----

  private GatewayFixture node(int place) {
    Limits limits =
        Records.with(Limits.DEFAULT, "rate", Rate.OFF, "byteRate", ByteRate.OFF, "connections",
            Bound.OFF, "connectionsPerAddress", Bound.OFF);
    return GatewayFixture.gateway()
        .dialect("tally", new TallyOptions(new Notes()))
        .limits(limits)
        .cluster(
            ClusterOptions.DEFAULT
                .at(ServiceUrl.parse("redis://127.0.0.1:" + proxies.get(place).port()))
                .named("fault").lasting(FaultBed.PATIENT_LEASE))
        .start();
  }

  private void begin() {
    for (int place = 0; place < NODES; place++) {
      proxies.add(TcpProxy.to(redis.port()));
      nodes.add(node(place));
      places.set(place, nodes.get(place).wsUri(""));
    }
    for (int i = 0; i < TRAVELLERS; i++) {
      int home = i % NODES;
      boolean waits = i / NODES == 1;
      travellers.add(
          new Traveller(
              "traveller" + i, i % 2 == 0 ? Duration.ZERO : PATIENCE,
              here -> waits ? places.get(home) : elsewhere(here, home)));
    }
    travellers.forEach(
        each -> threads.add(Thread.ofPlatform().start(() -> each.run(travellers))));
    Waits.until(
        "all to be there",
        () -> travellers.stream().allMatch(each -> each.connections() > 0));
  }

  /** The node after the previous one of a client; the first time, its home. */
  private @Nullable URI elsewhere(@Nullable URI here, int home) {
    if (here == null) {
      return places.get(home);
    }
    for (int place = 0; place < NODES; place++) {
      if (here.equals(places.get(place))) {
        return places.get((place + 1) % NODES);
      }
    }
    return places.get(home);
  }

  private void goesOn(long signals) {
    long goal = sent() + signals * SteadyLoad.LOAD;
    Waits.until(signals + " more signals", () -> sent() >= goal);
  }

  private long sent() {
    return travellers.stream().mapToLong(Traveller::sent).sum();
  }

  /** Stops a node gracefully, and starts another one in its place. */
  private void replace(int place) {
    GatewayFixture old = nodes.get(place);
    URI was = old.wsUri("");
    restarts.incrementAndGet();
    result(old.drain(PATIENCE));
    old.close();
    places.set(place, null);
    nodes.set(place, node(place));
    places.set(place, nodes.get(place).wsUri(""));
    assertThat(places.get(place)).isNotEqualTo(was);
  }

  private Count end(String what) throws InterruptedException {
    travellers.forEach(Traveller::stop);
    for (Thread thread : threads) {
      thread.join();
    }
    return Count.settled(
        what, FaultBed.LEASE.dividedBy(2), PATIENCE.plus(FaultBed.LEASE.multipliedBy(3)),
        () -> {
          Count all = new Count();
          travellers.forEach(each -> each.count(travellers, all));
          return all;
        });
  }

  /** Records the view of the nodes about the travellers. */
  private final class Notes implements Ledger {

    @Override
    public void sent(String from, int connection, String to, int number) {
      traveller(from).sent(connection, to, number);
    }

    @Override
    public void closed(String id, int connection) {
      traveller(id).closed(connection, restarts.get(), travellers);
    }

    private Traveller traveller(String id) {
      return travellers.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }
  }
}
