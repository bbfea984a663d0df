package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example dialect in a jar, in the dialects folder of a Parley without it. */
@Timeout(180)
class ExampleDialectTest {

  private static final String DOOR = "/bell/door";

  @TempDir static Path workshop;

  @TempDir Path home;

  @BeforeAll
  static void build() throws IOException {
    ExampleDialect.build(workshop, workshop.resolve("bell.jar"));
  }

  @BeforeEach
  void install() throws IOException {
    Files.createDirectory(home.resolve("dialects"));
    Files.copy(workshop.resolve("bell.jar"), home.resolve("dialects/bell.jar"));
  }

  @Test
  void givenASourceThatUsesTheCoresInside_whenCompiled_thenItIsNotFound() throws IOException {
    Path source = Files.createDirectories(workshop.resolve("wrong"));
    Files.writeString(source.resolve("Wrong.java"),
        "class Wrong { dev.parley.hub.Hub hub; }");

    assertThatThrownBy(
        () -> ExampleDialect.compile(source, source))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("package dev.parley.hub does not exist");
  }

  @Test
  void givenTheJar_whenStarted_thenItIsMountedAtItsDefaultPath() throws IOException {
    try (ParleyProcess parley = ParleyProcess.start(home, ParleyProcess.onFreePorts())) {
      assertThat(parley.awaitReady(home).of("bell").getPath()).isEqualTo("/bell");
    }
  }

  @Test
  void givenTwoClients_whenOneRingsTheOther_thenItHearsIt() throws IOException {
    try (ParleyProcess parley = ParleyProcess.start(home, ParleyProcess.onFreePorts());
        Doors doors = new Doors(parley.awaitReady(home))) {
      WireClient alice = doors.enter("alice");
      WireClient bob = doors.enter("bob");

      alice.text("{\"ring\":\"bob\",\"text\":\"tea? \\\"now\\\" ☕\"}");

      assertThat(bob.awaitTexts(2).getLast())
          .isEqualTo("{\"rung\":\"alice\",\"text\":\"tea? \\\"now\\\" ☕\"}");
    }
  }

  @Test
  void givenAClient_whenItRingsSomebodyWhoIsNotThere_thenItIsToldNobody() throws IOException {
    try (ParleyProcess parley = ParleyProcess.start(home, ParleyProcess.onFreePorts());
        Doors doors = new Doors(parley.awaitReady(home))) {
      WireClient alice = doors.enter("alice");

      alice.text("{\"ring\":\"carol\",\"text\":\"tea?\"}");

      assertThat(alice.awaitTexts(2).getLast()).isEqualTo("{\"nobody\":\"carol\"}");
    }
  }

  @Test
  void givenATakenId_whenAnotherOneAsksForIt_thenItIsToldAndMayAskForAnother()
      throws IOException {
    try (ParleyProcess parley = ParleyProcess.start(home, ParleyProcess.onFreePorts());
        Doors doors = new Doors(parley.awaitReady(home))) {
      doors.enter("alice");
      WireClient other = doors.open();

      other.text("{\"hello\":\"alice\"}");
      other.text("{\"hello\":\"bob\"}");

      assertThat(other.awaitTexts(2))
          .containsExactly("{\"taken\":\"alice\"}", "{\"welcome\":\"bob\"}");
    }
  }

  @Test
  void givenNonsense_whenSent_thenTheClientIsToldAndLivesOn() throws IOException {
    try (ParleyProcess parley = ParleyProcess.start(home, ParleyProcess.onFreePorts());
        Doors doors = new Doors(parley.awaitReady(home))) {
      WireClient client = doors.open();

      client.text("{\"hello\":");
      client.text("{\"hello\":\"alice\"}");

      assertThat(client.awaitTexts(2)).containsExactly(
          "{\"refused\":\"message\",\"why\":\"not JSON, or nested too deeply\"}",
          "{\"welcome\":\"alice\"}");
    }
  }

