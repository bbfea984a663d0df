package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteSize;
import dev.parley.net.limits.Limits;
import dev.parley.net.limits.OverloadLimits;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Spread;
import dev.parley.testkit.Spread.Gateways;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.record.Records;
import dev.parley.testkit.waits.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client that reads slowly, or whose connection is lost, pays for what others do: nothing. */
class SlowReadersTest {

  private static final int CALLERS = 200;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String OPEN = "{\"type\":\"OPEN\"}";
  private static final String TAKEN =
      "{\"type\":\"ID-TAKEN\",\"payload\":{\"msg\":\"ID is taken\"}}";

  private static Gateways start(Spread spread, Limits limits) {
    return spread.start(
        () -> GatewayFixture.gateway()
            .dialect("peerjs", "/", Map.of("expire_timeout", LONG.toMillis()))
            .limits(Records.with(limits, "overload", OverloadLimits.OFF)));
  }

  /** Connects to the next node; not yet let in. */
  private static WireClient connects(Gateways gateways, int node, String id, String token) {
    GatewayFixture gateway = gateways.nodes().get(node % gateways.nodes().size());
    return WireClient.connect(gateway.wsUri("/peerjs?key=peerjs&id=" + id + "&token=" + token));
  }

  private static WireClient client(Gateways gateways, int node, String id) {
    WireClient client = connects(gateways, node, id, id);
    client.awaitText(OPEN::equals);
    return client;
  }

