package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Walks through docs/migration.md: its files, its steps, and the metrics that it shows. */
@Timeout(180)
class MigrationTest {

  private static final Path PAGE = Path.of("..", "docs", "migration.md");
  private static final String SDP = "v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\n";

  @TempDir Path home;

  /** A file that the page shows, by the name in its first line. */
  private Path file(String name) throws IOException {
    Matcher block =
        Pattern.compile("```yaml\\n# " + Pattern.quote(name) + "\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).as("%s is in the page", name).isTrue();
    return Files.writeString(home.resolve(name), block.group(1));
  }

  private ParleyProcess start(String file) throws IOException {
    return ParleyProcess.start(
        home, ParleyProcess.onFreePorts("--config", file(file).toString()));
  }

  private static WireClient peerJs(ParleyProcess.Ready ready, String id) {
    WireClient client =
        WireClient.connect(
            ready.socket("peerjs", "/peerjs?key=peerjs&token=t-" + id + "&id=" + id));
    client.awaitTexts(1);
    return client;
  }

  private static WireClient linkup(ParleyProcess.Ready ready, String id) {
    WireClient client = WireClient.connect(ready.socket("linkup", "/linkup"));
    client.text("{\"id\":1,\"method\":\"register\",\"params\":{\"id\":\"" + id + "\"}}");
    assertThat(client.awaitTexts(1))
        .containsExactly("{\"id\":1,\"result\":\"" + id + "\",\"error\":null}");
    return client;
  }

  private static void offer(WireClient peerJs, String to) {
    peerJs.text("{\"type\":\"OFFER\",\"dst\":\"" + to
        + "\",\"payload\":{\"sdp\":{\"type\":\"offer\",\"sdp\":\"" + SDP
        + "\"},\"type\":\"data\",\"connectionId\":\"dc_" + to
        + "\",\"serialization\":\"raw\"}}");
  }

  private static void signal(WireClient linkup, String from, String to, String type) {
    linkup.text("{\"method\":\"signal\",\"params\":{\"from\":\"" + from + "\",\"to\":\"" + to
        + "\",\"signal\":{\"type\":\"" + type + "\",\"sdp\":\"" + SDP + "\"}}}");
  }

  @Test
  void givenAnAppOnPeerJs_whenItMovesUserByUser_thenEverybodyReachesEverybody()
      throws IOException {
    try (ParleyProcess parley = start("migration.yaml")) {
      ParleyProcess.Ready ready = parley.awaitReady(home);
      try (WireClient anna = peerJs(ready, "anna"); WireClient bert = peerJs(ready, "bert")) {
        offer(anna, "bert");
        assertThat(bert.awaitTexts(2).getLast()).contains("\"src\":\"anna\"");

        bert.close(1000, "");
        bert.awaitClosed();
        try (WireClient moved = linkup(ready, "bert")) {
          offer(anna, "bert");
          assertThat(moved.awaitTexts(2).getLast())
              .contains("\"from\":\"anna\"", "\"type\":\"offer\"");
          signal(moved, "bert", "anna", "answer");
          assertThat(anna.awaitTexts(2).getLast())
              .contains("\"type\":\"ANSWER\"", "\"connectionId\":\"dc_bert\"");
          assertThat(metrics(ready))
              .contains(
                  "parley_connections_open{dialect=\"peerjs\"} 1.0",
                  "parley_connections_open{dialect=\"linkup\"} 1.0")
              .anyMatch(line -> line.matches(
                  "parley_signals_delivered_total\\{from=\"peerjs\",kind=\"offer\",to=\"linkup\"} 1.0"))
              .anyMatch(line -> line.matches(
                  "parley_signals_delivered_total\\{from=\"linkup\",kind=\"answer\",to=\"peerjs\"} 1.0"));

          // And back: the id moves along.
          moved.close(1000, "");
          moved.awaitClosed();
          try (WireClient back = peerJs(ready, "bert")) {
            offer(anna, "bert");
            assertThat(back.awaitTexts(2).getLast()).contains("\"src\":\"anna\"");
          }
        }
      }
    }
  }

  private static List<String> metrics(ParleyProcess.Ready ready) {
    return HttpProbe.get(ready.of("management").resolve("/metrics")).body().lines().toList();
  }

  @Test
  void givenTheLastStep_whenAnOldClientComes_thenItIsTurnedAwayAndNewOnesAreServed()
      throws IOException {
    try (ParleyProcess parley = start("after.yaml")) {
      ParleyProcess.Ready ready = parley.awaitReady(home);

      assertThatThrownBy(
          () -> WireClient.connect(
              ready.socket("linkup", "/peerjs?key=peerjs&token=t&id=anna")))
          .isInstanceOfSatisfying(
              UpgradeRefusedException.class,
              refused -> assertThat(refused.status()).isEqualTo(400));
      linkup(ready, "bert").close();
    }
  }
}
