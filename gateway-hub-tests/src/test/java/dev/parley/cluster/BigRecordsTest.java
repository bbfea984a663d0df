package dev.parley.cluster;

import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteSize;
import dev.parley.group.GroupAnswer.Joined;
import dev.parley.group.GroupLimits;
import dev.parley.group.RoomCommand.Join;
import dev.parley.hub.MailboxLimits;
import dev.parley.signal.Bytes;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.record.Records;
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

/** Records that are too big to be read more than once in one call. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(VertxExtension.class)
class BigRecordsTest {

  private static final int MEMBERS = 40;
  private static final int JOINING = 12;
  /** Limits that let a room be bigger than one call reads. */
  private static final GroupLimits ROOMY =
      Records.with(GroupLimits.DEFAULT, "view", ByteSize.ofMiB(3));
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Bytes NOTHING = Bytes.utf8("{}");
  private static final Bytes BIG = Bytes.utf8("{\"a\":\"" + "x".repeat(15_000) + "\"}");

  private final RedisServer redis = RedisServer.start();
  private Vertx vertx;
  private final List<RedisHub> hubs = new ArrayList<>();

  @BeforeEach
  void start(Vertx vertx) {
    this.vertx = vertx;
  }

  @AfterEach
  void close() {
    hubs.forEach(hub -> result(hub.close()));
    redis.close();
  }

  private RedisHub node() {
    RedisHub hub =
        new RedisHub(
            vertx,
            ClusterOptions.DEFAULT.at(redis.url()).named("big").lasting(Duration.ofMinutes(1)),
            MailboxLimits.DEFAULT, ROOMY, new SimpleMeterRegistry());
    result(hub.start());
    hubs.add(hub);
    return hub;
  }

  @Test
  void givenABigRoom_whenManyOfAnotherNodeJoinAtOnce_thenAllAreInAndSeeAll() {
    RedisHub one = node();
    RedisHub other = node();
    for (int i = 0; i < MEMBERS; i++) {
      HubClient member = new HubClient(one, "m" + i).user();
      assertThat(member.asks(new Join(member.address(), "big", BIG, LONG)))
          .isInstanceOf(Joined.class);
    }
    List<HubClient> joining = new ArrayList<>();
    for (int i = 0; i < JOINING; i++) {
      joining.add(new HubClient(other, "j" + i).user());
    }

    joining.forEach(
        each -> each.hub().groups().command(
            each.session(), new Join(each.address(), "big", NOTHING, LONG)));

    int seen = 0;
    for (HubClient each : joining) {
      Joined joined =
          (Joined) each.session()
              .await("an answer", all -> all.stream().anyMatch(Joined.class::isInstance))
              .stream().filter(Joined.class::isInstance).findFirst().orElseThrow();
      seen += joined.peers().size();
    }
    // Each gets the members and those that have joined before; whether itself, too, depends on the
    // rules.
    assertThat(seen).isBetween(
        JOINING * MEMBERS + JOINING * (JOINING - 1) / 2,
        JOINING * MEMBERS + JOINING * (JOINING + 1) / 2);
  }
}
