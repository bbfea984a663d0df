package dev.parley.honest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.WireClient;
import dev.parley.testkit.waits.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many callers of one PeerJS host at the same moment. Each pair exchanges what two Chromiums do: a
 * description of some 3 kB, and a dozen candidates that trickle behind it, each way.
 */
@Timeout(900)
class FlashCrowdTest {

  private static final int CALLERS = Integer.getInteger("parley.callers", 400);
  private static final int CANDIDATES = 12;
  private static final int OF_A_CALL = 1 + CANDIDATES;
  private static final String HOST = "host";
  private static final String SDP = "v=0\\r\\n" + "a=x:0123456789abcdef\\r\\n".repeat(130);

  @Test
  void given400CallersOfOneHost_whenAllCallAtOnce_thenEachIsHeardAndAnsweredAndNoneIsClosed()
      throws InterruptedException {
    try (Crowd crowd = new Crowd("peerjs")) {
      WireClient host = crowd.peer(HOST, Crowd.from(0));
      List<WireClient> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(crowd.peer(caller(i), Crowd.from(1 + i)));
      }

      for (int round = 0; round < OF_A_CALL; round++) {
        int number = round;
        IntStream.range(0, CALLERS)
            .forEach(i -> callers.get(i).text(signal("OFFER", HOST, i, number)));
        host.burst(IntStream.range(0, CALLERS)
            .mapToObj(i -> signal("ANSWER", caller(i), i, number)).toList());
        Waits.untilStandstill(
            () -> "round " + number + ", the host has " + signals(host) + ", the callers "
                + callers.stream().mapToInt(FlashCrowdTest::signals).sum(),
            () -> host.isOver() || hasAll(host, callers, number + 1));
      }

      assertThat(host.isOver()).isFalse();
      assertThat(callers).noneMatch(WireClient::isOver);
      assertThat(signalsByCaller(host)).hasSize(CALLERS)
          .allSatisfy((caller, signals) -> assertThat(signals).containsExactlyElementsOf(kinds(
              "OFFER")));
      assertThat(callers).allSatisfy(
          caller -> assertThat(caller.texts().stream().skip(1).map(FlashCrowdTest::type))
              .containsExactlyElementsOf(kinds("ANSWER")));
    }
  }

  private static String caller(int number) {
    return "caller" + number;
  }

  /** A description comes first, then candidates trickle. */
  private static String signal(String type, String to, int number, int round) {
    String connection = "\"type\":\"data\",\"connectionId\":\"dc_" + number + "\"";
    return round == 0
        ? "{\"type\":\"" + type + "\",\"dst\":\"" + to + "\",\"payload\":{\"sdp\":{\"sdp\":\"" + SDP
            + "\"}," + connection + "}}"
        : "{\"type\":\"CANDIDATE\",\"dst\":\"" + to
            + "\",\"payload\":{\"candidate\":{\"candidate\":\"candidate:" + round
            + " 1 udp 2122260223 192.0.2.17 54321 typ host generation 0 ufrag 9vKe network-id 1\","
            + "\"sdpMLineIndex\":0,\"sdpMid\":\"0\"}," + connection + "}}";
  }

  private static boolean hasAll(WireClient host, List<WireClient> callers, int rounds) {
    return signals(host) == CALLERS * rounds
        && callers.stream().allMatch(caller -> signals(caller) == rounds);
  }

  /** In their order. */
  private static List<String> kinds(String first) {
    List<String> kinds = new ArrayList<>(List.of(first));
    IntStream.range(0, CANDIDATES).forEach(candidate -> kinds.add("CANDIDATE"));
    return kinds;
  }

  /** How many messages it got behind OPEN. */
  private static int signals(WireClient client) {
    return client.frames().size() - 1;
  }

  private static Map<String, List<String>> signalsByCaller(WireClient host) {
    Map<String, List<String>> signals = new TreeMap<>();
    for (String text : host.texts().subList(1, 1 + signals(host))) {
      signals.computeIfAbsent(between(text, "\"src\":\""), absent -> new ArrayList<>())
          .add(type(text));
    }
    return signals;
  }

  private static String type(String text) {
    return between(text, "\"type\":\"");
  }

  private static String between(String text, String before) {
    int from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf('"', from));
  }
}
