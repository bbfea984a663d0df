package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.dialect.CloseReason;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process exposes the metrics of docs/operations.md. */
@Timeout(180)
class OperationsTest {

  private static final Path PAGE = Path.of("../docs/operations.md");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(parley_\\w+)` \\| (\\w+)");
  private static final Pattern EXPOSED = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");

  @TempDir Path home;

  @Test
  void givenAProcessInUse_whenScraped_thenItHasTheDocumentedMetricsAndNoOthers()
      throws IOException {
    try (RedisServer redis = RedisServer.start();
        ParleyProcess parley =
            ParleyProcess.start(
                home, ParleyProcess.onFreePorts("--redis", redis.url().toString()))) {
      ParleyProcess.Ready ready = parley.awaitReady(home);
      provokeEverything(ready);
      Set<String> exposed = named(EXPOSED, scrape(ready));

      assertThat(exposed.stream().filter(name -> name.startsWith("parley_")))
          .containsExactlyInAnyOrderElementsOf(named(DOCUMENTED, Files.readString(PAGE)));
      assertThat(exposed).allMatch(name -> name.matches("(parley|jvm|process|system)_.*"));
    }
  }

  @Test
  void givenThePage_whenRead_thenItHasEveryValueOfTheLabels() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(page).contains(
        "`reason` is one of " + listed(CloseReason.values()),
        "`kind` is one of " + listed(SignalKind.values()));
    for (Undelivered.Cause cause : Undelivered.Cause.values()) {
      assertThat(page).contains("| " + quoted(cause) + " | ");
    }
  }

  /**
   * One delivered signal, one to an absent peer, one that cannot be translated, one connection that
   * ends, and one refused handshake.
   */
  private static void provokeEverything(ParleyProcess.Ready ready) {
    try (WireClient alice = connect(ready, "alice");
        WireClient bob = connect(ready, "bob");
        WireClient carol = WireClient.connect(ready.socket("linkup", "/linkup"))) {
      carol.text("{\"id\":1,\"method\":\"register\",\"params\":{\"id\":\"carol\"}}");
      carol.awaitTexts(1);
      alice.text("{\"type\":\"LEAVE\",\"dst\":\"carol\"}");
      alice.text("{\"type\":\"OFFER\",\"dst\":\"bob\",\"payload\":{}}");
      bob.awaitTexts(2);
      alice.text("{\"type\":\"LEAVE\",\"dst\":\"nobody\"}");
      alice.settle();
      bob.close(1000, "");
      bob.awaitClosed();
      assertThatThrownBy(() -> WireClient.connect(ready.socket("peerjs", "/nowhere")))
          .isInstanceOf(UpgradeRefusedException.class);
    }
  }

  private static WireClient connect(ParleyProcess.Ready ready, String id) {
    WireClient client =
        WireClient.connect(ready.socket("peerjs", "/peerjs?key=peerjs&token=t&id=" + id));
    client.awaitTexts(1);
    return client;
  }

  private static String scrape(ParleyProcess.Ready ready) {
    return HttpProbe.get(ready.of("management").resolve("/metrics")).body();
  }

  /** Name and type. */
  private static Set<String> named(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1) + " " + found.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String listed(Enum<?>[] values) {
    return Arrays.stream(values).map(OperationsTest::quoted)
        .collect(Collectors.joining(", ", "", "."));
  }

  private static String quoted(Enum<?> value) {
    return "`" + value.name().toLowerCase(Locale.ROOT) + "`";
  }
}
