package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.waits.Waits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP makes a process take another configuration, or say why not. */
@Timeout(180)
class ReloadTest {

  private static final String OPEN = "";
  private static final String CLOSED = "gate: [ { guests: { file: \"%s\" } } ]\n";
  private static final String TAKEN = "configuration read again: ";
  private static final String REFUSED = "configuration read again, and nothing changes: ";

  @TempDir Path home;

  private Path config;
  private Path list;

  @BeforeEach
  void install() throws IOException {
    assumeFalse(isSighupIgnored(), "started by nohup, as all of its children are");
    Files.createDirectory(home.resolve("dialects"));
    ExampleDialect.build(ExamplePolicyTest.SOURCES, home.resolve("workshop"),
        home.resolve("dialects/guests.jar"));
    list = Files.writeString(home.resolve("guests.txt"), "alice tea\n");
    config = home.resolve("gateway.yaml");
  }

  @Test
  void givenAnOpenNode_whenItsGateIsClosedAndOpenedAgain_thenNewClientsMeetItAndOthersStay()
      throws IOException {
    configure(OPEN);
    try (ParleyProcess parley = start()) {
      ParleyProcess.Ready ready = parley.awaitReady(home);
      assertThat(log()).contains("every client that can reach this node may connect");
      try (WireClient early = linkup(ready, "early", "")) {
        configure(CLOSED.formatted(list));
        reload(parley, TAKEN + "changed=gate gate=all:guests");

        assertThat(isAdmitted(ready, "")).isFalse();
        assertThat(isAdmitted(ready, "?guest=alice&word=tea")).isTrue();
        early.text("{\"id\":2,\"method\":\"query\",\"params\":{\"id\":\"early\"}}");
        early.awaitTexts(2);

        configure(OPEN);
        reload(parley, TAKEN + "changed=gate gate=all:open");
        assertThat(isAdmitted(ready, "")).isTrue();
        early.settle();
      }
    }
  }

  @Test
  void givenABrokenFile_whenReloaded_thenOneLineSaysWhyAndNothingChanges() throws IOException {
    configure(CLOSED.formatted(list));
    try (ParleyProcess parley = start()) {
      ParleyProcess.Ready ready = parley.awaitReady(home);

      configure("gate: []\nlimits: { brst: 7 }\n");
      assertThat(reload(parley, REFUSED))
          .contains(config + ": limits.brst: 'brst' is not a known key; expected one of ");
      configure("gate: []\nlimits:\n\tburst: 7\n");
      assertThat(reload(parley, REFUSED)).contains(config + ": line 3", "a tab");
      configure("gate: [ { guests: { every: 7s } } ]\n");
      assertThat(reload(parley, REFUSED))
          .contains(config + ": gate.0.guests.file: 'null' is not valid");
      configure("gate: [ { guests: { file: \"" + home + "/none\" } } ]\n");
      assertThat(reload(parley, REFUSED)).contains("policy gate.0.guests: ");
      configure("realms: { default: { gate: [ none ] }, other: { origins: [ 'x' ] } }\n");
      assertThat(reload(parley, REFUSED)).contains(config + ": realms.other.origins.0: 'x'");

      assertThat(isAdmitted(ready, "")).isFalse();
      assertThat(isAdmitted(ready, "?guest=alice&word=tea")).isTrue();
      assertThat(log()).doesNotContain("\tat ", TAKEN);
    }
  }

  @Test
  void givenKeysThatNeedARestart_whenReloaded_thenTheyAreNamedAndTheRestIsTaken()
      throws IOException {
    configure("listeners: [ { host: 127.0.0.1, port: 0 } ]\n");
    try (ParleyProcess parley = ParleyProcess.start(home, "--config", config.toString(), "--set",
        "management.port=0")) {
      ParleyProcess.Ready ready = parley.awaitReady(home);

      configure("listeners: [ { host: 127.0.0.1, port: 1 } ]\nlimits: { burst: 7 }\n"
          + CLOSED.formatted(list));
      reload(parley, "these keys take effect when the node is started again: limits.burst,"
          + " listeners.0.port");

      assertThat(log()).contains(TAKEN + "changed=gate gate=all:guests");
      assertThat(isAdmitted(ready, "")).isFalse();
    }
  }

