package dev.parley.conformance.peerjs;

import static dev.parley.conformance.peerjs.PeerJsSteps.asks;
import static dev.parley.conformance.peerjs.PeerJsSteps.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conformance.differential.Comparison;
import dev.parley.conformance.differential.Differential;
import dev.parley.conformance.differential.Server;
import dev.parley.testkit.Actor;
import dev.parley.testkit.Scene;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Negative twin of the other tests: shows that a difference is detected. */
@SideBySide
class DifferentialTest {

  private static final Scene RELAY = stage -> {
    Actor anna = join(stage, "anna");
    Actor bert = join(stage, "bert").within(Duration.ofSeconds(5));
    anna.sends("{'type':'OFFER','dst':'<bert>','payload':1}");
    bert.gets(1);
  };

  private final Differential<ServerOptions> servers;

  DifferentialTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @Test
  void givenEqualServers_whenASceneIsPlayed_thenTheyAgree() {
    assertThat(servers.compare(ServerOptions.SHARED, ServerOptions.SHARED, RELAY).agrees())
        .isTrue();
  }

  @Test
  void givenAServerThatRelaysNothing_whenASceneIsPlayed_thenBothTranscriptsAreShown() {
    try (Server silent = new SilentServer()) {
      Comparison comparison = servers.compare(ServerOptions.SHARED, silent, RELAY);
      assertThat(comparison.agrees()).isFalse();
      assertThatThrownBy(comparison::mustAgree)
          .hasMessageContaining("On the silent server: bert waited")
          .hasMessageMatching("(?s).*! \\{\"type\":\"OFFER\".*\\| \\(nothing\\).*");
    }
  }

  @Test
  void givenAnotherKey_whenASceneIsPlayed_thenTheyDoNotAgree() {
    ServerOptions other = ServerOptions.SHARED.key("other");
    assertThat(servers.compare(ServerOptions.SHARED, other, RELAY).agrees()).isFalse();
    assertThat(servers.compare(other, ServerOptions.SHARED, RELAY).agrees()).isFalse();
  }

  @Test
  void givenAnOptionThatNoStepChecks_whenASceneIsPlayed_thenTheTranscriptsShowIt() {
    Comparison comparison =
        servers.compare(
            ServerOptions.SHARED,
            ServerOptions.SHARED.discovery(false),
            stage -> asks(stage, "/peerjs/peers"));
    assertThat(comparison.original().failure()).isEmpty();
    assertThat(comparison.other().failure()).isEmpty();
    assertThatThrownBy(comparison::mustAgree).hasMessageContaining("! status 200");
  }

  @Test
  void givenALimitThatOneServerHas_whenASceneIsPlayed_thenTheyDoNotAgree() {
    ServerOptions limited = ServerOptions.SHARED.concurrentLimit(1).alone("negative");
    assertThat(servers.compare(ServerOptions.SHARED, limited, RELAY).agrees()).isFalse();
  }

  @Test
  void givenAMessageThatNoStepExpects_whenASceneIsPlayed_thenTheTranscriptHasIt() {
    Scene unread = stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'OFFER','dst':'<anna>','payload':'unread'}");
    };
    Comparison comparison = servers.compare(ServerOptions.SHARED, ServerOptions.SHARED, unread);
    assertThat(comparison.agrees()).isTrue();
    assertThat(comparison.original().transcript().seen().get("anna")).hasSize(3)
        .last().asString().contains("unread");
  }

  @Test
  void givenASceneThatExpectsWhatDoesNotCome_whenItIsPlayed_thenItFailsOnBoth() {
    Comparison comparison =
        servers.compare(ServerOptions.SHARED, ServerOptions.SHARED,
            stage -> join(stage, "anna").within(Duration.ofMillis(200)).gets(1));
    assertThat(comparison.original().failure()).isPresent();
    assertThat(comparison.other().failure()).isPresent();
  }
}
