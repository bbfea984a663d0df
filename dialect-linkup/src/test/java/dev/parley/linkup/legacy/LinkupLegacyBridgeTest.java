package dev.parley.linkup.legacy;

import static dev.parley.linkup.legacy.LinkupLegacyBroker.Generation.EARLY;
import static dev.parley.linkup.legacy.LinkupLegacyBroker.Generation.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.ClusterOptions;
import dev.parley.config.ServiceTls;
import dev.parley.linkup.LinkupOptions;
import dev.parley.linkup.legacy.LinkupLegacyClusterOptions.Answers;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.Stage;
import dev.parley.testkit.waits.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three nodes that are one gateway over a Redis, and brokers that are still running, over a channel
 * of the same Redis: each node is a member there by itself, and its clients do not notice which way
 * a peer is reached. Clients have ids of the form {@code anna}; each connects to the next node.
 */
@Timeout(180)
@ParameterizedClass
@EnumSource
class LinkupLegacyBridgeTest {

  private static final int NODES = 3;
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final AtomicInteger CLUSTERS = new AtomicInteger();

  private static RedisServer redis;

  private final Answers answers;
  private final String name = "bridge" + CLUSTERS.incrementAndGet();
  private final List<GatewayFixture> nodes = new ArrayList<>();
  private final LinkupLegacyBroker broker;
  private final LinkupLegacyWitness witness;
  private final Stage stage;

