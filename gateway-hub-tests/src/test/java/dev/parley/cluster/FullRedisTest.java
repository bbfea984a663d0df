package dev.parley.cluster;

import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.membership.ClusterMembership;
import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupAnswer.Done;
import dev.parley.group.GroupAnswer.Joined;
import dev.parley.group.GroupAnswer.Refused;
import dev.parley.group.GroupLimits;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.hub.MailboxLimits;
import dev.parley.signal.Bytes;
import dev.parley.signal.ClaimOutcome;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A Redis whose memory is full of other keys: commands that need more memory are refused, all
 * others are executed, and all are when there is memory again.
 */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class FullRedisTest {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Bytes NOTHING = Bytes.utf8("{}");
  private static final Refused UNAVAILABLE = new Refused(Refusal.UNAVAILABLE);
  private static final int CLIENTS = 200;

  private final RedisServer redis = RedisServer.start();
  private final RedisProbe probe = new RedisProbe(redis.url());
  private Vertx vertx;
  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final List<RedisHub> hubs = new ArrayList<>();
  private final LogLines log = new LogLines(ClusterMembership.class, "'full' at " + redis.url());
  private final LogLines pipeline = new LogLines(CommandPipeline.class, "failed in Redis");

  @BeforeEach
  void startNodes(Vertx vertx) {
    this.vertx = vertx;
    for (int i = 0; i < 2; i++) {
      RedisHub hub = hub();
      result(hub.start());
      hubs.add(hub);
    }
  }

  private RedisHub hub() {
    return new RedisHub(
        vertx,
        ClusterOptions.DEFAULT.at(redis.url()).named("full")
            .lasting(LEASE),
        MailboxLimits.DEFAULT, GroupLimits.DEFAULT, metrics);
  }

  @AfterEach
  void close() {
    probe.ask("CONFIG", "SET", "maxmemory", "0");
    hubs.forEach(hub -> result(hub.close()));
    log.close();
    pipeline.close();
    probe.close();
    redis.close();
  }

  /** Fills all memory with other keys. */
  private void fill() {
    probe.ask("CONFIG", "SET", "maxmemory", memory("used_memory") + (4 << 20));
    assertThatThrownBy(
        () -> {
          for (int i = 0; i < 100; i++) {
            probe.ask("SETRANGE", "other:" + i, 99_999, "x");
          }
        }).hasMessageContaining("OOM");
    // The memory that nodes free meanwhile must not suffice.
    probe.ask("CONFIG", "SET", "maxmemory", memory("used_memory") - (2 << 20));
    Waits.until(
        "the trouble", () -> hubs.stream().allMatch(hub -> hub.trouble().isPresent()));
  }

  private long memory(String line) {
    return probe.ask("INFO", "memory").toString().lines()
        .filter(each -> each.startsWith(line + ":"))
        .mapToLong(each -> Long.parseLong(each.substring(line.length() + 1).strip()))
        .findFirst().orElseThrow();
  }

  private void free() {
    probe.keys("other:*").forEach(key -> probe.ask("DEL", key));
    Waits.until(
        "the end of the trouble", () -> hubs.stream().allMatch(hub -> hub.trouble().isEmpty()));
  }

  private double counted(String what) {
    return metrics.get("parley.cluster.memory.refusals").tag("what", what).counter().count();
  }

  @Test
  void givenAFullRedis_whenClientsAsk_thenWhatGrowsIsRefusedAndAllElseGoesOn() {
    HubClient anna = new HubClient(hubs.get(0), "anna").user();
    HubClient bert = new HubClient(hubs.get(1), "bert").user();
    HubClient carl = new HubClient(hubs.get(1), "carl").here();
    anna.asks(new Join(anna.address(), "r", NOTHING, Duration.ofMillis(100)));
    bert.asks(new Join(bert.address(), "r", NOTHING, Duration.ofMillis(100)));

    fill();
    HubClient late = new HubClient(hubs.get(0), "late").claims();
    anna.sends("absent", "waits", Duration.ofMinutes(1));
    anna.sends("bert", "signal", Duration.ofMinutes(1));
    anna.hub().watch(anna.session(), carl.address());

    late.hears(new ClaimOutcome.Unavailable(late.address()));
    anna.isRefused(Undelivered.Cause.FULL);
    bert.gets("signal");
    anna.hears(new Presence.Present(carl.address()));
    assertThat(anna.asks(new Join(anna.address(), "another", NOTHING, LEASE)))
        .isEqualTo(UNAVAILABLE);
    assertThat(anna.asks(new Leave(anna.address(), "r"))).isEqualTo(new Done());
    assertThat(bert.asks(new Leave(bert.address(), "r"))).isEqualTo(new Done());
    // The room expires at its deadline, on any node.
    Waits.until("the room to end", () -> probe.keys("full{p0}:group:*/ROOM/*").isEmpty());
    bert.hub().release(bert.session(), bert.address());
    Waits.until("the id to go", () -> probe.keys("full{p0}:peer:*/bert").isEmpty());
    assertThat(hubs.getFirst().trouble()).contains("Redis is out of memory");
    assertThat(metrics.get("parley.cluster.out.of.memory").gauge().value()).isEqualTo(1);
    assertThat(metrics.get("parley.cluster.connected").gauge().value()).isEqualTo(1);
    assertThat(List.of(counted("claim"), counted("signal"), counted("watch"), counted("group")))
        .containsExactly(1.0, 1.0, 1.0, 1.0);
    assertThat(metrics.get("parley.cluster.epochs").counter().count()).isEqualTo(2);

    free();
    late.here();
    assertThat(anna.asks(new Join(anna.address(), "another", NOTHING, LEASE)))
        .isInstanceOf(Joined.class);
    // The refused watch has been retried.
    Waits.until("the watch", () -> !probe.keys("full{p0}:watch:*/carl").isEmpty());
    carl.hub().release(carl.session(), carl.address());
    anna.hears(new Presence.Departed(carl.address()));
  }

  @Test
  void givenAFullRedis_whenManyClientsAsk_thenEachNodeSaysItOnceAndOnceThatItIsOver() {
    fill();
    List<HubClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new HubClient(hubs.get(i % 2), "c" + i).claims());
    }
    clients.forEach(client -> client.hears(new ClaimOutcome.Unavailable(client.address())));
    free();
    clients.forEach(HubClient::here);

    Waits.until(
        "the end", () -> log.lines().stream().filter(line -> line.contains("again after"))
            .count() == hubs.size());
    assertThat(log.lines()).filteredOn(line -> line.contains("is out of memory"))
        .hasSize(hubs.size()).allMatch(line -> line.startsWith("WARN"));
    assertThat(log.lines()).hasSize(2 * hubs.size());
    assertThat(pipeline.lines()).isEmpty();
  }

  /**
   * Without any help from outside, the data that filled Redis expires by the gateway's own rules.
   */
  @Test
  void givenRoomsThatFillRedis_whenTheyAreLeft_thenTheyEndAndThereIsMemoryAgain() {
    Bytes big = Bytes.utf8("{\"a\":\"" + "x".repeat(10_000) + "\"}");
    List<HubClient> users = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      users.add(new HubClient(hubs.get(i % 2), "u" + i).user());
    }
    probe.ask("CONFIG", "SET", "maxmemory", memory("used_memory") + (3 << 20));

    GroupAnswer answer = new Done();
    int rooms = 0;
    for (; !answer.equals(UNAVAILABLE); rooms++) {
      assertThat(rooms).isLessThan(2_000);
      HubClient user = users.get(rooms % users.size());
      String room = "r" + rooms;
      answer = user.asks(new Join(user.address(), room, big, Duration.ofSeconds(20)));
      if (answer instanceof Joined) {
        answer = user.asks(new SetRoomStatus(user.address(), room, "k", big, null));
      }
      if (rooms >= 100) {
        // Like the load that fills it: an empty room stays for a while.
        HubClient before = users.get((rooms - 100) % users.size());
        before.asks(new Leave(before.address(), "r" + (rooms - 100)));
      }
    }
    Waits.until("the trouble",
        () -> hubs.stream().anyMatch(hub -> hub.trouble().isPresent()));
    for (int i = Math.max(0, rooms - 101); i < rooms; i++) {
      HubClient user = users.get(i % users.size());
      user.asks(new Leave(user.address(), "r" + i));
    }

    Waits.until("the rooms to end", () -> probe.keys("full{p0}:group:*/ROOM/*").isEmpty());
    Waits.until(
        "the end of the trouble", () -> hubs.stream().allMatch(hub -> hub.trouble().isEmpty()));
    new HubClient(hubs.getFirst(), "new").user();
    assertThat(log.lines()).hasSizeLessThanOrEqualTo(2 * hubs.size());
    assertThat(pipeline.lines()).isEmpty();
  }

  @Test
  void givenAFullRedis_whenANodeIsFenced_thenItComesBackWithItsClients() {
    HubClient anna = new HubClient(hubs.get(0), "anna").here();
    HubClient bert = new HubClient(hubs.get(1), "bert").here();
    fill();

    probe.ask("DEL", probe.key("full{p0}:seat:" + hubs.getFirst().node() + ":*"));
    Waits.until(
        "another place",
        () -> metrics.get("parley.cluster.epochs").counter().count() > hubs.size());
    Waits.until(
        "its clients",
        () -> String.valueOf(probe.ask("HGET", "full{p0}:peer:default/anna", "n"))
            .endsWith(":2"));

    bert.sends("anna", "there again", Duration.ZERO);
    anna.gets("there again");
    free();
  }

  @Test
  void givenANodeThatFailed_whenRedisIsFull_thenItsRemainsAreFreedAllTheSame() {
    HubClient anna = new HubClient(hubs.get(0), "anna").user();
    anna.asks(new Join(anna.address(), "r", NOTHING, Duration.ofMillis(100)));
    fill();

    result(hubs.removeFirst().kill());

    Waits.until(
        "nothing to be left",
        () -> probe.keys("full{p0}:*anna*").isEmpty() && probe.keys("full{p0}:grave*").isEmpty()
            && probe.keys("full{p0}:group:*").stream().allMatch(key -> key.endsWith("/REALM/")));
    free();
  }

  @Test
  void givenMailThatIsHeld_whenRedisIsFullAndItsTimeIsUp_thenItGoesBackAndTheMemoryIsFree() {
    HubClient anna = new HubClient(hubs.get(0), "anna").here();
    anna.sends("absent", "waits", Duration.ofSeconds(1));
    fill();

    anna.isRefused(Undelivered.Cause.EXPIRED);

    Waits.until("the mail to go", () -> probe.keys("full{p0}:mail:*").isEmpty());
    free();
  }
}
