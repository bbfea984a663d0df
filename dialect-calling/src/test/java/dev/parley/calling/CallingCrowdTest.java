package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteRate;
import dev.parley.config.ByteSize;
import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import dev.parley.net.limits.Limits;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.record.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that do what others have to bear, with limits that a few of them reach. */
class CallingCrowdTest {

  private static final String PING = "{'type':'ping','tid':99}";
  private static final String PONG = "{'type':'answer','tid':99}";

  private static final MailboxLimits SMALL = new MailboxLimits(
      10, ByteSize.ofKiB(32), 10, ByteSize.ofKiB(32), ByteSize.ofKiB(64));

  private static CallingStage stage(Object... namesAndLimits) {
    return new CallingStage(GatewayFixture.gateway()
        .limits(Records.with(Limits.DEFAULT, namesAndLimits)).dialect("calling", "/", Map.of()));
  }

  private static String status(int length) {
    return "{'x':'" + "x".repeat(length) + "'}";
  }

  @Test
  void givenARoomWithAllThatFits_whenAnotherJoins_thenItIsAnsweredAndItsConnectionLives() {
    GroupLimits groups = Records.with(
        GroupLimits.DEFAULT, "status", ByteSize.ofKiB(8), "view", ByteSize.ofKiB(64));
    try (CallingStage stage =
        stage("message", ByteSize.ofKiB(32), "outbound", ByteSize.ofKiB(160), "mailboxes",
            SMALL, "groups", groups)) {
      int in = 0;
      for (int i = 0; i < 60; i++) {
        Actor member = stage.user("member" + i);
        int before = member.client().texts().size();
        member.sends("{'type':'room_join','room':'r','status':" + status(1_100) + ",'tid':0}");
        String answer = member.client().awaitTexts(before + 1).get(before);
        in += answer.contains("Room is full") ? 0 : 1;
      }
      assertThat(in).isBetween(20, 50);

      Actor late = stage.user("late");
      int before = late.client().texts().size();
      late.sends("{'type':'room_join','room':'r','tid':0}");
      assertThat(late.client().awaitTexts(before + 1).get(before))
          .contains("\"peers\"").hasSizeBetween(in * 1_100, 64 << 10);
      late.gets(1).sends(PING).gets(PONG);
    }
  }

  @Test
  void givenAClientInManyRooms_whenItSetsBigStatuses_thenItIsReadMoreSlowlyAndOthersAreNot() {
    try (CallingStage stage = stage(
        "byteRate", new ByteRate(ByteSize.ofKiB(64)), "byteBurst", ByteSize.ofKiB(256))) {
      List<Actor> members = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        members.add(stage.user("member" + i));
      }
      Actor attacker = stage.user("attacker");
      for (String room : List.of("a", "b", "c")) {
        members.forEach(each -> each.client()
            .text("{\"type\":\"room_join\",\"room\":\"" + room + "\",\"tid\":0}"));
        attacker.client().text("{\"type\":\"room_join\",\"room\":\"" + room + "\",\"tid\":0}");
      }
      String set = ("{'type':'status','status':" + status(10_000) + ",'tid':1}").replace('\'', '"');
      for (int i = 0; i < 20; i++) {
        attacker.client().text(set);
      }

      stage.awaits("the attacker waits for what it has caused", () -> throttled(stage) > 0);
      stage.user("innocent").sends(PING).gets(PONG);
      members.getFirst().client().text(PING.replace('\'', '"'));
      members.getFirst().client().awaitText(text -> text.contains("99"));
    }
  }

  private static double throttled(CallingStage stage) {
    return stage.gateway().metrics().get("parley.connections.throttled").tag("cause", "work")
        .counter().count();
  }

  @Test
  void givenAUserThatIsInvitedOften_whenItJoinsAndInvites_thenItIsServed() {
    try (CallingStage stage = stage()) {
      Actor victim = stage.user("victim");
      Actor attacker = stage.user("attacker");
      for (int i = 0; i < 100; i++) {
        attacker.sends("{'type':'invite_send','room':'a" + i
            + "','user':'<victim>','data':{},'tid':" + i + "}");
      }
      attacker.client().awaitText(text -> text.contains("\"tid\":99"));
      victim.client().text("{\"type\":\"room_join\",\"room\":\"own\",\"tid\":1}");
      assertThat(victim.client().awaitText(text -> text.contains("\"tid\":1")))
          .doesNotContain("error");
    }
  }
}
