package dev.parley.conformance.calling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conformance.calling.Step.Asks;
import dev.parley.conformance.calling.Step.Connects;
import dev.parley.conformance.calling.Step.Ends;
import dev.parley.conformance.differential.Comparison;
import dev.parley.conformance.differential.Differential;
import dev.parley.conformance.differential.Server;
import dev.parley.testkit.Spread;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Negative twin of the other tests: shows that a difference is detected. */
@ParameterizedClass(autoCloseArguments = false)
@ArgumentsSource(Counterparts.Original.class)
@Execution(ExecutionMode.CONCURRENT)
class DifferentialTest {

  private static final int REQUESTS = 100;
  private static final int FEW = 8;

  private final Differential<ServerOptions> servers;

  DifferentialTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  private Optional<RandomRun.Difference> play(long seed, Tampering tampering) {
    try (Server tampered =
        new TamperingServer(servers.original(ServerOptions.alone("tampered")), tampering)) {
      return new RandomRun(scene -> servers.compare(ServerOptions.SHARED, tampered, scene))
          .play(RandomSteps.of(seed, REQUESTS));
    }
  }

  @Test
  void givenAnHonestServer_whenARandomSceneIsPlayed_thenNoDifferenceIsFound() {
    assertThat(play(1, Tampering.NONE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void givenAnotherOriginal_whenRandomScenesArePlayed_thenNoDifferenceIsFound(long seed) {
    assertThat(new RandomRun(servers::compare).play(RandomSteps.of(seed, 2 * REQUESTS))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void givenAServerThatErrs_whenARandomSceneIsPlayed_thenAFewStepsThatShowItAreGiven(
      Tampering tampering) {
    RandomRun.Difference difference = play(1, tampering).orElseThrow();
    assertThat(difference.steps()).hasSizeLessThanOrEqualTo(FEW);
    assertThatThrownBy(() -> difference.isFailure(1, REQUESTS))
        .hasMessageContaining("Seed 1, minimal reproduction (" + difference.steps().size())
        .hasMessageContaining("the original | the tampered one")
        .hasMessageContaining("  ! ");
  }

  @ParameterizedTest
  @EnumSource(names = {"LOSES_AN_EVENT", "SWAPS_EVENTS", "REPEATS_AN_EVENT"})
  void givenAClusterThatErrs_whenARandomSceneIsPlayed_thenTheyDoNotAgree(Tampering tampering) {
    try (Server cluster = Counterparts.parley(Spread.THREE_NODES, ServerOptions.SHARED);
        Server tampered = new TamperingServer(cluster, tampering)) {
      StepScene scene = new StepScene(RandomSteps.of(1, REQUESTS));
      assertThat(servers.compare(ServerOptions.SHARED, tampered, scene).agrees()).isFalse();
    }
  }

  @Test
  void givenAClusterThatErrs_whenStepsArePlayed_thenThoseThatShowItAreGiven() {
    Step anna = new Connects("anna");
    Step bert = new Connects("bert");
    Step annaJoins = new Asks("anna", 2, "{'type':'room_join','tid':2,'room':'<r>'}");
    Step bertJoins = new Asks("bert", 4, "{'type':'room_join','tid':4,'room':'<r>'}");
    Step bertLeaves = new Asks("bert", 6, "{'type':'room_leave','tid':6,'room':'<r>'}");
    List<Step> steps = List.of(anna, bert, new Connects("cora"),
        new Asks("cora", 1, "{'type':'status','tid':1,'status':{'c':1}}"), annaJoins,
        new Asks("cora", 3, "{'type':'room_join','tid':3,'room':'<s>'}"), bertJoins,
        new Asks("anna", 5, "{'type':'status','tid':5,'status':{'a':1}}"), bertLeaves,
        new Ends("cora", true));
    try (Server cluster = Counterparts.parley(Spread.THREE_NODES, ServerOptions.SHARED);
        Server tampered = new TamperingServer(cluster, Tampering.LOSES_AN_EVENT)) {
      RandomRun.Difference difference =
          new RandomRun(scene -> servers.compare(ServerOptions.SHARED, tampered, scene))
              .play(steps).orElseThrow();

      assertThat(difference.steps()).containsExactly(anna, bert, annaJoins, bertJoins, bertLeaves);
      assertThatThrownBy(() -> difference.isFailure(1, steps.size()))
          .hasMessageContaining("Seed 1, minimal reproduction (5 of 10 steps)")
          .hasMessageContaining("On the tampered one: anna waited");
    }
  }

  @Test
  void givenNodesThatKnowNothingOfEachOther_whenASceneIsPlayed_thenTheyDoNotAgree() {
    try (Server one = Counterparts.parley(Spread.ONE_NODE, ServerOptions.SHARED);
        Server other = Counterparts.parley(Spread.ONE_NODE, ServerOptions.SHARED)) {
      Comparison comparison =
          servers.compare(ServerOptions.SHARED, new Strangers(one, other), stage -> {
            Caller.on(stage, "anna").joins("<r>");
            Caller.on(stage, "bert").joins("<r>");
          });
      assertThat(comparison.original().failure()).isEmpty();
      assertThatThrownBy(comparison::mustAgree)
          .hasMessageContaining("On the strangers: anna waited")
          .hasMessageMatching("(?s).*! \\{\"type\":\"room_peer_add\".*\\| \\(nothing\\).*");
    }
  }

  @Test
  void givenAServerThatErrs_whenASceneIsPlayedThatDoesNotExpectIt_thenTheTranscriptsShowIt() {
    try (Server tampered = new TamperingServer(
        servers.original(ServerOptions.alone("tampered")), Tampering.LOSES_AN_EVENT)) {
      Comparison comparison = servers.compare(ServerOptions.SHARED, tampered, stage -> {
        Caller.on(stage, "anna").joins("<r>");
        Caller.on(stage, "bert").joins("<r>").does("room_leave", "'room':'<r>'");
      });
      assertThat(comparison.other().failure()).isEmpty();
      assertThatThrownBy(comparison::mustAgree)
          .hasMessageMatching("(?s).*! \\{\"type\":\"room_peer_rm\".*\\| \\(nothing\\).*");
    }
  }

  @Test
  void givenStepsThatParleyDealsWithOtherwise_whenTheyArePlayed_thenTheyAreKnown() {
    Step refused = new Asks("bert", 2,
        "{'type':'invite_send','tid':2,'room':'<r>','user':'<anna>','data':{}}");
    Step unregistered = new Asks("bert", 3,
        "{'type':'ns_room_register','tid':3,'namespace':'<n>','room':'<s>'}");
    StepScene scene = new StepScene(List.of(new Connects("anna"), new Connects("bert"),
        new Asks("anna", 1, "{'type':'room_join','tid':1,'room':'<r>'}"), refused, unregistered,
        new Ends("anna", true)));
    servers.compare(ServerOptions.SHARED, ServerOptions.SHARED, scene);
    assertThat(scene.differing()).containsOnly(refused, unregistered);
  }

  @Test
  void givenAFewSeeds_whenTheyArePlayed_thenEveryEventAndErrorIsSeen() {
    Map<String, Integer> seen = new TreeMap<>();
    LongStream.rangeClosed(1, 6).forEach(seed -> {
      StepScene scene = new StepScene(RandomSteps.of(seed, 2 * REQUESTS));
      servers.compare(scene).original().transcript().seen().values().stream()
          .flatMap(List::stream).forEach(line -> Stream.of(line.split("\"")).filter(
              word -> word.contains("_") || word.contains(" "))
              .forEach(word -> seen.merge(word, 1, Integer::sum)));
    });
    assertThat(seen).containsKeys("room_peer_add", "room_peer_rm", "room_peer_update",
        "room_peer_from", "room_update", "invite_incoming", "invite_response", "invite_cancelled",
        "ns_user_add", "ns_user_rm", "ns_user_update", "ns_room_add", "ns_room_rm",
        "ns_room_peer_add", "ns_room_peer_rm", "ns_room_peer_update", "Missing tid in message",
        "Missing element in message", "Type mismatch in message", "Unexpected field in message",
        "Unknown command", "Room does not exist", "You are not in the room",
        "You are only invited to the room", "User is already in room", "Unknown recipient",
        "Recipient is pending", "Status not in expected state", "Invalid invitation handle",
        "Namespace does not exist", "User was already subscribed to that namespace",
        "User was not subscribed to namespace", "User was already registered to that namespace",
        "User was not registered to namespace", "Room was already registered to that namespace",
        "Room was not registered to namespace");
  }
}
