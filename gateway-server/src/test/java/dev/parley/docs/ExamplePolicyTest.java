package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.UpgradeRefusedException;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.waits.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The policy of docs/writing-a-policy.md in a jar, compiled against the API alone, in the dialects
 * folder of a Parley without it.
 */
@Timeout(180)
class ExamplePolicyTest {

  static final Path SOURCES = Path.of("src/test/example-policy");

  @TempDir static Path workshop;

  @TempDir Path home;

  private Path list;

  @BeforeAll
  static void build() throws IOException {
    ExampleDialect.build(SOURCES, workshop, workshop.resolve("guests.jar"));
  }

  @BeforeEach
  void install() throws IOException {
    Files.createDirectory(home.resolve("dialects"));
    Files.copy(workshop.resolve("guests.jar"), home.resolve("dialects/guests.jar"));
    list = Files.writeString(home.resolve("guests.txt"), "alice tea\nbob coffee\n");
  }

  @Test
  void givenTheGuests_whenTheyComeIn_thenTheyMeetAndOthersAreDenied() throws IOException {
    try (ParleyProcess parley = start()) {
      ParleyProcess.Ready ready = parley.awaitReady(home);
      try (WireClient alice = peerJs(ready, "alice", "&guest=alice&word=tea");
          WireClient bob = peerJs(ready, "bob-2", "&guest=bob&word=coffee")) {
        alice.awaitTexts(1);
        bob.awaitTexts(1);
        alice.text("{\"type\":\"OFFER\",\"dst\":\"bob-2\",\"payload\":{}}");

        assertThat(bob.awaitTexts(2).getLast())
            .isEqualTo("{\"type\":\"OFFER\",\"src\":\"alice\",\"dst\":\"bob-2\",\"payload\":{}}");
      }
      assertThatThrownBy(() -> linkup(ready, "?guest=alice&word=milk"))
          .isInstanceOf(UpgradeRefusedException.class);
      assertThatThrownBy(() -> linkup(ready, "")).isInstanceOf(UpgradeRefusedException.class);
    }
  }

  @Test
  void givenAChangedList_whenItHasBeenReadAgain_thenTheNewGuestComesIn() throws IOException {
    try (ParleyProcess parley = start("--set", "gate.0.guests.every=10ms")) {
      ParleyProcess.Ready ready = parley.awaitReady(home);

      Files.writeString(list, "carol cocoa\n");

      Waits.until("the new guest to be let in", () -> isAdmitted(ready, "?guest=carol&word=cocoa"));
      Waits.until("the metric of the policy", () -> HttpProbe
          .get(ready.of("management").resolve("/metrics")).body()
          .contains("parley_gate_guests_readings_total{outcome=\"read\"}"));
    }
  }

  @Test
  void givenNoFile_whenStarted_thenOneLineAnd2() throws IOException, InterruptedException {
    try (ParleyProcess parley = ParleyProcess.start(home, "--set", "gate.0.guests.every=1m")) {
      assertThat(parley.awaitEnd()).isEqualTo(2);
    }
    assertThat(Files.readString(home.resolve("stderr.txt")))
        .endsWith("parley: --set: gate.0.guests.file: 'null' is not valid; expected the path of a"
            + " list of guests\n");
  }

  @Test
  void givenAListThatIsNotThere_whenStarted_thenOneLineAnd1()
      throws IOException, InterruptedException {
    try (ParleyProcess parley =
        ParleyProcess.start(home,
            ParleyProcess.onFreePorts("--set", "gate.0.guests.file=" + home + "/none"))) {
      assertThat(parley.awaitEnd()).isEqualTo(1);
    }
    assertThat(Files.readString(home.resolve("stderr.txt")))
        .contains("parley: cannot start: policy gate.0.guests: ");
  }

  private ParleyProcess start(String... more) throws IOException {
    String[] all = new String[more.length + 2];
    System.arraycopy(more, 0, all, 0, more.length);
    all[more.length] = "--set";
    all[more.length + 1] = "gate.0.guests.file=" + list;
    return ParleyProcess.start(home, ParleyProcess.onFreePorts(all));
  }

  private static WireClient peerJs(ParleyProcess.Ready ready, String id, String query) {
    return WireClient.connect(
        ready.socket("peerjs", "/peerjs?key=peerjs&token=t&id=" + id + query));
  }

  private static WireClient linkup(ParleyProcess.Ready ready, String query) {
    return WireClient.connect(ready.socket("linkup", "/linkup" + query));
  }

  private static boolean isAdmitted(ParleyProcess.Ready ready, String query) {
    try (WireClient client = linkup(ready, query)) {
      return true;
    } catch (UpgradeRefusedException denied) {
      return false;
    }
  }
}
