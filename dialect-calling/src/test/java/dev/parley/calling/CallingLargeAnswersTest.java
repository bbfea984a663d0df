package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteSize;
import dev.parley.hub.MailboxLimits;
import dev.parley.net.limits.Limits;
import dev.parley.net.limits.OverloadLimits;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Spread;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An answer is never refused: who reads it gets all of it, and stays. */
class CallingLargeAnswersTest {

  private static final int MEMBERS = 50;
  private static final int STATUS = 8_000;

  /** Of half of which, where signals are refused, an answer about all members is more. */
  private static final ByteSize OUTBOUND = ByteSize.ofKiB(704);

  private static GatewayFixture.Builder node() {
    Limits tight =
        Records.with(
            Limits.DEFAULT, "message", ByteSize.ofKiB(16), "outbound", OUTBOUND,
            "stall", Duration.ofSeconds(2), "overload", OverloadLimits.OFF, "mailboxes",
            new MailboxLimits(
                10, ByteSize.ofKiB(32), 10, ByteSize.ofKiB(32), ByteSize.ofMiB(1)));
    return GatewayFixture.gateway().limits(tight).dialect("calling", "/", Map.of());
  }

  @ParameterizedTest
  @EnumSource(Spread.class)
  void givenARoomWithMoreThanSignalsMayTake_whenAReaderJoins_thenItGetsAllOfItAndStays(
      Spread spread) {
    String status = "s".repeat(STATUS);
    try (Spread.Gateways gateways = spread.start(CallingLargeAnswersTest::node)) {
      List<WireClient> members = new ArrayList<>();
      for (int i = 0; i < MEMBERS; i++) {
        URI server = gateways.nodes().get(i % gateways.nodes().size()).wsUri("/");
        WireClient member = WireClient.connect(server);
        member.text("{\"type\":\"status\",\"status\":{\"s\":\"" + status + "\"},\"tid\":0}");
        member.text("{\"type\":\"room_join\",\"room\":\"r\",\"tid\":1}");
        member.awaitText(told -> told.contains("\"tid\":1"));
        members.add(member);
      }

      String answer =
          members.getLast().texts().stream().filter(told -> told.contains("\"tid\":1"))
              .findFirst().orElseThrow();
      assertThat(answer).hasSizeGreaterThan(OUTBOUND.intBytes() / 2);
      WireClient last = members.getLast();
      last.text("{\"type\":\"ping\",\"tid\":2}");
      last.awaitText(told -> told.contains("\"tid\":2"));
      assertThat(members).noneMatch(WireClient::isOver);
      members.forEach(WireClient::close);
    }
  }
}
