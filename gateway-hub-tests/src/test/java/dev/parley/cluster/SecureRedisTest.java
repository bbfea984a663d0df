package dev.parley.cluster;

import static dev.parley.cluster.Member.failure;
import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ServiceUrl;
import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome.Granted;
import dev.parley.signal.ClaimOutcome.Taken;
import dev.parley.signal.PeerAddress;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.hub.RecordingRecipient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster on a Redis that requires authentication, or that is shared with other applications. */
@ExtendWith(VertxExtension.class)
class SecureRedisTest {

  private static final PeerAddress ANNA = new PeerAddress("default", "anna");

  private Vertx vertx;

  @BeforeEach
  void start(Vertx vertx) {
    this.vertx = vertx;
  }

  private RedisHub hub(ServiceUrl url, String prefix) {
    return hub(ClusterOptions.DEFAULT.at(url).named(prefix));
  }

  private RedisHub hub(ClusterOptions options) {
    return new RedisHub(
        vertx, options, MailboxLimits.DEFAULT, GroupLimits.DEFAULT, new SimpleMeterRegistry());
  }

  private void works(RedisHub hub) {
    result(hub.start());
    RecordingRecipient anna = new RecordingRecipient();
    hub.claim(anna, Claim.of(ANNA));
    assertThat(anna.await(1)).containsExactly(new Granted(ANNA, false));
    result(hub.close());
  }

  @Test
  void givenAUserWithTheRightsThatAreDocumented_whenItIsNamedInTheUrl_thenTheClusterWorks() {
    try (RedisServer redis = RedisServer.start();
        RedisProbe probe = new RedisProbe(redis.url())) {
      probe.ask(
          "ACL", "SETUSER", "parley", "on", ">se:sa+me", "~parley{p0}:*", "+@all");
      probe.ask("ACL", "SETUSER", "default", "off");

      works(hub(redis.url("parley:se%3Asa+me"), "parley"));
    }
  }

  @Test
  void givenAPassword_whenItIsWrong_thenTheStartFails() {
    try (RedisServer redis = RedisServer.startWithPassword("sesame")) {
      works(hub(redis.url(":sesame"), "parley"));

      assertThat(failure(hub(redis.url(":guess"), "parley").start()))
          .hasMessageContaining("WRONGPASS");
    }
  }

  @Test
  void givenTwoPrefixes_whenTheSameIdIsClaimedInBoth_thenTheyAreTwoPeers() {
    try (RedisServer redis = RedisServer.start()) {
      RedisHub one = hub(redis.url(), "one");
      RedisHub other = hub(redis.url(), "other");
      RedisHub again = hub(redis.url(), "one");
      for (RedisHub each : new RedisHub[] {one, other, again}) {
        result(each.start());
      }
      RecordingRecipient here = new RecordingRecipient();
      RecordingRecipient there = new RecordingRecipient();
      RecordingRecipient late = new RecordingRecipient();
      one.claim(here, Claim.of(ANNA));
      other.claim(there, Claim.of(ANNA));
      assertThat(here.await(1)).containsExactly(new Granted(ANNA, false));
      assertThat(there.await(1)).containsExactly(new Granted(ANNA, false));
      again.claim(late, Claim.of(ANNA));
      assertThat(late.await(1)).containsExactly(new Taken(ANNA));
      for (RedisHub each : new RedisHub[] {one, other, again}) {
        result(each.close());
      }
    }
  }
}