  @Test
  void givenItsOwnOptions_whenConfigured_thenTheyHold() throws IOException {
    try (
        ParleyProcess parley =
            ParleyProcess.start(home,
                ParleyProcess.onFreePorts("--set", "dialects.bell.letters=3", "--set",
                    "dialects.bell.patience=60s"));
        Doors doors = new Doors(parley.awaitReady(home))) {
      WireClient alice = doors.enter("alice");

      alice.text("{\"ring\":\"bob\",\"text\":\"tea?\"}");
      alice.text("{\"ring\":\"bob\",\"text\":\"tea\"}");

      assertThat(alice.awaitTexts(2).getLast())
          .isEqualTo("{\"refused\":\"bob\",\"why\":\"more than 3 letters\"}");
      alice.settle();
      assertThat(doors.enter("bob").awaitTexts(2).getLast())
          .isEqualTo("{\"rung\":\"alice\",\"text\":\"tea\"}");
    }
  }

  @Test
  void givenAnUnknownKeyOfItsOptions_whenStarted_thenOneLineAnd2()
      throws IOException, InterruptedException {
    try (ParleyProcess parley =
        ParleyProcess.start(home, "--set", "dialects.bell.volume=11")) {
      assertThat(parley.awaitEnd()).isEqualTo(2);
    }
    assertThat(Files.readString(home.resolve("stderr.txt")))
        .isEqualTo("parley: --set: dialects.bell.volume: 'volume' is not a known key;"
            + " expected one of patience, letters\n");
  }

  @Test
  void givenAValueThatTheOptionsRefuse_whenStarted_thenOneLineAnd2()
      throws IOException, InterruptedException {
    try (ParleyProcess parley = ParleyProcess.start(home, "--set", "dialects.bell.letters=0")) {
      assertThat(parley.awaitEnd()).isEqualTo(2);
    }
    assertThat(Files.readString(home.resolve("stderr.txt")))
        .isEqualTo("parley: --set: dialects.bell.letters: '0' is not valid;"
            + " expected a whole number from 1\n");
  }

  @Test
  void givenAPeerJsClientOfTheRealm_whenRungOrCalling_thenBothAreRefusedInTheirOwnWords()
      throws IOException {
    try (ParleyProcess parley = ParleyProcess.start(home, ParleyProcess.onFreePorts());
        Doors doors = new Doors(parley.awaitReady(home))) {
      WireClient alice = doors.enter("alice");
      WireClient browser = doors.connect("/peerjs?key=peerjs&id=browser&token=t");
      browser.awaitTexts(1);

      alice.text("{\"ring\":\"browser\",\"text\":\"tea?\"}");
      browser.text("{\"type\":\"OFFER\",\"dst\":\"alice\",\"payload\":{}}");

      assertThat(alice.awaitTexts(2).getLast())
          .isEqualTo("{\"refused\":\"browser\",\"why\":\"no bell there\"}");
      assertThat(browser.awaitTexts(2).getLast())
          .isEqualTo("{\"type\":\"EXPIRE\",\"src\":\"alice\",\"dst\":\"browser\"}");
    }
  }

  /** Clients of one test. */
  private static final class Doors implements AutoCloseable {
    private final ParleyProcess.Ready ready;
    private final java.util.List<WireClient> clients = new java.util.ArrayList<>();

    Doors(ParleyProcess.Ready ready) {
      this.ready = ready;
    }

    WireClient connect(String path) {
      WireClient client = WireClient.connect(ready.socket("bell", path));
      clients.add(client);
      return client;
    }

    WireClient open() {
      return connect(DOOR);
    }

    WireClient enter(String id) {
      WireClient client = open();
      client.text("{\"hello\":\"" + id + "\"}");
      assertThat(client.awaitTexts(1)).startsWith("{\"welcome\":\"" + id + "\"}");
      return client;
    }

    @Override
    public void close() {
      clients.forEach(WireClient::close);
    }
  }
}
