package dev.parley.linkup.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.config.ServiceTls;
import dev.parley.linkup.LinkupOptions;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.Stage;
import dev.parley.testkit.waits.Waits;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nodes of ours, with real clients' frames, in the cluster of brokers: what clients of two real
 * brokers sent is sent to two nodes, and they get what the originals gave but for the decided
 * differences; and clients here reach clients of a broker that is still running.
 */
@Timeout(180)
class LinkupLegacyClientReplayTest {

  private static final String CHANNEL = "linkup";

  /** What is answered differently on purpose, by the id of the request. */
  private static final Map<String, String> DIFFERENCES = Map.of(
      // A request without the version is answered without it.
      "2", "{'id':'2','result':'alice','error':null}",
      // Older clients need it.
      "8", "{'jsonrpc':'2.0','id':'8','result':'bob','error':null}",
      // An answer has both members.
      "10", "{'jsonrpc':'2.0','id':'10','result':null,'error':null}",
      "15", "{'jsonrpc':'2.0','id':'15','result':null,'error':null}",
      // The id is the client's.
      "12", "{'jsonrpc':'2.0','id':'12','result':'alice','error':null}");

  private static RedisServer redis;

  @BeforeAll
  static void startRedis() {
    redis = RedisServer.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  private static LinkupOptions amongBrokers() {
    return new LinkupOptions(
        Duration.ZERO,
        new LinkupLegacyClusterOptions(
            redis.url(), ServiceTls.DEFAULT, CHANNEL, LinkupLegacyClusterOptions.Answers.ALWAYS,
            Duration.ofSeconds(5)));
  }

  private static GatewayFixture node() {
    long before = redis.subscribers(CHANNEL);
    GatewayFixture node =
        GatewayFixture.gateway().dialect("linkup", "/", amongBrokers()).start();
    Waits.until("the broker to subscribe", () -> redis.subscribers(CHANNEL) == before + 1);
    return node;
  }

  @Test
  void givenTheFramesOfTheOriginalsClients_whenSentToTwoNodes_thenTheyGetWhatTheOriginalsGave()
      throws IOException {
    try (GatewayFixture one = node();
        GatewayFixture two = node();
        Stage first = new Stage(one.httpUri(""), "one");
        Stage second = new Stage(two.httpUri(""), "two")) {
      Map<String, Actor> clients =
          Map.of(
              "a", first.actor("a").connects("/"), "c", first.actor("c").connects("/"), "b",
              second.actor("b").connects("/"));
      for (JsonNode step : recording().path("clients")) {
        Actor client = clients.get(step.path("client").asText());
        if (step.has("closed")) {
          client.leaves();
        } else if (step.has("sent")) {
          send(client, step.path("sent"));
        } else {
          client.gets(
              Optional.ofNullable(DIFFERENCES.get(step.path("received").path("id").asText()))
                  .orElse(step.path("received").toString()));
        }
      }
      clients.values().stream()
          .filter(client -> !client.client().isOver())
          .forEach(Actor::getsNothingMore);
    }
  }

  /** The one text that is no JSON was ignored; here it is answered. */
  private static void send(Actor client, JsonNode sent) {
    if (sent.isTextual()) {
      client.sends(sent.asText()).gets(1);
      assertThat(client.client().messages().getLast()).contains("\"code\":-32700");
    } else {
      client.sends(sent.toString());
    }
  }

  private static JsonNode recording() throws IOException {
    try (InputStream in =
        LinkupLegacyClientReplayTest.class
            .getResourceAsStream("/transcripts/linkup-cluster.json")) {
      return new JsonMapper().readTree(in);
    }
  }

  @Test
  void givenAClientOfARunningBroker_whenOneOfOursCalls_thenTheyReachEachOther() throws Exception {
    try (LinkupLegacyBroker broker =
        new LinkupLegacyBroker(redis.port(), CHANNEL, LinkupLegacyBroker.Generation.LATER);
        GatewayFixture node = node();
        Stage stage = new Stage(node.httpUri(""), "s")) {
      broker.peers().add("bob");
      Actor anna =
          stage.actor("anna")
              .connects("/")
              .sends("{'id':1,'method':'register','params':{'id':'anna'}}")
              .gets("{'id':1,'result':'anna','error':null}")
              .sends(
                  "{'id':2,'method':'exists','params':{'id':'bob'}}",
                  "{'method':'signal','params':{'from':'anna','to':'bob','signal':{'n':1}}}",
                  "{'id':3,'method':'signal','params':{'from':'anna','to':'bob','signal':{'n':2}}}")
              .getsInAnyOrder(
                  "{'id':2,'result':true,'error':null}", "{'id':3,'result':null,'error':null}");

      assertThat(broker.delivered().poll(Waits.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo("anna>bob:{\"n\":1}");
      assertThat(broker.delivered().poll(Waits.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo("anna>bob:{\"n\":2}");
      assertThat(broker.asks("anna")).isTrue();
      broker.signals("bob", "anna", "{\"n\":3}");
      anna.gets("{'method':'signal','params':{'from':'bob','to':'anna','signal':{'n':3}}}");
    }
  }

  @Test
  void givenAnIdOfARunningBroker_whenOneOfOursWantsIt_thenItIsTakenAndFreeAgainHere() {
    try (LinkupLegacyBroker broker =
        new LinkupLegacyBroker(redis.port(), CHANNEL, LinkupLegacyBroker.Generation.LATER);
        GatewayFixture node = node();
        Stage stage = new Stage(node.httpUri(""), "s")) {
      broker.peers().add("bob");
      Actor thief =
          stage.actor("thief")
              .connects("/")
              .sends("{'id':1,'method':'register','params':{'id':'bob'}}")
              .gets(
                  "{'id':1,'result':null,'error':"
                      + "{'code':-32603,'message':'id \"bob\" already taken','data':null}}");

      broker.peers().remove("bob");
      thief.sends("{'id':2,'method':'register','params':{'id':'bob'}}")
          .gets("{'id':2,'result':'bob','error':null}");
    }
  }

  @Test
  void givenARegistrationUnderWay_whenTheClientChangesItsMind_thenTheLastWordCounts() {
    try (LinkupLegacyBroker broker =
        new LinkupLegacyBroker(redis.port(), CHANNEL, LinkupLegacyBroker.Generation.LATER);
        GatewayFixture node = node();
        Stage stage = new Stage(node.httpUri(""), "s")) {
      broker.hold();
      Actor anna =
          stage.actor("anna")
              .connects("/")
              .sends(
                  "{'id':1,'method':'register','params':{'id':'one'}}",
                  "{'id':2,'method':'register','params':{'id':'two'}}")
              .settles();
      broker.letGo();

      anna.getsInAnyOrder(
          "{'id':1,'result':null,'error':"
              + "{'code':-32603,'message':'id \"one\" was given up again','data':null}}",
          "{'id':2,'result':'two','error':null}");
      assertThat(broker.asks("one")).isFalse();
      assertThat(broker.asks("two")).isTrue();
    }
  }
}
