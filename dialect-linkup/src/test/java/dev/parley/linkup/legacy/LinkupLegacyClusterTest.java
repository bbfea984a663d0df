package dev.parley.linkup.legacy;

import static dev.parley.linkup.legacy.LinkupLegacyBroker.Generation.EARLY;
import static dev.parley.linkup.legacy.LinkupLegacyBroker.Generation.LATER;
import static dev.parley.linkup.legacy.LinkupLegacyClusterOptions.Answers.ALWAYS;
import static dev.parley.linkup.legacy.LinkupLegacyClusterOptions.Answers.KNOWN_ONLY;
import static dev.parley.linkup.legacy.LinkupLegacyNode.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.linkup.legacy.LinkupLegacyClusterOptions.Answers;
import dev.parley.signal.Bytes;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test has a channel of its own. */
@Timeout(180)
class LinkupLegacyClusterTest {

  /** For answers that must come by themselves: waiting this long fails the test. */
  private static final Duration LONG = Duration.ofSeconds(10);

  /** For answers that come by waiting. */
  private static final Duration SHORT = Duration.ofMillis(300);

  private static final AtomicInteger CHANNELS = new AtomicInteger();

  private static RedisServer redis;

  private final String channel = "linkup" + CHANNELS.incrementAndGet();
  private final List<LinkupLegacyMember> members = new ArrayList<>();