  LinkupLegacyBridgeTest(Answers answers) {
    this.answers = answers;
    // A query without an answer takes this long; where all answer, no query is to take so long.
    Duration patience = answers == Answers.ALWAYS ? Duration.ofSeconds(10) : Duration.ofMillis(300);
    LinkupOptions linkup = new LinkupOptions(LinkupOptions.DEFAULT.glareWait(),
        new LinkupLegacyClusterOptions(redis.url(), ServiceTls.DEFAULT, name, answers, patience));
    ClusterOptions hub =
        ClusterOptions.DEFAULT.at(redis.url()).named(name).lasting(LEASE);
    for (int i = 0; i < NODES; i++) {
      nodes.add(GatewayFixture.gateway().dialect("linkup", "/", linkup).cluster(hub).start());
    }
    Waits.until("the nodes to subscribe", () -> redis.subscribers(name) == NODES);
    broker = new LinkupLegacyBroker(redis.port(), name, answers == Answers.ALWAYS ? LATER : EARLY);
    witness = new LinkupLegacyWitness(redis.port(), name);
    stage = new Stage(nodes.stream().map(node -> node.httpUri("")).toList(), () -> {}, name);
  }

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
    stage.close();
    nodes.forEach(GatewayFixture::close);
    witness.close();
    broker.close();
  }

  private Actor connected(String client) {
    return stage.actor(client).connects("/");
  }

  private Actor registered(String client) {
    return registers(connected(client), client).gets(granted(client));
  }

  private static Actor registers(Actor actor, String id) {
    return actor.sends(
        "{'jsonrpc':'2.0','id':'r','method':'register','params':{'id':'<" + id + ">'}}");
  }

  private static String granted(String id) {
    return "{'jsonrpc':'2.0','id':'r','result':'<" + id + ">','error':null}";
  }

  private static String refused(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"result\":null,\"error\":{\"code\":-32603,"
        + "\"message\":\"id \\\"<" + id + ">\\\" already taken\",\"data\":null}}";
  }

  private static String signal(String from, String to, int number) {
    return "{'jsonrpc':'2.0','method':'signal','params':{'from':'<" + from + ">','to':'<" + to
        + ">','signal':{'n':" + number + "}}}";
  }

  private static String exists(String id) {
    return "{'jsonrpc':'2.0','id':'e','method':'exists','params':{'id':'<" + id + ">'}}";
  }

  private static String found(boolean there) {
    return "{'jsonrpc':'2.0','id':'e','result':" + there + ",'error':null}";
  }

  private String id(String client) {
    return stage.resolve("<" + client + ">");
  }

  /** What was said about an id, as {@code find}, {@code found}, {@code found true}… */
  private List<String> saidAbout(String id) {
    return witness.heard().stream()
        .filter(message -> message.at("/data/id").asText().equals(id))
        .map(message -> message.get("type").textValue()
            + (message.at("/data/found").isMissingNode() ? ""
                : " " + message.at("/data/found").booleanValue()))
        .toList();
  }

  /** All answers to a query for an id that one of the nodes has. */
  private List<String> allAnswersForALocalPeer() {
    return switch (answers) {
      case ALWAYS -> List.of("found false", "found false", "found false", "found true");
      case KNOWN_ONLY -> List.of("found");
    };
  }

  @Test
  void givenThreeNodes_whenTheyServe_thenEachHasSubscribedOnce() {
    registered("anna");
    registered("bert");

    assertThat(redis.subscribers(name)).isEqualTo(NODES + 1);
  }

  @Test
  void givenAClientOfEachNode_whenTheBrokerAsks_thenItIsFoundAndEachNodeAnswersByItsRule() {
    for (String client : List.of("anna", "bert", "cora")) {
      registered(client);
      fence();
      int before = saidAbout(id(client)).size();

      assertThat(broker.asks(id(client), 5_000)).as(client).hasValue(true);

      int expected = before + 1 + allAnswersForALocalPeer().size();
      Waits.until("all answers", () -> saidAbout(id(client)).size() >= expected);
      fence();
      List<String> said = saidAbout(id(client));
      assertThat(said.subList(before + 1, said.size())).as(client)
          .containsExactlyInAnyOrderElementsOf(allAnswersForALocalPeer());
    }
    assertThat(broker.isCrashed()).isFalse();
  }

  /** All that was published before this has arrived everywhere and is answered, if it ever is. */
  private void fence() {
    String id = "fence-" + witness.heard().size();
    broker.peers().add(id);
    assertThat(broker.asks(id, 5_000)).hasValue(true);
    int all = answers == Answers.ALWAYS ? 1 + NODES + 1 : 2;
    Waits.until("all answers to the fence", () -> saidAbout(id).size() == all);
  }

  @Test
  void givenNoSuchPeer_whenTheBrokerAsks_thenNoNodeSaysYes() {
    registered("anna");

    getsNoYesFor("missing");
    assertThat(broker.isCrashed()).isFalse();
  }

  private void getsNoYesFor(String id) {
    switch (answers) {
      case ALWAYS -> assertThat(broker.asks(id, 5_000)).hasValue(false);
      case KNOWN_ONLY -> assertThat(broker.asks(id, 500)).isEmpty();
    }
  }

  @Test
  void givenAClientOfEachNode_whenTheBrokersClientSignals_thenEachHearsItOnceAndInOrder() {
    List<Actor> clients = Stream.of("anna", "bert", "cora").map(this::registered).toList();

    for (int number = 0; number < 20; number++) {
      for (String client : List.of("anna", "bert", "cora")) {
        broker.signals(id("old"), id(client), "{\"n\":" + number + "}");
      }
    }

    for (int i = 0; i < clients.size(); i++) {
      String client = List.of("anna", "bert", "cora").get(i);
      for (int number = 0; number < 20; number++) {
        clients.get(i).gets(signal("old", client, number));
      }
    }
    fence();
    clients.forEach(Actor::getsNothingMore);
  }

  @Test
  void givenAClientOfEachNode_whenItSignalsTheBrokersClient_thenThatOneHearsItOnceAndInOrder()
      throws InterruptedException {
    broker.peers().add(id("old"));
    List<String> clients = List.of("anna", "bert", "cora");

    for (String client : clients) {
      Actor actor = registered(client).sends(exists("old")).gets(found(true));
      for (int number = 0; number < 20; number++) {
        actor.sends(signal(client, "old", number));
      }
    }

    List<String> delivered = new ArrayList<>();
    for (int i = 0; i < clients.size() * 20; i++) {
      delivered.add(broker.delivered().poll(Waits.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
    fence();
    assertThat(broker.delivered()).isEmpty();
    for (String client : clients) {
      List<String> expected = Stream.iterate(0, number -> number + 1).limit(20)
          .map(number -> id(client) + ">" + id("old") + ":{\"n\":" + number + "}").toList();
      assertThat(delivered).filteredOn(line -> line.startsWith(id(client) + ">"))
          .isEqualTo(expected);
    }
  }

  @Test
  void givenClientsOfDifferentNodes_whenTheyFindAndSignalEachOther_thenTheChannelHasNoPart() {
    Actor anna = registered("anna");
    Actor bert = registered("bert");
    fence();
    int before = witness.heard().size();

    anna.sends(exists("bert")).gets(found(true));
    for (int number = 0; number < 20; number++) {
      anna.sends(signal("anna", "bert", number));
    }
    for (int number = 0; number < 20; number++) {
      bert.gets(signal("anna", "bert", number));
    }
    bert.getsNothingMore();

    fence();
    assertThat(witness.heard().subList(before, witness.heard().size()))
        .allMatch(message -> message.at("/data/id").asText().startsWith("fence-"));
  }

  @Test
  void givenAnIdThatTheBrokerHas_whenAClientOfAnyNodeWantsIt_thenItIsTaken() {
    broker.peers().add(id("old"));

    for (String client : List.of("anna", "bert", "cora")) {
      registers(connected(client), "old").gets(refused("old"));
    }
  }

  /** Over the channel alone it might be that neither gets it. */
  @Test
  void givenAnIdThatNobodyHas_whenClientsOfAllNodesWantItAtOnce_thenExactlyOneHasIt() {
    List<Actor> clients = Stream.of("anna", "bert", "cora").map(this::connected).toList();

    for (int round = 0; round < 10; round++) {
      String wanted = "wanted" + round;
      clients.forEach(client -> registers(client, wanted));
      clients.forEach(client -> client.getsOneOf(granted(wanted), refused(wanted)));

      assertThat(clients.stream().filter(client -> isGranted(client, wanted))).hasSize(1);
      assertThat(broker.asks(id(wanted), 5_000)).hasValue(true);
    }
  }

  private boolean isGranted(Actor client, String wanted) {
    return client.client().messages().getLast().contains("\"result\":\"" + id(wanted) + "\"");
  }

  @Test
  void givenAClientThatMovesToAnotherNode_whenTheBrokersClientSignals_thenItHearsItThere() {
    Actor old = registered("anna");
    old.sends("{'jsonrpc':'2.0','id':'u','method':'unregister'}")
        .gets("{'jsonrpc':'2.0','id':'u','result':null,'error':null}");

    Actor again = registers(connected("again"), "anna").gets(granted("anna"));
    broker.signals(id("old"), id("anna"), "{\"n\":1}");

    again.gets(signal("old", "anna", 1));
    fence();
    old.getsNothingMore();
    again.getsNothingMore();
    assertThat(broker.asks(id("anna"), 5_000)).hasValue(true);
  }

  @Test
  void givenANodeThatStops_whenTheBrokerAsks_thenNobodyWaitsForIt() {
    registered("anna");
    registered("bert");

    nodes.removeFirst().close();

    Waits.until("the nodes to subscribe", () -> redis.subscribers(name) == NODES);
    getsNoYesFor(id("anna"));
    assertThat(broker.asks(id("bert"), 5_000)).hasValue(true);
    registers(connected("cora"), "anna").gets(granted("anna"));
  }
}
