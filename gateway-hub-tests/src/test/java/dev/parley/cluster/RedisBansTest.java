package dev.parley.cluster;

import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.access.Ban;
import dev.parley.access.Ban.Kind;
import dev.parley.access.Bans;
import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import dev.parley.signal.PeerAddress;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Bans that the nodes of a cluster share. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class RedisBansTest {

  private static final PeerAddress EVIL = new PeerAddress("acme", "evil\n\"\u00e9");

  private final Instant later = Instant.now().plus(Duration.ofHours(1));
  private final RedisServer redis = RedisServer.start();
  private final RedisProbe probe = new RedisProbe(redis.url());
  private final List<RedisHub> hubs = new ArrayList<>();
  private final List<Bans> bans = new ArrayList<>();
  private Vertx vertx;

  @BeforeEach
  void startNodes(Vertx aVertx) {
    vertx = aVertx;
    for (int i = 0; i < 3; i++) {
      startNode();
    }
  }

  private Bans startNode() {
    RedisHub hub =
        new RedisHub(
            vertx,
            ClusterOptions.DEFAULT.at(redis.url()).named("bans").lasting(Duration.ofSeconds(10)),
            MailboxLimits.DEFAULT, GroupLimits.DEFAULT, new SimpleMeterRegistry());
    result(hub.start());
    hubs.add(hub);
    Bans its = new Bans(hub.bans(), InstantSource.system(), new SimpleMeterRegistry());
    bans.add(its);
    return its;
  }

  @AfterEach
  void close() {
    hubs.forEach(hub -> result(hub.close()));
    probe.close();
    redis.close();
  }

  private Ban ban(Kind kind, String value) {
    return new Ban(kind, kind == Kind.NETWORK ? null : "acme", value, later, "a\nreason");
  }

  private void awaitOnAll(int size) {
    Waits.until("all nodes to know", () -> bans.stream().allMatch(of -> of.all().size() == size));
  }

  @Test
  void givenThreeNodes_whenOneBansAndAnotherLifts_thenAllFollow() {
    List<AtomicInteger> calls = new ArrayList<>();
    bans.forEach(each -> {
      AtomicInteger count = new AtomicInteger();
      calls.add(count);
      each.listen(count::incrementAndGet);
    });

    result(bans.get(0).put(ban(Kind.ID, EVIL.id())));
    result(bans.get(1).put(ban(Kind.SUBJECT, "mallory")));
    result(bans.get(2).put(ban(Kind.NETWORK, "192.0.2.0/24")));
    awaitOnAll(3);

    assertThat(bans).allMatch(each -> each.banId(EVIL) && each.banSubject("acme", "mallory")
        && each.banAddress("any", "192.0.2.9"));
    assertThat(bans.getFirst().all()).extracting(Ban::reason).containsOnly("a\nreason");
    assertThat(bans.getFirst().all()).extracting(ban -> ban.until().toEpochMilli())
        .containsOnly(later.toEpochMilli());
    Waits.until("the listeners", () -> calls.stream().allMatch(each -> each.get() > 0));

    result(bans.get(1).remove(ban(Kind.ID, EVIL.id())));
    awaitOnAll(2);
    assertThat(bans).noneMatch(each -> each.banId(EVIL));
  }

  @Test
  void givenMoreBansThanAPage_whenANodeStarts_thenItReadsAllOfThem() {
    for (int i = 0; i < 250; i++) {
      result(bans.getFirst().put(ban(Kind.ID, "id " + i)));
    }

    Bans late = startNode();

    Waits.until("the new node to know all", () -> late.all().size() == 250);
    awaitOnAll(250);
  }

  @Test
  void givenABanThatExpires_whenItsTimeIsOver_thenRedisForgetsIt() {
    result(bans.getFirst().put(ban(Kind.ID, "long")));

    assertThat(probe.ask("PTTL", "bans{p0}:banned").toLong())
        .isBetween(Duration.ofHours(1).toMillis(), Duration.ofHours(3).toMillis());
    assertThat(probe.ask("PTTL", "bans{p0}:bans").toLong()).isPositive();
  }

  @Test
  void givenARedisThatHasLostEverything_whenTheNodesComeBack_thenTheBansDoToo() {
    result(bans.get(0).put(ban(Kind.ID, EVIL.id())));
    awaitOnAll(1);

    probe.ask("FLUSHALL");

    Waits.until("the ban in Redis", () -> probe.ask("EXISTS", "bans{p0}:banned").toInteger() == 1);
    Bans late = startNode();
    Waits.until("the new node to know it", () -> late.banId(EVIL));
    awaitOnAll(1);
  }

  @Test
  void givenKeysThatAnotherProgramHasFilled_whenNodesPoll_thenTheRestStillHolds() {
    probe.ask("ZADD", "bans{p0}:bans", "1", "not ours");
    probe.ask("ZADD", "bans{p0}:bans", "2", "[\"FUTURE\",\"\",\"x\"]");
    probe.ask("HSET", "bans{p0}:banned", "[\"FUTURE\",\"\",\"x\"]",
        later.toEpochMilli() + " [\"\"]");

    result(bans.getFirst().put(ban(Kind.ID, EVIL.id())));

    awaitOnAll(1);
    Bans late = startNode();
    Waits.until("the new node to know it", () -> late.banId(EVIL));
  }
}