  @BeforeAll
  static void startRedis() {
    redis = RedisServer.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @AfterEach
  void leave() {
    members.forEach(LinkupLegacyMember::close);
  }

  private LinkupLegacyBroker broker(LinkupLegacyBroker.Generation generation) {
    LinkupLegacyBroker broker = new LinkupLegacyBroker(redis.port(), channel, generation);
    members.add(broker);
    return broker;
  }

  private LinkupLegacyNode node(Answers answers, Duration patience) {
    long before = redis.subscribers(channel);
    LinkupLegacyNode node = new LinkupLegacyNode(redis.url(), channel, answers, patience);
    members.add(node);
    Waits.until("the node to subscribe", () -> redis.subscribers(channel) > before);
    return node;
  }

  private static Duration timeOf(Runnable action) {
    long begin = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static String next(LinkupLegacyMember member) throws InterruptedException {
    return member.delivered().poll(Waits.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  // ---- asking

  @ParameterizedTest
  @EnumSource(Answers.class)
  void givenNobodyElse_whenAsked_thenItIsANoAtOnce(Answers answers) {
    LinkupLegacyNode node = node(answers, LONG);

    assertThat(timeOf(() -> assertThat(node.asks("alice")).isFalse()))
        .isLessThan(LONG);
  }

  @Test
  void givenLaterBrokers_whenOneKnowsThePeer_thenItIsAYesElseANoBothWithoutWaiting() {
    LinkupLegacyBroker one = broker(LATER);
    broker(LATER);
    LinkupLegacyNode node = node(ALWAYS, LONG);
    one.peers().add("alice");

    assertThat(timeOf(() -> {
      assertThat(node.asks("alice")).isTrue();
      assertThat(node.asks("bob")).isFalse();
    })).isLessThan(LONG);
    assertThat(one.isCrashed()).isFalse();
  }

  @Test
  void givenEarlyBrokers_whenOneKnowsThePeer_thenItIsAYesAtOnceElseANoAfterTheWait() {
    LinkupLegacyBroker one = broker(EARLY);
    broker(EARLY);
    LinkupLegacyNode node = node(KNOWN_ONLY, SHORT);
    one.peers().add("alice");

    assertThat(node.asks("alice")).isTrue();
    assertThat(node.asks("bob")).isFalse();
  }

  @Test
  void givenABrokerThatHangs_whenAsked_thenTheNoIsBounded() {
    broker(LATER);
    broker(LATER).fallSilent();
    LinkupLegacyNode node = node(ALWAYS, SHORT);

    assertThat(node.asks("alice")).isFalse();
  }

  @Test
  void givenABrokerThatHangs_whenAnotherKnowsThePeer_thenItIsAYesAtOnce() {
    broker(LATER).peers().add("alice");
    broker(LATER).fallSilent();
    LinkupLegacyNode node = node(ALWAYS, LONG);

    assertThat(node.asks("alice")).isTrue();
  }

  @Test
  void givenABrokerThatHasLeft_whenAsked_thenItsAnswerIsNotWaitedFor() {
    LinkupLegacyBroker one = broker(LATER);
    LinkupLegacyBroker two = broker(LATER);
    LinkupLegacyNode node = node(ALWAYS, LONG);
    assertThat(node.asks("alice")).isFalse();
    one.close();
    Waits.until("both to subscribe", () -> redis.subscribers(channel) == 2);
    two.peers().add("bob");

    assertThat(node.asks("alice")).isFalse();
    assertThat(node.asks("bob")).isTrue();
  }

  @Test
  void givenManyWhoWantToKnowTheSame_whenTheyAskAtOnce_thenThereIsOneQuestionForAll() {
    LinkupLegacyBroker broker = broker(LATER);
    LinkupLegacyNode node = node(ALWAYS, LONG);
    broker.peers().add("alice");
    broker.hold();

    List<Future<Boolean>> answers =
        IntStream.range(0, 20).mapToObj(i -> node.cluster().knows("alice")).toList();
    Waits.until("the question",
        () -> broker.heard("{\"type\":\"find\",\"data\":{\"id\":\"alice\"}}") > 0);
    Future<Boolean> another = node.cluster().knows("bob");
    broker.letGo();

    assertThat(answers).allMatch(answer -> result(answer));
    assertThat(result(another)).isFalse();
    assertThat(broker.heard("{\"type\":\"find\",\"data\":{\"id\":\"alice\"}}")).isEqualTo(1);
    assertThat(node.asks("alice")).isTrue();
    assertThat(broker.heard("{\"type\":\"find\",\"data\":{\"id\":\"alice\"}}")).isEqualTo(2);
  }

  /** Counting the first answers only would make a no of what the two fast ones say twice. */
  @Test
  void givenSomebodyElseWhoAsksTheSameAtTheSameTime_whenAnswersMix_thenAllAreWaitedFor()
      throws InterruptedException {
    LinkupLegacyBroker fast = broker(LATER);
    LinkupLegacyBroker slow = broker(LATER);
    LinkupLegacyNode node = node(ALWAYS, LONG);
    node.peers().add("fence");
    slow.peers().add("alice");
    slow.hold();
    String no = "{\"type\":\"found\",\"data\":{\"id\":\"alice\",\"found\":false}}";

    fast.says("{\"type\":\"find\",\"data\":{\"id\":\"alice\"}}");
    Future<Boolean> answer = node.cluster().knows("alice");
    Waits.until("all answers", () -> fast.heard(no) == 4);
    fast.signals("fast", "fence", "1");
    assertThat(next(node)).isEqualTo("fast>fence:1");
    assertThat(answer.isComplete()).isFalse();
    slow.letGo();

    assertThat(result(answer)).isTrue();
  }

  // ---- answering

  @Test
  void givenLaterBrokers_whenOneAsks_thenTheNodeAnswersOnceAndRight() {
    LinkupLegacyBroker one = broker(LATER);
    broker(LATER);
    LinkupLegacyNode node = node(ALWAYS, LONG);
    node.peers().add("alice");

    assertThat(one.asks("alice", 5_000)).hasValue(true);
    assertThat(one.asks("bob", 5_000)).hasValue(false);
    assertThat(one.isCrashed()).isFalse();
    assertThat(one.heard("{\"type\":\"found\",\"data\":{\"id\":\"alice\",\"found\":true}}"))
        .isEqualTo(1);
  }

  @Test
  void givenEarlyBrokers_whenOneAsks_thenTheNodeAnswersOnlyIfItKnowsThePeer() {
    LinkupLegacyBroker one = broker(EARLY);
    LinkupLegacyNode node = node(KNOWN_ONLY, SHORT);
    node.peers().add("alice");

    assertThat(one.asks("alice", 5_000)).hasValue(true);
    assertThat(one.asks("bob", SHORT.toMillis())).isEmpty();
    assertThat(one.heard())
        .containsExactly(
            "{\"type\":\"find\",\"data\":{\"id\":\"alice\"}}",
            "{\"type\":\"found\",\"data\":{\"id\":\"alice\"}}",
            "{\"type\":\"find\",\"data\":{\"id\":\"bob\"}}");
  }

  /** Why there is an option at all: the negative twins of the two tests above. */
  @Test
  void givenTheWrongGeneration_whenOneAsks_thenItIsMisledOrHangs() {
    LinkupLegacyBroker early = broker(EARLY);
    node(ALWAYS, SHORT);

    assertThat(early.asks("missing", 5_000)).hasValue(true);

    members.forEach(LinkupLegacyMember::close);
    members.clear();
    Waits.until("the end of the subscriptions", () -> redis.subscribers(channel) == 0);
    LinkupLegacyBroker later = broker(LATER);
    node(KNOWN_ONLY, SHORT);

    assertThat(later.asks("missing", SHORT.toMillis())).isEmpty();
  }

  @Test
  void givenALaterBrokerAmongEarlyOnes_whenItSaysNo_thenThatIsNoYes() {
    broker(LATER);
    LinkupLegacyNode node = node(KNOWN_ONLY, SHORT);

    assertThat(node.asks("missing")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "true", "\"\\u00fc\\\"\\ud834\\udd1e\""})
  void givenAnUnusualId_whenABrokerAsks_thenTheAnswerHasItAsItWasAsked(String id) {
    LinkupLegacyBroker broker = broker(LATER);
    broker.fallSilent();
    node(ALWAYS, LONG);

    broker.says("{\"data\":{\"more\":[1],\"id\":" + id + "},\"type\":\"find\",\"more\":{}}");

    Waits.until("the answer",
        () -> broker.heard(
            "{\"type\":\"found\",\"data\":{\"id\":" + id + ",\"found\":false}}") == 1);
  }

  @Test
  void givenAnIdWithEverythingInIt_whenAskedAbout_thenItIsUnderstood() {
    LinkupLegacyBroker broker = broker(LATER);
    LinkupLegacyNode node = node(ALWAYS, LONG);
    String id = "\"quoted\" \\ – ü 𝄞\n";
    broker.peers().add(id);
    node.peers().add(id + id);

    assertThat(node.asks(id)).isTrue();
    assertThat(broker.asks(id + id, 5_000)).hasValue(true);
    assertThat(broker.isCrashed()).isFalse();
  }

  @Test
  void givenANodeThatCannotTellWhoIsHere_whenABrokerAsks_thenItGetsItsAnswerAllTheSame() {
    LinkupLegacyBroker broker = broker(LATER);
    LinkupLegacyNode node = node(ALWAYS, SHORT);

    node.looks(id -> Future.failedFuture(new IllegalStateException("away")));
    assertThat(broker.asks("failed", 5_000)).hasValue(false);
    node.looks(id -> {
      throw new IllegalStateException("defect");
    });
    assertThat(broker.asks("thrown", 5_000)).hasValue(false);
    node.looks(id -> Promise.<Boolean>promise().future());
    assertThat(broker.asks("never", 5_000)).hasValue(false);
  }

  // ---- one owner

  @ParameterizedTest
  @EnumSource(Answers.class)
  void givenAnIdThatNobodyHas_whenRegistered_thenTheNodesOwnYesDoesNotCount(Answers answers) {
    LinkupLegacyBroker broker = broker(answers == ALWAYS ? LATER : EARLY);
    LinkupLegacyNode node = node(answers, answers == ALWAYS ? LONG : SHORT);

    assertThat(node.registers("alice")).isTrue();
    assertThat(broker.asks("alice", 5_000)).hasValue(true);
    assertThat(node.registers("alice")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Answers.class)
  void givenAnIdThatABrokerHas_whenRegistered_thenItIsContested(Answers answers) {
    LinkupLegacyBroker broker = broker(answers == ALWAYS ? LATER : EARLY);
    LinkupLegacyNode node = node(answers, LONG);
    broker.peers().add("alice");

    assertThat(node.registers("alice")).isFalse();
    assertThat(node.peers()).isEmpty();
  }

  @Test
  void givenAQuestionUnderWay_whenTheIdIsRegistered_thenItIsAskedAnew() {
    LinkupLegacyBroker broker = broker(LATER);
    LinkupLegacyNode node = node(ALWAYS, LONG);
    broker.hold();

    Future<Boolean> known = node.cluster().knows("alice");
    Waits.until("the first question",
        () -> broker.heard("{\"type\":\"find\",\"data\":{\"id\":\"alice\"}}") == 1);
    node.peers().add("alice");
    Future<Boolean> contested = node.cluster().hasTaken("alice");
    Waits.until("the second question",
        () -> broker.heard("{\"type\":\"find\",\"data\":{\"id\":\"alice\"}}") == 2);
    broker.letGo();

    assertThat(result(known)).isFalse();
    assertThat(result(contested)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Answers.class)
  void givenTwoNodes_whenBothRegisterAnIdAtOnce_thenNotBothKeepIt(Answers answers) {
    LinkupLegacyNode one = node(answers, SHORT);
    LinkupLegacyNode two = node(answers, SHORT);

    for (int i = 0; i < 10; i++) {
      String id = "alice" + i;
      one.peers().add(id);
      two.peers().add(id);
      Future<Boolean> first = one.cluster().hasTaken(id);
      Future<Boolean> second = two.cluster().hasTaken(id);

      assertThat(result(first) || result(second)).isTrue();
    }
  }

  // ---- signals

  @Test
  void givenPeersHereAndThere_whenTheySignal_thenItArrivesInOrderAndAsItWas()
      throws InterruptedException {
    LinkupLegacyBroker broker = broker(LATER);
    LinkupLegacyNode node = node(ALWAYS, LONG);
    LinkupLegacyNode another = node(ALWAYS, LONG);
    node.peers().add("alice");
    broker.peers().add("bob");

    for (String signal : List.of("{\"type\":\"offer\"}", "null", "[1.50]", "\"\\u00fc\"")) {
      node.signals("alice", "bob", signal);
      broker.signals("bob", "alice", signal);
      assertThat(next(node)).isEqualTo("bob>alice:" + signal);
    }

    assertThat(next(broker)).isEqualTo("alice>bob:{\"type\":\"offer\"}");
    assertThat(next(broker)).isEqualTo("alice>bob:null");
    assertThat(next(broker)).isEqualTo("alice>bob:[1.5]");
    assertThat(next(broker)).isEqualTo("alice>bob:\"ü\"");
    assertThat(another.delivered()).isEmpty();
    assertThat(node.delivered()).isEmpty();
    assertThat(broker.isCrashed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "undefined", "1},\"x\":{\"y\":1"})
  void givenASignalThatIsNoJson_whenItShallBePublished_thenThatIsRefused(String signal) {
    LinkupLegacyNode node = node(ALWAYS, LONG);

    assertThatThrownBy(() -> node.cluster().signal("alice", "bob", Bytes.utf8(signal)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- everything else

  @Test
  void givenGarbageInTheChannel_whenHeard_thenItIsIgnoredAndNothingIsSaid() {
    LinkupLegacyBroker broker = broker(LATER);
    LinkupLegacyNode node = node(ALWAYS, LONG);
    node.peers().addAll(List.of("alice", "carl"));
    List<String> garbage =
        List.of("", "garbage", "{", "[]", "null", "5", "\"find\"", "{}", "{\"type\":\"find\"}",
            "{\"data\":{\"id\":\"alice\"}}", "{\"type\":5,\"data\":{\"id\":\"alice\"}}",
            "{\"type\":\"find\",\"data\":null}", "{\"type\":\"find\",\"data\":\"alice\"}",
            "{\"type\":\"find\",\"data\":{}}", "{\"type\":\"find\",\"data\":{\"id\":null}}",
            "{\"type\":\"find\",\"data\":{\"id\":[\"alice\"]}}",
            "{\"type\":\"found\",\"data\":{}}",
            "{\"type\":\"found\",\"data\":{\"id\":\"bob\",\"found\":\"maybe\"}}",
            "{\"type\":\"signal\",\"data\":{\"from\":\"bob\",\"to\":\"alice\"}}",
            "{\"type\":\"signal\",\"data\":{\"to\":\"alice\",\"signal\":1}}",
            "{\"type\":\"signal\",\"data\":{\"from\":{},\"to\":\"alice\",\"signal\":1}}",
            "{\"type\":\"find\",\"data\":{\"id\":\"alice\"}} {}",
            "{\"type\":\"dance\",\"data\":{\"id\":\"alice\"}}",
            "{\"type\":\"find\",\"data\":{\"id\":\"alice\",\"x\":" + "[".repeat(100)
                + "]".repeat(100) + "}}");

    Future<Boolean> bob = node.cluster().knows("bob");
    garbage.forEach(broker::says);

    assertThat(result(bob)).isFalse();
    assertThat(broker.asks("carl", 5_000)).hasValue(true);
    assertThat(broker.heard("{\"type\":\"found\",\"data\":{\"id\":\"alice\",\"found\":true}}"))
        .isZero();
    assertThat(node.delivered()).isEmpty();
  }

  @Test
  void givenTwoNodesAndTwoBrokers_whenEachAsksAboutEachPeer_thenAllAreFoundAndNoOthers()
      throws InterruptedException {
    List<LinkupLegacyMember> all =
        List.of(broker(LATER), node(ALWAYS, LONG), broker(LATER), node(ALWAYS, LONG));
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < all.size(); j++) {
        all.get(j).peers().add("peer" + j + " for " + i);
      }
    }

    for (int i = 0; i < all.size(); i++) {
      LinkupLegacyMember asking = all.get(i);
      for (int j = 0; j < all.size(); j++) {
        String peer = "peer" + j + " for " + i;
        assertThat(i == j || asking.asks(peer)).as(peer).isTrue();
        asking.signals("sender", peer, "1");
        assertThat(next(all.get(j))).isEqualTo("sender>" + peer + ":1");
      }
      assertThat(asking.asks("stranger for " + i)).isFalse();
    }
    assertThat(all).allMatch(member -> member.delivered().isEmpty());
  }

  @Test
  void givenANodeThatLeaves_whenBrokersAsk_thenTheyDoNotWaitForIt() {
    LinkupLegacyBroker broker = broker(LATER);
    LinkupLegacyNode node = node(ALWAYS, LONG);
    node.peers().add("alice");
    assertThat(broker.asks("alice", 5_000)).hasValue(true);

    result(node.cluster().close());

    assertThat(broker.asks("alice", 5_000)).hasValue(false);
  }

  // ---- without Redis

  @Test
  void givenARedisThatGoesAway_whenAsked_thenQuestionsAreANoUntilItIsBack() {
    try (RedisServer own = RedisServer.start();
        LinkupLegacyNode node = new LinkupLegacyNode(own.url(), channel, ALWAYS, SHORT)) {
      assertThat(node.asks("alice")).isFalse();
      own.stop();
      Waits.until("a publish that fails", () -> signalFails(node));

      assertThat(node.asks("alice")).isFalse();
      assertThat(node.registers("alice")).isTrue();

      own.startAgain();
      try (LinkupLegacyBroker broker = new LinkupLegacyBroker(own.port(), channel, LATER)) {
        broker.peers().add("bob");
        Waits.until("the answer of the broker", () -> node.asks("bob"));
        assertThat(broker.asks("alice", 5_000)).hasValue(true);
      }
    }
  }

  @Test
  void givenAShortOutage_whenAskedInIt_thenTheQuestionIsPutWhenItIsOver() {
    try (RedisServer own = RedisServer.start();
        LinkupLegacyNode node = new LinkupLegacyNode(own.url(), channel, ALWAYS, LONG)) {
      assertThat(node.asks("alice")).isFalse();
      own.stop();
      Waits.until("a publish that fails", () -> signalFails(node));
      Future<Boolean> answer = node.cluster().hasTaken("bob");

      own.startAgain();
      try (LinkupLegacyBroker broker = new LinkupLegacyBroker(own.port(), channel, LATER)) {
        broker.peers().add("bob");

        assertThat(result(answer)).isTrue();
      }
    }
  }

  private static boolean signalFails(LinkupLegacyNode node) {
    return result(
        node.cluster()
            .signal("a", "b", Bytes.utf8("1"))
            .transform(sent -> Future.succeededFuture(sent.failed())));
  }
}
