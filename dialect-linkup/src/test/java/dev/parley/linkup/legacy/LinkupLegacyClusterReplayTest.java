package dev.parley.linkup.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.linkup.legacy.LinkupLegacyClusterOptions.Answers;
import dev.parley.testkit.RedisCommands;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.waits.Waits;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What clients of two real brokers did, done again with one of the brokers, or both, replaced by a
 * node of ours: clients get what they got, and on the channel is said what was said.
 */
@Timeout(180)
class LinkupLegacyClusterReplayTest {

  private static final String CHANNEL = "linkup";
  private static final JsonMapper JSON = new JsonMapper();

  private static RedisServer redis;
  private static JsonNode recording;

  /** The ids of the clients, by their names in the recording. */
  private final Map<String, String> registered = new HashMap<>();

  private int marks;

  @BeforeAll
  static void prepare() throws IOException {
    redis = RedisServer.start();
    try (InputStream in =
        LinkupLegacyClusterReplayTest.class
            .getResourceAsStream("/transcripts/linkup-cluster.json")) {
      recording = JSON.readTree(in);
    }
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  private static LinkupLegacyMember member(String kind) {
    return switch (kind) {
      case "broker" ->
          new LinkupLegacyBroker(redis.port(), CHANNEL, LinkupLegacyBroker.Generation.LATER);
      case "node" -> {
        long before = redis.subscribers(CHANNEL);
        LinkupLegacyNode node =
            new LinkupLegacyNode(redis.url(), CHANNEL, Answers.ALWAYS, Duration.ofSeconds(10));
        Waits.until("the broker to subscribe", () -> redis.subscribers(CHANNEL) > before);
        yield node;
      }
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest
  @CsvSource({"broker, broker", "node, broker", "broker, node", "node, node"})
  void givenTheRecording_whenReplayed_thenClientsAndTheChannelSeeTheSame(
      String first, String second) throws InterruptedException {
    try (LinkupLegacyMember one = member(first);
        LinkupLegacyMember two = member(second);
        LinkupLegacyWitness witness = new LinkupLegacyWitness(redis.port(), CHANNEL)) {
      List<String> results = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (JsonNode step : recording.get("clients")) {
        LinkupLegacyMember broker = step.get("broker").intValue() == 1 ? one : two;
        if (step.has("sent")) {
          play(broker, step.get("client").textValue(), step.get("sent"), results);
          awaitQuiet(witness, one, two);
        } else if (step.has("received")) {
          expect(broker, step.get("received"), results, expected);
        } else {
          leave(broker, step.get("client").textValue());
        }
      }

      assertThat(results).isEqualTo(expected);
      assertThat(inRounds(witness.heard())).isEqualTo(inRounds(recording.get("channel")));
    }
  }

  /**
   * The recorded clients took their time, and the brokers need that: they would count an answer to
   * the question before for one to their own.
   */
  private void awaitQuiet(LinkupLegacyWitness witness, LinkupLegacyMember... members) {
    Waits.until("an answer to each question",
        () -> witness.count("found") == 2 * witness.count("find"));
    String mark = "{\"type\":\"mark\",\"data\":" + ++marks + "}";
    RedisCommands.ask(redis.port(), "PUBLISH", CHANNEL, mark);
    Waits.until("the mark", () -> witness.count("mark") == marks);
    for (LinkupLegacyMember member : members) {
      if (member instanceof LinkupLegacyBroker broker) {
        Waits.until("the mark at the broker", () -> broker.heard(mark) == 1);
      }
    }
  }

  /** A broker's part in what a client asks of it, as far as it concerns the cluster. */
  private void play(LinkupLegacyMember broker, String client, JsonNode request,
      List<String> results) {
    JsonNode params = request.path("params");
    String id = params.path("id").asText();
    switch (request.path("method").asText()) {
      case "register" -> {
        boolean taken = broker.peers().contains(id) || broker.asks(id);
        if (!taken) {
          leave(broker, client);
          broker.peers().add(id);
          registered.put(client, id);
        }
        results.add(taken ? "taken" : id);
      }
      case "exists" ->
          results.add(Boolean.toString(broker.peers().contains(id) || broker.asks(id)));
      case "unregister" -> leave(broker, client);
      case "signal" -> {
        if (params.get("from").textValue().equals(registered.get(client))) {
          broker.signals(
              params.get("from").textValue(), params.get("to").textValue(),
              params.get("signal").toString());
        }
      }
      default -> {}
    }
  }

  private void leave(LinkupLegacyMember broker, String client) {
    String id = registered.remove(client);
    if (id != null) {
      broker.peers().remove(id);
    }
  }

  private static void expect(
      LinkupLegacyMember broker, JsonNode received, List<String> results, List<String> expected)
      throws InterruptedException {
    JsonNode params = received.path("params");
    if (received.has("method")) {
      assertThat(broker.delivered().poll(Waits.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(
              params.get("from").textValue() + ">" + params.get("to").textValue() + ":"
                  + params.get("signal"));
    } else if (received.path("error").path("message").asText().endsWith("already taken")) {
      expected.add("taken");
    } else if (received.path("result").isBoolean()) {
      expected.add(received.get("result").asText());
    } else if (expected.size() < results.size()) {
      expected.add(received.get("result").textValue());
    }
  }

  /** Who answers first is a matter of chance, so the answers to a question are put in order. */
  private static List<String> inRounds(Iterable<JsonNode> said) {
    List<String> rounds = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (JsonNode message : said) {
      String type = message.get("type").textValue();
      if (type.equals("found")) {
        answers.add(message.toString());
      } else if (!type.equals("mark")) {
        answers.stream().sorted().forEach(rounds::add);
        answers.clear();
        rounds.add(message.toString());
      }
    }
    answers.stream().sorted().forEach(rounds::add);
    return rounds;
  }
}