  @Test
  void givenRealms_whenTheirOriginsAndBoundsChange_thenNewClientsMeetThem() throws IOException {
    configure(OPEN);
    try (ParleyProcess parley = start()) {
      ParleyProcess.Ready ready = parley.awaitReady(home);
      assertThat(isAdmitted(ready, "", "https://foreign.example")).isTrue();

      configure("realms: { default: { origins: [ 'https://app.example' ],"
          + " limits: { connections: 1 } } }\n");
      reload(parley, TAKEN + "changed=realms.default gate=all:open");

      assertThat(isAdmitted(ready, "", "https://foreign.example")).isFalse();
      try (WireClient only = WireClient.connect(socket(ready, ""), Map.of("Origin",
          "https://app.example"))) {
        only.settle();
        assertThat(isAdmitted(ready, "")).isFalse();
        assertThat(metrics(ready)).contains(
            "parley_realm_connections{realm=\"default\"} 1.0",
            "parley_realm_refused_total{realm=\"default\"} 2.0");
      }

      configure("logging: { level: warn }\n");
      Files.writeString(home.resolve("stderr.txt"), "");
      parley.hangUp();
      Waits.until("the bound to be lifted", () -> isAdmitted(ready, "")
          && isAdmitted(ready, "", "https://foreign.example"));
      assertThat(log()).doesNotContain(TAKEN);
    }
  }

  @Test
  void givenAGateOfOneRealmAlone_whenAClientOfAnotherComes_thenItIsDenied() throws IOException {
    configure("""
        realms: { acme: { gate: [ none ] } }
        dialects: { peerjs: { keys: { k2: acme } } }
        """);
    try (ParleyProcess parley = start()) {
      ParleyProcess.Ready ready = parley.awaitReady(home);

      Waits.until("the report of the gates", () -> log()
          .contains("clients need a credential: gate=acme:none,others:closed"));
      assertThat(isAdmitted(ready, "")).isFalse();
      try (WireClient client = WireClient.connect(
          ready.socket("peerjs", "/peerjs?key=k2&token=t&id=anna"))) {
        assertThat(client.awaitTexts(1)).containsExactly("{\"type\":\"OPEN\"}");
      }
    }
  }

  private ParleyProcess start() throws IOException {
    return ParleyProcess.start(home, "--config", config.toString(), "--port", "0", "--set",
        "management.port=0");
  }

  private void configure(String yaml) throws IOException {
    Files.writeString(config, yaml);
  }

  /** Sends the signal, and returns the log from then on when it has the text. */
  private String reload(ParleyProcess parley, String awaited) throws IOException {
    int before = log().length();
    parley.hangUp();
    Waits.until("a log with " + awaited, () -> log().substring(before).contains(awaited)
        && log().endsWith("\n"));
    return log().substring(before);
  }

  private String log() {
    try {
      return Files.readString(home.resolve("stderr.txt"));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static List<String> metrics(ParleyProcess.Ready ready) {
    return HttpProbe.get(ready.of("management").resolve("/metrics")).body().lines().toList();
  }

  private static URI socket(ParleyProcess.Ready ready, String query) {
    return URI.create("ws://127.0.0.1:" + ready.of("linkup").getPort() + "/linkup" + query);
  }

  private static WireClient linkup(ParleyProcess.Ready ready, String id, String query) {
    WireClient client = WireClient.connect(socket(ready, query));
    client.text("{\"id\":1,\"method\":\"register\",\"params\":{\"id\":\"" + id + "\"}}");
    client.awaitTexts(1);
    return client;
  }

  private static boolean isAdmitted(ParleyProcess.Ready ready, String query, String... origin) {
    Map<String, String> headers = origin.length == 0 ? Map.of() : Map.of("Origin", origin[0]);
    try (WireClient client = WireClient.connect(socket(ready, query), headers)) {
      return true;
    } catch (UpgradeRefusedException refused) {
      return false;
    }
  }

  /** Whether this process ignores the signal; its children inherit that. */
  private static boolean isSighupIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> Long.parseUnsignedLong(line.split("\\s+")[1], 16) % 2 == 1);
  }
}
