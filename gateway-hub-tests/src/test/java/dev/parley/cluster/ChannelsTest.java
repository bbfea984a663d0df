package dev.parley.cluster;

import static dev.parley.cluster.Member.CONNECTED;
import static dev.parley.cluster.Member.DISCONNECTED;
import static dev.parley.cluster.Member.failure;
import static dev.parley.cluster.Member.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.redis.RedisChannel;
import dev.parley.cluster.redis.RedisChannels;
import dev.parley.cluster.redis.RedisConnector;
import dev.parley.cluster.redis.RedisEndpoint;
import dev.parley.cluster.redis.RetryPolicy;
import dev.parley.config.ConfigurationException;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import dev.parley.dialect.Broker;
import dev.parley.signal.Bytes;
import dev.parley.testkit.LogLines;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class ChannelsTest {

  private static final RetryPolicy QUICK =
      new RetryPolicy(Duration.ofMillis(500), Duration.ofMillis(100), Duration.ofMillis(10),
          Duration.ofMillis(100));

  private static RedisServer shared;

  private Vertx vertx;
  private RedisChannels channels;

  @BeforeAll
  static void startRedis() {
    shared = RedisServer.start();
  }

  @AfterAll
  static void stopRedis() {
    shared.close();
  }

  @BeforeEach
  void start(Vertx vertx) {
    this.vertx = vertx;
    channels = new RedisChannels(vertx, QUICK);
  }

  @AfterEach
  void leave() {
    result(channels.close());
  }

  private Member join(RedisServer redis, String name) {
    return new Member(channels, redis.url(), name);
  }

  /** What Redis answers to a command on a connection of its own. */
  private String ask(RedisServer redis, Request command) {
    LoopContext loop = new LoopContext(vertx);
    RedisConnector connector =
        new RedisConnector(
            loop, new RedisEndpoint(redis.url(), ServiceTls.DEFAULT, "test"), QUICK.patience());
    CompletableFuture<String> answer = new CompletableFuture<>();
    loop.run(
        () -> connector
            .open()
            .compose(link -> link.send(command).onComplete(done -> link.close()))
            .onSuccess(response -> answer.complete(String.valueOf(response)))
            .onFailure(answer::completeExceptionally));
    return Waits.join("the answer of Redis", answer);
  }

  private String clients(RedisServer redis, String... more) {
    Request list = Request.cmd(Command.CLIENT).arg("LIST");
    for (String argument : more) {
      list.arg(argument);
    }
    return ask(redis, list);
  }

  @Test
  void givenTwoMembers_whenEachSaysSomething_thenBothHearBothInOrder() {
    Member anna = join(shared, "both").gets(CONNECTED);
    Member bert = join(shared, "both").gets(CONNECTED);

    anna.says("1 – ü 𝄞");
    bert.says("2\r\n$3");
    anna.says("");

    anna.gets("1 – ü 𝄞", "2\r\n$3", "");
    bert.gets("1 – ü 𝄞", "2\r\n$3", "");
    assertThat(anna.threads()).isEqualTo(1);
  }

  @Test
  void givenManyMessagesAtOnce_whenPublished_thenAllArriveInOrderThoughTheConnectionIsProbed() {
    Member anna = join(shared, "many").gets(CONNECTED);
    Member bert = join(shared, "many").gets(CONNECTED);
    long until = System.nanoTime() + QUICK.probe().multipliedBy(4).toNanos();

    for (int round = 0; System.nanoTime() < until; round++) {
      for (int i = 0; i < 100; i++) {
        anna.channel().publish(Bytes.utf8(round + "." + i));
      }
      for (int i = 0; i < 100; i++) {
        bert.gets(round + "." + i);
      }
    }
  }

  @Test
  void givenAnotherChannel_whenSomethingIsSaidThere_thenItIsNotHeardHere() {
    Member anna = join(shared, "here").gets(CONNECTED);
    Member bert = join(shared, "there").gets(CONNECTED);

    bert.says("over there");
    anna.says("over here");

    anna.gets("over here");
    bert.gets("over there");
  }

  @Test
  void givenMembersWhoComeAndGo_whenCounted_thenThoseWhoAreThereCount() {
    Member anna = join(shared, "count").gets(CONNECTED);
    assertThat(result(anna.channel().subscribers())).isEqualTo(1);

    Member bert = join(shared, "count").gets(CONNECTED);
    assertThat(result(anna.channel().subscribers())).isEqualTo(2);

    result(bert.channel().close());
    assertThat(result(anna.channel().subscribers())).isEqualTo(1);
  }

  @Test
  void givenAMemberWhoHasLeft_whenOthersGoOn_thenItHearsNothingAndCannotSpeak() {
    Member anna = join(shared, "left").gets(CONNECTED);
    Member bert = join(shared, "left").gets(CONNECTED);

    result(bert.channel().close());
    anna.says("still here");

    anna.gets("still here");
    assertThat(bert.isSilent()).isTrue();
    assertThat(failure(bert.channel().publish(Bytes.utf8("me too")))).isNotNull();
  }

  @Test
  void givenAMember_whenItJoinsTwice_thenItIsRefused() {
    Member anna = join(shared, "twice");

    assertThatThrownBy(() -> anna.channel().join(anna)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void givenAConnectionThatRedisCuts_whenItIsBack_thenThereIsOneSubscriptionAgain() {
    try (RedisServer redis = RedisServer.start()) {
      Member anna = join(redis, "cut").gets(CONNECTED);

      ask(redis, Request.cmd(Command.CLIENT).arg("KILL").arg("TYPE").arg("pubsub"));

      anna.gets(DISCONNECTED, CONNECTED);
      anna.says("here I am");
      anna.gets("here I am");
      assertThat(result(anna.channel().subscribers())).isEqualTo(1);
      assertThat(clients(redis, "TYPE", "normal").lines()).hasSize(2);
    }
  }

  @Test
  void givenARedisThatStops_whenItIsThereAgain_thenSoIsTheSubscription() {
    try (RedisServer redis = RedisServer.start()) {
      Member anna = join(redis, "restart").gets(CONNECTED);

      redis.stop();
      anna.gets(DISCONNECTED);
      assertThat(failure(anna.channel().publish(Bytes.utf8("lost")))).isNotNull();
      assertThat(failure(anna.channel().subscribers())).isNotNull();
      redis.startAgain();

      anna.gets(CONNECTED);
      anna.says("again");
      anna.gets("again");
    }
  }

  @Test
  void givenNoRedisYet_whenJoined_thenPublishingFailsAtOnceAndItConnectsWhenThereIsOne() {
    try (RedisServer redis = RedisServer.start()) {
      redis.stop();
      Member anna = join(redis, "late");

      assertThat(failure(anna.channel().publish(Bytes.utf8("nobody"))))
          .hasMessageContaining("not connected");
      redis.startAgain();

      anna.gets(CONNECTED);
    }
  }

  @Test
  void givenARedisThatHangs_whenProbed_thenTheMemberIsNotifiedAndItRecovers() {
    try (RedisServer redis = RedisServer.start()) {
      Member anna = join(redis, "hang").gets(CONNECTED);

      redis.hold();
      assertThat(failure(anna.channel().publish(Bytes.utf8("?")))).isNotNull();
      anna.gets(DISCONNECTED);
      redis.letGo();

      anna.gets(CONNECTED);
      assertThat(result(anna.channel().subscribers())).isEqualTo(1);
    }
  }

  @Test
  void givenARedisThatHangs_whenTheChannelIsClosed_thenThatDoesNotTakeLong() {
    try (RedisServer redis = RedisServer.start()) {
      Member anna = join(redis, "hang").gets(CONNECTED);

      redis.hold();

      result(anna.channel().close());
      redis.letGo();
    }
  }

  @Test
  void givenAPassword_whenItIsInTheUrl_thenTheMemberIsLetIn() {
    try (RedisServer redis = RedisServer.startWithPassword("a+b c/d@e%")) {
      ServiceUrl url = redis.url(":a+b%20c%2Fd%40e%25");

      Member anna = new Member(channels, url, "secret").gets(CONNECTED);

      anna.says("hello");
      anna.gets("hello");
    }
  }

  @Test
  void givenAPassword_whenItIsWrongOrMissing_thenTheMemberStaysOutside() {
    try (RedisServer redis = RedisServer.startWithPassword("sesame")) {
      Member anna = new Member(channels, redis.url(":open"), "secret");
      Member bert = new Member(channels, redis.url(), "secret");
      Member carl = new Member(channels, redis.url("default:sesame"), "secret").gets(CONNECTED);

      assertThat(failure(anna.channel().publish(Bytes.utf8("?")))).isNotNull();
      assertThat(failure(bert.channel().publish(Bytes.utf8("?")))).isNotNull();
      assertThat(result(carl.channel().subscribers())).isEqualTo(1);
      assertThat(anna.isSilent()).isTrue();
      assertThat(bert.isSilent()).isTrue();
    }
  }

  @Test
  void givenTls_whenTheCertificateIsTrusted_thenTheMemberIsLetInAndOthersAreNot(
      @TempDir Path folder) {
    TestCertificate certificate = TestCertificate.in(folder);
    try (RedisServer redis = RedisServer.startWithTls(certificate)) {
      Broker trusting =
          new Broker(
              redis.url(), ServiceTls.trusting(certificate.cert().toString()), "test");
      Member stranger = join(redis, "tls");

      Member anna = new Member(channels, trusting, "tls").gets(CONNECTED);

      anna.says("sealed");
      anna.gets("sealed");
      assertThat(result(anna.channel().subscribers())).isEqualTo(1);
      assertThat(stranger.isSilent()).isTrue();
    }
  }

  @Test
  void givenAUserWhoMayNotPublish_whenItPublishes_thenThatIsSaidOnceAndItStillHears() {
    try (RedisServer redis = RedisServer.start();
        RedisProbe probe = new RedisProbe(redis.url());
        LogLines log = new LogLines(RedisChannel.class, ":" + redis.port())) {
      Member anna = join(redis, "mute").gets(CONNECTED);
      probe.ask("ACL", "SETUSER", "loud", "on", "nopass", "~*", "&*", "+@all");
      probe.ask("ACL", "SETUSER", "default", "-publish");

      for (int i = 0; i < 3; i++) {
        assertThat(failure(anna.channel().publish(Bytes.utf8("?")))).isNotNull();
      }

      assertThat(log.lines()).filteredOn(line -> line.contains("refuses what is published"))
          .singleElement().asString().startsWith("WARN").contains("error=NOPERM");
      new Member(channels, redis.url("loud:any"), "mute").gets(CONNECTED).says("heard");
      anna.gets("heard");
    }
  }

  @Test
  void givenAChannelWithoutMembers_whenRedisIsAsked_thenThereIsNoConnection() {
    try (RedisServer redis = RedisServer.start()) {
      channels.channel(Broker.of(redis.url(), "test"), "unused");

      assertThat(clients(redis).lines()).hasSize(1);
    }
  }

  @Test
  void givenAUrlOfSomethingElse_whenAChannelIsWanted_thenTheUrlIsRefused() {
    Broker other = Broker.of(ServiceUrl.parse("amqp://me:secret@host"), "test");
    assertThatThrownBy(() -> channels.channel(other, "x"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'amqp://***@host' is not valid; expected the URL of a Redis");
  }
}
