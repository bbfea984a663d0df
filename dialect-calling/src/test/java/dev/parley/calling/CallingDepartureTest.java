package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.net.limits.Limits;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.record.Records;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that go half-way through something: all others are informed, and nothing is left. */
class CallingDepartureTest {

  private static final String INVITE =
      "{'type':'invite_send','room':'r','user':'<bert>','data':{},'tid':1}";

  /** The state of an invitation of anna to bert at the moment when one of them leaves. */
  private enum Moment {
    OPEN, BEING_ACCEPTED, BEING_DENIED, BEING_CANCELLED, ACCEPTED
  }

  static Stream<Arguments> departures() {
    return Arrays.stream(Moment.values()).flatMap(moment -> Stream.of(
        Arguments.of(moment, "anna", Named.of("closes", (Consumer<Actor>) Actor::leaves)),
        Arguments.of(moment, "anna", Named.of("vanishes", (Consumer<Actor>) Actor::vanishes)),
        Arguments.of(moment, "bert", Named.of("closes", (Consumer<Actor>) Actor::leaves)),
        Arguments.of(moment, "bert", Named.of("vanishes", (Consumer<Actor>) Actor::vanishes))));
  }

  @ParameterizedTest
  @MethodSource("departures")
  void givenAnInvitation_whenOneSideGoesAtAnyMoment_thenNothingIsLeftOfBothInTheEnd(
      Moment moment, String first, Consumer<Actor> end) {
    try (CallingStage stage = new CallingStage(Map.of("room_timeout", 0))) {
      Actor watch = stage.user("watch")
          .sends("{'type':'ns_subscribe','namespace':'n','tid':1}").gets(1);
      int before = stage.gateway().groups().size();
      Actor anna = stage.member("anna", "r")
          .sends("{'type':'ns_room_register','namespace':'n','room':'r','tid':1}").gets(1);
      Actor bert = stage.user("bert");
      anna.sends(INVITE).gets(2);
      bert.gets(1);
      watch.gets(2);
      switch (moment) {
        case OPEN -> {}
        case BEING_ACCEPTED ->
            bert.sends("{'type':'invite_accept','handle':0,'status':{},'tid':2}");
        case BEING_DENIED -> bert.sends("{'type':'invite_deny','handle':0,'tid':2}");
        case BEING_CANCELLED -> anna.sends("{'type':'invite_cancel','handle':0,'tid':2}");
        case ACCEPTED -> bert
            .sends("{'type':'invite_accept','handle':0,'status':{},'tid':2}").gets(1);
      }

      end.accept(first.equals("anna") ? anna : bert);
      end.accept(first.equals("anna") ? bert : anna);

      stage.awaits("the end of what the two were in",
          () -> stage.gateway().groups().size() == before
              && stage.gateway().groups().deadlines() == 0
              && stage.gateway().connections() == 1);
      watch.client().awaitText(told -> told.contains("\"ns_room_rm\""));
      watch.sends("{'type':'ns_unsubscribe','namespace':'n','tid':2}",
          "{'type':'ns_unsubscribe','namespace':'n','tid':3}");
      assertThat(watch.client().awaitText(told -> told.contains("\"tid\":3")))
          .contains("Namespace does not exist");
    }
  }

  @Test
  void givenAnInvitedClient_whenNothingIsHeardOfItAnyMore_thenItHasDenied() {
    Limits impatient =
        Records.with(
            Limits.DEFAULT, "ping", Duration.ofMillis(300), "pong", Duration.ofMillis(300));
    try (CallingStage stage = new CallingStage(
        GatewayFixture.gateway().limits(impatient).dialect("calling", "/", Map.of()))) {
      Actor anna = stage.member("anna", "r");
      Actor bert = stage.user("bert");
      bert.client().ignorePings();
      anna.sends(INVITE).gets(2)
          // It is quiet itself, but answers pings.
          .gets("{'type':'invite_response','handle':0,'accepted':false}",
              "{'type':'room_peer_rm','room':'r','user':'<bert>'}");
      bert.gets(1).isClosed(1001);
      anna.sends("{'type':'ping','tid':2}").gets("{'type':'answer','tid':2}");
    }
  }
}
