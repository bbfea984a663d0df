package dev.parley.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.server.config.LoggingOptions;
import dev.parley.server.config.LoggingOptions.Format;
import dev.parley.server.config.LoggingOptions.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
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

  private static List<String> logged(LoggingOptions options, Runnable events) {
    var bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    LogbackSetup.apply(options);
    events.run();
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
