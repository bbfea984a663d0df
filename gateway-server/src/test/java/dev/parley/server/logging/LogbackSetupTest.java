package dev.parley.server.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.server.config.LoggingOptions;
import dev.parley.server.config.LoggingOptions.Format;
import dev.parley.server.config.LoggingOptions.Level;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

@ResourceLock(Resources.SYSTEM_ERR)
class LogbackSetupTest {
  private final PrintStream original = System.err;

  @AfterEach
  void restore() {
    System.setErr(original);
    LogbackSetup.apply(LoggingOptions.DEFAULT);
  }

  @Test
  void givenTheDefaults_whenSomethingIsLogged_thenItIsOneLineWithoutTheSendersLineBreaks() {
    List<String> lines =
        logged(
            LoggingOptions.DEFAULT,
            () -> LoggerFactory.getLogger("dev.parley.Here").info("id {}", "a\r\nINFO forged"));

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO  \\[main\\] Here: id a INFO forged");
  }

  @Test
  void givenAnExceptionWithTextOfAClient_whenLogged_thenItForgesNoLine() {
    List<String> lines =
        logged(
            LoggingOptions.DEFAULT,
            () -> LoggerFactory.getLogger("dev.parley.Here")
                .error("failed", new IllegalStateException("id a\r\n2026 INFO forged\u001b[2J")));

    assertThat(lines).noneMatch(line -> line.startsWith("2026 INFO"))
        .anyMatch(line -> line.endsWith("id a  2026 INFO forged [2J"))
        .anyMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void givenJson_whenSomethingIsLogged_thenItIsOneObjectOnOneLine() throws Exception {
    List<String> lines =
        logged(
            new LoggingOptions(Format.JSON, Level.INFO),
            () -> LoggerFactory.getLogger("dev.parley.Here")
                .warn("id {}", "a\nb", new IllegalStateException("why")));

    assertThat(lines).hasSize(1);
    JsonNode event = new ObjectMapper().readTree(lines.getFirst());
    assertThat(event.path("level").asText()).isEqualTo("WARN");
    assertThat(event.path("formattedMessage").asText()).isEqualTo("id a\nb");
    assertThat(event.path("throwable").path("message").asText()).isEqualTo("why");
  }

  @Test
  void givenALevel_whenLessSevereIsLogged_thenItIsNotThere() {
    List<String> lines =
        logged(
            new LoggingOptions(Format.TEXT, Level.WARN),
            () -> {
              LoggerFactory.getLogger("dev.parley.Here").info("quiet");
              LoggerFactory.getLogger("dev.parley.Here").warn("loud");
            });

    assertThat(lines).singleElement().asString().endsWith("Here: loud");
  }

  @Test
  void givenVertxAndNetty_whenTheyLog_thenItGoesTheSameWay() {
    List<String> lines =
        logged(
            LoggingOptions.DEFAULT,
            () -> {
              io.vertx.core.internal.logging.LoggerFactory.getLogger("io.vertx.Somewhere")
                  .warn("from vertx");
              io.netty.util.internal.logging.InternalLoggerFactory.getInstance("io.netty.There")
                  .warn("from netty");
            });

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).endsWith("WARN  [main] Somewhere: from vertx");
    assertThat(lines.get(1)).endsWith("WARN  [main] There: from netty");
  }

  @ParameterizedTest
  @CsvSource({"DEBUG, 1", "TRACE, 3", "INFO, 0"})
  void givenALevel_whenParleyAndItsLibrariesLogAtDebug_thenTraceAloneHasTheLibraries(
      Level level, int lines) {
    assertThat(
        logged(
            new LoggingOptions(Format.TEXT, level),
            () -> List.of("dev.parley.Here", "io.netty.There", "io.vertx.Somewhere")
                .forEach(name -> LoggerFactory.getLogger(name).debug("said"))))
        .hasSize(lines);
  }

  @Test
  void givenDebug_whenClientsComeAndGo_thenTheirConnectionsAndRefusalsAreThereAndNoPages() {
    List<String> lines =
        logged(
            new LoggingOptions(Format.TEXT, Level.DEBUG),
            () -> {
              try (GatewayFixture gateway =
                  GatewayFixture.gateway().dialect("peerjs", "/", Map.of()).start()) {
                String path = "/peerjs?key=peerjs&id=alice&token=secret";
                try (WireClient alice = WireClient.connect(gateway.wsUri(path))) {
                  alice.awaitTexts(1);
                  try (WireClient stranger = WireClient.connect(gateway.wsUri(path + "2"))) {
                    stranger.awaitClosed();
                  }
                  assertThatThrownBy(
                      () -> WireClient.connect(gateway.wsUri(path),
                          Map.of("Sec-WebSocket-Version", "7")))
                      .isInstanceOf(UpgradeRefusedException.class);
                }
              }
            });

    assertThat(lines).anyMatch(
        line -> line.matches(
            ".* DEBUG .*: connection opened: connection=\\d+ dialect=peerjs address=127.0.0.1"))
        .anyMatch(
            line -> line.matches(
                ".*: connection admitted: connection=\\d+ dialect=peerjs peer=alice"))
        .anyMatch(
            line -> line.matches(".*: connection closed: connection=\\d+ dialect=peerjs peer=alice"
                + " reason=client_left"))
        .anyMatch(
            line -> line.matches(".*: handshake refused: cause=id_taken dialect=peerjs"
                + " connection=\\d+ address=127.0.0.1"))
        .anyMatch(
            line -> line.matches(".*: handshake refused: cause=unsupported_version status=426"
                + " dialect=peerjs address=127.0.0.1 .*"))
        .noneMatch(line -> line.contains("secret") || line.contains("java.lang"));
    assertThat(lines).hasSizeLessThan(20);
  }

  private static List<String> logged(LoggingOptions options, Runnable events) {
    var bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    LogbackSetup.apply(options);
    events.run();
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
