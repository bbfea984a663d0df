package dev.parley.cluster;

import static dev.parley.cluster.Member.failure;
import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.parley.cluster.membership.ClusterMembership;
import dev.parley.cluster.redis.RedisServerInfo;
import dev.parley.config.ServiceUrl;
import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import dev.parley.testkit.LogLines;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.TcpProxy;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A Redis that answers with errors: reactions and log lines of nodes. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class RedisInTroubleTest {

  /** So long that no node is partitioned meanwhile, on a busy machine either. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  /** By then the back-off has reached its maximum of one second. */
  private static final int ATTEMPTS = 8;

  @TempDir private Path folder;
  @TempDir private Path other;

  private final RedisServer redis = RedisServer.start();
  private final RedisProbe probe = new RedisProbe(redis.url());
  private final TcpProxy proxy = TcpProxy.to(redis.port());
  private Vertx vertx;
  private final LogLines log = new LogLines(ClusterMembership.class, ":" + proxy.port());

  @BeforeEach
  void start(Vertx vertx) {
    this.vertx = vertx;
  }

  @AfterEach
  void close() {
    log.close();
    proxy.close();
    probe.close();
    redis.close();
  }

  private RedisHub hub(TcpProxy way) {
    return hub(way, LEASE);
  }

  private RedisHub hub(TcpProxy way, Duration lease) {
    ServiceUrl url = ServiceUrl.parse("redis://127.0.0.1:" + way.port());
    return new RedisHub(
        vertx, ClusterOptions.DEFAULT.at(url).lasting(lease), MailboxLimits.DEFAULT,
        GroupLimits.DEFAULT, new SimpleMeterRegistry());
  }

  private RedisHub started(TcpProxy way) {
    RedisHub hub = hub(way);
    result(hub.start());
    return hub;
  }

  private static void awaitTrouble(RedisHub hub) {
    Waits.until("trouble", () -> hub.trouble().isPresent());
  }

  private static void awaitEnd(RedisHub hub) {
    Waits.until("the end of the trouble", () -> hub.trouble().isEmpty());
  }

  private void set(String parameter, String value) {
    probe.ask("CONFIG", "SET", parameter, value);
  }

  /** One line when the outage begins, and one when it is over. */
  private static void saidOnce(LogLines said, String... parts) {
    said.awaits("connected again after");
    assertThat(said.lines()).filteredOn(line -> line.contains("Redis refuses writes"))
        .singleElement().asString().startsWith("WARN").contains(parts);
  }

  @Test
  void givenARedisThatRefusesWrites_whenTheNodeTriesAgain_thenItBacksOffAsIfItWereRefused() {
    RedisHub hub = started(proxy);
    try (TcpProxy wall = TcpProxy.to(redis.port())) {
      RedisHub twin = started(wall);
      int before = proxy.attempts();
      int beforeTwin = wall.attempts();

      wall.cut();
      probe.ask("ACL", "SETUSER", "default", "-evalsha");
      awaitTrouble(hub);
      // The other node has two connections to restore: of the pipeline, and of its inbox.
      Waits.until(
          "attempts", () -> wall.attempts() - beforeTwin >= 2 * ATTEMPTS);

      assertThat(proxy.attempts() - before).isBetween(2, 3 * ATTEMPTS);
      assertThat(hub.trouble()).contains("Redis refuses writes (NOPERM)");
      probe.ask("ACL", "SETUSER", "default", "+evalsha");
      awaitEnd(hub);
      saidOnce(log, "error=NOPERM", "ACL SETUSER");
      wall.restore();
      result(twin.close());
    }
    result(hub.close());
  }

  @Test
  void givenARedisThatCannotSave_whenItRefusesWrites_thenThatIsSaidOnce() throws IOException {
    try (RedisServer saving = RedisServer.startWithAppendOnlyFile(folder);
        RedisProbe its = new RedisProbe(saving.url());
        TcpProxy way = TcpProxy.to(saving.port());
        LogLines said = new LogLines(ClusterMembership.class, ":" + way.port())) {
      RedisHub hub = started(way);

      // A folder has the name of the file.
      Files.createDirectories(folder.resolve("dump.rdb"));
      its.ask("CONFIG", "SET", "save", "3600 1000000");
      its.ask("BGSAVE");
      awaitTrouble(hub);
      assertThat(hub.trouble()).contains("Redis refuses writes (MISCONF)");
      its.ask("CONFIG", "SET", "stop-writes-on-bgsave-error", "no");

      awaitEnd(hub);
      saidOnce(said, "error=MISCONF", "its disk");
      result(hub.close());
    }
  }

  @Test
  void givenAUserWhoseRightsAreTaken_whenTheNodeWrites_thenThatIsSaidOnce() {
    RedisHub hub = started(proxy);

    probe.ask("ACL", "SETUSER", "default", "-evalsha");
    awaitTrouble(hub);
    assertThat(hub.trouble()).contains("Redis refuses writes (NOPERM)");
    probe.ask("ACL", "SETUSER", "default", "+evalsha");

    awaitEnd(hub);
    saidOnce(log, "error=NOPERM", "ACL SETUSER");
    result(hub.close());
  }

  @Test
  void givenAUserWhoMayNotDoWhatAScriptDoes_whenTheNodeWrites_thenThatIsSaidOnce() {
    RedisHub hub = started(proxy);

    probe.ask("ACL", "SETUSER", "default", "-hmget");
    awaitTrouble(hub);
    assertThat(hub.trouble()).contains("Redis refuses writes (NOPERM)");
    probe.ask("ACL", "SETUSER", "default", "+hmget");

    awaitEnd(hub);
    saidOnce(log, "error=NOPERM", "ACL SETUSER");
    result(hub.close());
  }

  @Test
  void givenAUserWhoMayNotRead_whenTheInboxIsRead_thenThatIsSaidOnce() {
    RedisHub hub = started(proxy);

    probe.ask("ACL", "SETUSER", "default", "-xread");
    awaitTrouble(hub);
    assertThat(hub.trouble()).contains("Redis does not let this node read (NOPERM)");
    probe.ask("ACL", "SETUSER", "default", "+xread");

    awaitEnd(hub);
    log.awaits("the inbox can be read again after");
    assertThat(log.lines()).filteredOn(line -> line.contains("the inbox cannot be read"))
        .singleElement().asString().startsWith("WARN").contains("ACL SETUSER");
    result(hub.close());
  }

  @Test
  void givenARedisThatBecomesAReplica_whenItRefusesWrites_thenThatIsSaid() {
    try (RedisServer former = RedisServer.startForReplicas(folder);
        RedisServer next = RedisServer.startForReplicas(other);
        RedisProbe its = new RedisProbe(former.url());
        TcpProxy way = TcpProxy.to(former.port());
        LogLines said = new LogLines(ClusterMembership.class, ":" + way.port())) {
      RedisHub hub = started(way);

      its.ask("REPLICAOF", "127.0.0.1", Integer.toString(next.port()));
      said.awaits("it is a slave, but the master is needed");
      its.ask("REPLICAOF", "NO", "ONE");

      said.awaits("connected again after");
      awaitEnd(hub);
      result(hub.close());
    }
  }

  @Test
  void givenARedisWithoutReplicas_whenItWantsOne_thenThatIsSaidOnce() {
    // Older ones let scripts pass.
    assumeFalse(
        new RedisServerInfo(probe.ask("INFO").toString()).version().startsWith("6."));
    RedisHub hub = started(proxy);

    set("min-replicas-to-write", "1");
    awaitTrouble(hub);
    assertThat(hub.trouble()).contains("Redis refuses writes (NOREPLICAS)");
    set("min-replicas-to-write", "0");

    awaitEnd(hub);
    saidOnce(log, "error=NOREPLICAS", "min-replicas-to-write");
    result(hub.close());
  }

  @Test
  void givenTroubleThatLastsLongerThanTheLease_whenItIsOver_thenEachStateWasSaidOnce() {
    RedisHub hub = hub(proxy, Duration.ofSeconds(2));
    result(hub.start());

    probe.ask("ACL", "SETUSER", "default", "-evalsha");
    log.awaits("cut off");
    int then = proxy.attempts();
    Waits.until("more attempts", () -> proxy.attempts() > then + ATTEMPTS);
    probe.ask("ACL", "SETUSER", "default", "+evalsha");

    log.awaits("connected again after");
    assertThat(log.lines()).filteredOn(line -> line.contains("error=NOPERM")).hasSize(1);
    assertThat(log.lines()).filteredOn(line -> line.contains("cut off")).hasSize(1);
    assertThat(log.lines()).filteredOn(line -> line.contains("connected again")).hasSize(1);
    awaitEnd(hub);
    result(hub.close());
  }

  @Test
  void givenARedisWithoutMemory_whenANodeStarts_thenItFailsAndSaysWhy() {
    set("maxmemory", "1");

    assertThat(failure(hub(proxy).start())).hasMessageContaining("OOM")
        .hasMessageContaining("Raise maxmemory");
  }

  // ---- keys that are gone

  private void saidThatItIsBack(String why) {
    log.awaits("was evicted and has rejoined");
    List<String> lines =
        log.lines().stream().filter(line -> line.contains("was evicted and has rejoined")).toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).startsWith("WARN").contains(why);
  }

  @Test
  void givenANode_whenAllKeysAreDeleted_thenThatIsSaid() {
    RedisHub hub = started(proxy);

    probe.ask("FLUSHALL");

    saidThatItIsBack("its keys are gone from Redis, which has gone on running: FLUSHALL");
    result(hub.close());
  }

  @Test
  void givenANode_whenRedisIsStartedAgainWithoutItsData_thenThatIsSaid() {
    RedisHub hub = started(proxy);

    redis.stop();
    redis.startAgain();

    saidThatItIsBack("its keys are gone: Redis was started again without its data");
    result(hub.close());
  }

  @Test
  void givenANode_whenAnotherOneEndsIt_thenThatIsSaid() {
    RedisHub hub = started(proxy);

    probe.ask("DEL", probe.key("parley{p0}:seat:*"));

    saidThatItIsBack("another node has evicted it");
    result(hub.close());
  }
}
