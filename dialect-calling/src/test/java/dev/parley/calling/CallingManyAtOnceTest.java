package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.net.limits.Limits;
import dev.parley.testkit.GatewayCluster;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Very many users of two nodes who want the same at the same moment: it takes its time, longer than
 * a connection may take to be admitted, and all of them are answered.
 */
class CallingManyAtOnceTest {

  /** {@code -Dparley.joins=1000} for more of them. */
  private static final int USERS = Integer.getInteger("parley.joins", 200);

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LEASE = Duration.ofMinutes(1);

  private static GatewayFixture.Builder node() {
    return GatewayFixture.gateway().dialect("calling", "/", Map.of());
  }

  /** One where a connection must be admitted within a moment. */
  private static GatewayFixture.Builder hurriedNode() {
    return node().limits(Records.with(Limits.DEFAULT, "handshake", Duration.ofSeconds(2)));
  }

  private static WireClient connect(GatewayCluster cluster, int number) {
    List<GatewayFixture> nodes = cluster.nodes();
    return WireClient.connect(nodes.get(number % nodes.size()).wsUri("/"));
  }

  private static void join(WireClient user) {
    user.text("{\"type\":\"ns_subscribe\",\"namespace\":\"n\",\"tid\":\"s\"}");
    user.text("{\"type\":\"ns_user_register\",\"namespace\":\"n\",\"tid\":\"r\"}");
    user.text("{\"type\":\"ping\",\"tid\":\"p\"}");
  }

  /** The answers to what it has asked for, in the order of the commands. */
  private static List<String> answers(WireClient user) {
    user.awaitText(told -> told.contains("\"tid\":\"p\""), PATIENCE);
    return user.texts().stream()
        .filter(told -> told.startsWith("{\"type\":\"answer\""))
        .map(told -> told.replaceFirst("(?s).*\"tid\":\"(.)\".*", "$1"))
        .toList();
  }

  @Test
  void givenManyUsersOnTwoNodes_whenAllComeAndJoinOneNamespaceAtOnce_thenAllAreAnswered() {
    try (GatewayCluster cluster = new GatewayCluster(2, LEASE, CallingManyAtOnceTest::node)) {
      List<WireClient> users =
          IntStream.range(0, USERS).parallel().mapToObj(number -> connect(cluster, number))
              .toList();
      users.forEach(CallingManyAtOnceTest::join);

      assertThat(users).allSatisfy(
          user -> assertThat(answers(user)).containsExactly("s", "r", "p"));
      assertThat(users).noneMatch(WireClient::isOver);
      users.forEach(WireClient::cut);
    }
  }

  @Test
  void givenUsersWhoWaitForAnswers_whenThatTakesLongerThanAnAdmissionMay_thenTheyStay() {
    try (
        GatewayCluster cluster = new GatewayCluster(2, LEASE, CallingManyAtOnceTest::hurriedNode)) {
      List<WireClient> users =
          Stream.of(0, 1, 2, 3).map(number -> connect(cluster, number)).toList();
      users.forEach(user -> user.awaitTexts(1));
      cluster.redis().hold();
      users.forEach(CallingManyAtOnceTest::join);

      // The negative twin: who is not admitted yet is closed when the time is over.
      for (int number : List.of(0, 1)) {
        assertThat(connect(cluster, number).awaitClosed().closeCode()).isEqualTo(1013);
      }
      assertThat(users).noneMatch(WireClient::isOver);
      cluster.redis().letGo();

      assertThat(users).allSatisfy(
          user -> assertThat(answers(user)).containsExactly("s", "r", "p"));
      assertThat(users).noneMatch(WireClient::isOver);
      users.forEach(WireClient::close);
    }
  }
}