  private static List<WireClient> callers(Gateways gateways, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> client(gateways, i, "caller" + i))
        .toList();
  }

  private static String message(String type, String to, String payload) {
    return "{\"type\":\"" + type + "\",\"dst\":\"" + to + "\",\"payload\":\"" + payload + "\"}";
  }

  private static long offers(WireClient client) {
    return client.texts().stream().filter(text -> text.contains("\"OFFER\"")).count();
  }

  private static long refusals(List<WireClient> callers) {
    return callers.stream()
        .flatMap(caller -> caller.texts().stream())
        .filter(text -> text.contains("\"EXPIRE\""))
        .count();
  }

  private static double closed(Gateways gateways, String reason) {
    return gateways.nodes().stream()
        .flatMap(node -> node.metrics().find("parley.connections.closed").tag("reason", reason)
            .counters().stream())
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static double full(Gateways gateways) {
    return gateways.nodes().stream()
        .flatMap(node -> node.metrics().find("parley.signals.undelivered").tag("cause", "full")
            .counters().stream())
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @ParameterizedTest
  @EnumSource(Spread.class)
  void givenAHostThatDoesNotRead_whenManyCallIt_thenTheyAreRefusedAndTheHostStays(Spread spread) {
    Limits small = Records.with(Limits.DEFAULT, "outbound", ByteSize.ofMiB(1));
    try (Gateways gateways = start(spread, small);
        WireClient host = client(gateways, 0, "host")) {
      List<WireClient> callers = callers(gateways, CALLERS);
      host.stopReading();
      int each = 20;

      String payload = "x".repeat(5_000);
      for (int i = 0; i < each; i++) {
        callers.forEach(caller -> caller.text(message("OFFER", "host", payload)));
      }
      Waits.until("a refusal", () -> refusals(callers) > 0);
      host.readOn();

      Waits.until("an outcome of each offer",
          () -> offers(host) + refusals(callers) == (long) each * CALLERS);
      assertThat(full(gateways)).isEqualTo((double) refusals(callers));
      assertThat(host.isOver()).isFalse();
      assertThat(callers).noneMatch(WireClient::isOver);
      callers.getFirst().text(message("OFFER", "host", "later"));
      host.awaitText(text -> text.contains("later"));
      callers.forEach(WireClient::close);
    }
  }

  @ParameterizedTest
  @EnumSource(Spread.class)
  void givenAHost_whenFourHundredCallItAtOnce_thenNothingIsRefusedAndNobodyIsClosed(
      Spread spread) {
    int crowd = 400;
    int candidates = 10;
    try (Gateways gateways = start(spread, Limits.DEFAULT);
        WireClient host = client(gateways, 0, "host")) {
      List<WireClient> callers = callers(gateways, crowd);

      callers.forEach(caller -> caller.text(message("OFFER", "host", "o".repeat(2_500))));
      for (int i = 0; i < candidates; i++) {
        callers.forEach(caller -> caller.text(message("CANDIDATE", "host", "c".repeat(300))));
      }

      host.awaitTexts(1 + crowd * (1 + candidates), LONG);
      assertThat(full(gateways)).isZero();
      assertThat(callers).allMatch(caller -> caller.texts().equals(List.of(OPEN)));
      assertThat(host.isOver()).isFalse();
      assertThat(callers).noneMatch(WireClient::isOver);
      callers.forEach(WireClient::close);
    }
  }

  @ParameterizedTest
  @EnumSource(Spread.class)
  void givenAPeerWhoseConnectionIsLost_whenAThiefWantsItsId_thenThePeerComesBackToWhatWaits(
      Spread spread) {
    Limits holding = Records.with(Limits.DEFAULT, "hold", LONG);
    try (Gateways gateways = start(spread, holding);
        WireClient caller = client(gateways, 1, "caller")) {
      WireClient victim = client(gateways, 0, "victim");
      victim.cut();
      Waits.until("the client to be closed", () -> closed(gateways, "client_left") == 1);
      gateways.settle();

      List<WireClient> thieves = new ArrayList<>();
      for (int node = 0; node < 3; node++) {
        WireClient thief = connects(gateways, node, "victim", "guess");
        assertThat(thief.awaitTexts(1)).containsExactly(TAKEN);
        thieves.add(thief);
      }
      caller.text(message("OFFER", "victim", "for the victim alone"));

      try (WireClient again = client(gateways, 2, "victim")) {
        again.awaitText(text -> text.contains("for the victim alone"));
        assertThat(thieves).allMatch(thief -> thief.texts().equals(List.of(TAKEN)));
        assertThat(caller.texts()).containsExactly(OPEN);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Spread.class)
  void givenAPeerThatSaysGoodbye_whenAnotherTokenComes_thenTheIdIsFree(Spread spread) {
    Limits holding = Records.with(Limits.DEFAULT, "hold", LONG);
    try (Gateways gateways = start(spread, holding)) {
      WireClient page = client(gateways, 0, "page");
      page.close(1001, "");
      page.awaitClosed();
      gateways.settle();

      WireClient reloaded = connects(gateways, 1, "page", "another");

      assertThat(reloaded.awaitTexts(1)).containsExactly(OPEN);
      reloaded.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Spread.class)
  void givenAPeerThatFallsSilent_whenItIsClosed_thenItsIdIsHeldForIt(Spread spread) {
    Limits impatient =
        Records.with(Limits.DEFAULT, "hold", LONG, "ping", Duration.ofMillis(300), "pong",
            Duration.ofMillis(300));
    try (Gateways gateways = start(spread, impatient)) {
      WireClient victim = client(gateways, 0, "victim");
      victim.ignorePings();
      victim.awaitClosed();
      Waits.until("the silent client to be closed", () -> closed(gateways, "silent") == 1);
      gateways.settle();

      assertThat(connects(gateways, 1, "victim", "guess").awaitTexts(1)).containsExactly(TAKEN);
      client(gateways, 2, "victim").close();
    }
  }

  @ParameterizedTest
  @EnumSource(Spread.class)
  void givenNoHold_whenAConnectionIsLost_thenItsIdIsFreeAtOnce(Spread spread) {
    Limits off = Records.with(Limits.DEFAULT, "hold", Duration.ZERO);
    try (Gateways gateways = start(spread, off)) {
      client(gateways, 0, "page").cut();
      Waits.until("the client to be closed", () -> closed(gateways, "client_left") == 1);
      gateways.settle();

      WireClient another = connects(gateways, 1, "page", "another");

      assertThat(another.awaitTexts(1)).containsExactly(OPEN);
      another.close();
    }
  }
}
