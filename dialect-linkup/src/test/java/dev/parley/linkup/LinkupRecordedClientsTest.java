package dev.parley.linkup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.testkit.WireClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What clients of real brokers did, done again here, frame by frame: they get what they got, to the
 * letter, but for what is done otherwise on purpose.
 */
class LinkupRecordedClientsTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final LinkupStage stage = new LinkupStage(LinkupOptions.DEFAULT);
  private final Map<String, Client> clients = new HashMap<>();

  /** What the real broker answered in another way, or not at all. */
  private enum Difference {

    A_REQUEST_WITHOUT_VERSION_IS_ANSWERED_WITHOUT_IT("2",
        "{\"id\":\"2\",\"result\":\"alice\",\"error\":null}"),

    FIND_IS_KNOWN_BESIDE_EXISTS("8",
        "{\"jsonrpc\":\"2.0\",\"id\":\"8\",\"result\":\"bob\",\"error\":null}"),

    A_SIGNAL_TO_NOBODY_IS_REPORTED_TO_WHOM_ASKS_FOR_AN_ANSWER("10",
        "{\"jsonrpc\":\"2.0\",\"id\":\"10\",\"result\":null,\"error\":"
            + "{\"code\":-32603,\"message\":\"Peer not found (nobody)\",\"data\":null}}"),

    A_BROKEN_MESSAGE_IS_REPORTED("not json",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":null,\"error\":{\"code\":-32700,"
            + "\"message\":\"Parse error: not JSON, or nested too deeply\",\"data\":null}}"),

    ONES_OWN_ID_CAN_BE_REGISTERED_AGAIN("12",
        "{\"jsonrpc\":\"2.0\",\"id\":\"12\",\"result\":\"alice\",\"error\":null}"),

    AN_ANSWER_WITHOUT_RESULT_HAS_IT_AS_NULL("15",
        "{\"jsonrpc\":\"2.0\",\"id\":\"15\",\"result\":null,\"error\":null}");

    private final String request;
    private final String answer;

    /**
     * @param request the id of the request, or what was sent if it is no request
     * @param answer what is answered here
     */
    Difference(String request, String answer) {
      this.request = request;
      this.answer = answer;
    }

    /** The difference that a request makes. */
    static Optional<Difference> of(Set<Difference> possible, String request) {
      return possible.stream().filter(each -> each.request.equals(request)).findFirst();
    }
  }

  /** A connection, and how many of its messages have been looked at. */
  private static final class Client {

    private final WireClient wire;
    private int read;

    Client(WireClient wire) {
      this.wire = wire;
    }

    String next() {
      return wire.awaitTexts(read + 1).get(read++);
    }
  }

  @AfterEach
  void clear() {
    clients.values().forEach(client -> client.wire.close());
    stage.close();
  }

  static Stream<Arguments> recordings() {
    return Stream.of(
        Arguments.of("linkup-client", Set.of()),
        Arguments.of("linkup-cluster", EnumSet.allOf(Difference.class)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordings")
  void givenARecording_whenItsClientsDoTheSame_thenTheyGetTheSame_butForTheDecidedDifferences(
      String recording, Set<Difference> decided) throws IOException {
    List<Difference> met = new ArrayList<>();
    for (JsonNode step : read(recording).get("clients")) {
      Client client = client(step.get("client").textValue());
      if (step.has("sent")) {
        send(client, step.get("sent"), decided, met);
      } else if (step.has("received")) {
        receive(client, step.get("received"), decided, met);
      } else if (step.has("closed")) {
        client.wire.close(1000, "");
        client.wire.awaitClosed();
      }
    }

    assertThat(met).containsExactlyInAnyOrderElementsOf(decided);
    // The first round ends when what was sent has been passed on, the second when it has come.
    clients.values().forEach(client -> client.wire.settle());
    clients.forEach((name, client) -> {
      client.wire.settle();
      assertThat(client.wire.texts()).as("what %s got", name).hasSize(client.read);
    });
  }

  /** The client of that name; a new one is connected. */
  private Client client(String name) {
    return clients.computeIfAbsent(name,
        newName -> new Client(WireClient.connect(stage.gateway().wsUri("/"))));
  }

  private static void send(
      Client client, JsonNode message, Set<Difference> decided, List<Difference> met) {
    if (message.isObject()) {
      client.wire.text(message.toString());
    } else {
      client.wire.text(message.textValue());
      Difference.of(decided, message.textValue()).ifPresent(answered -> {
        met.add(answered);
        assertThat(client.next()).as(answered.name()).isEqualTo(answered.answer);
      });
    }
  }

  private static void receive(
      Client client, JsonNode original, Set<Difference> decided, List<Difference> met) {
    Optional<Difference> difference = Difference.of(decided, original.path("id").asText());
    difference.ifPresentOrElse(answered -> {
      met.add(answered);
      assertThat(client.next()).as(answered.name()).isEqualTo(answered.answer)
          .isNotEqualTo(original.toString());
    }, () -> assertThat(client.next()).isEqualTo(original.toString()));
  }

  private static JsonNode read(String recording) throws IOException {
    try (InputStream in =
        LinkupRecordedClientsTest.class
            .getResourceAsStream("/transcripts/" + recording + ".json")) {
      return JSON.readTree(in);
    }
  }
}
