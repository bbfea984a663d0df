package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteRate;
import dev.parley.config.Rate;
import dev.parley.net.limits.Limits;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.record.Records;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send anything: each message is answered, and the connection lives on. */
class CallingAnythingTest {

  private static final int MESSAGES = 1_000;

  private static final List<String> REQUESTS = List.of(
      "{'type':'status','status':{'a':[1,{'b':null}]},'tid':1}",
      "{'type':'room_join','room':'q','status':{'x':1},'tid':2}",
      "{'type':'room_leave','room':'q','tid':3}",
      "{'type':'room_status','room':'q','key':'k','value':[1.5e3],'check':true,'tid':4}",
      "{'type':'room_peer_status','room':'q','status':['x','\\u20ac'],'tid':5}",
      "{'type':'room_peer_to','room':'q','user':'u','event':'e','data':{'sdp':'v=0'},'tid':6}",
      "{'type':'ns_subscribe','namespace':'m','tid':7}",
      "{'type':'ns_user_register','namespace':'m','tid':8}",
      "{'type':'ns_room_register','namespace':'m','room':'q','tid':9}",
      "{'type':'invite_send','room':'q','user':'u','data':null,'tid':10}",
      "{'type':'invite_accept','handle':0,'status':{},'tid':11}",
      "{'type':'remote_ping','time':1e9,'tid':12}");

  private static final List<String> SCRAPS = List.of(
      "{", "}", "[", "]", "\"", ":", ",", "null", "-", "0", "1e999", "\\u0000", "\\ud800",
      "\\", "__proto__", "\u20ac", "\ud83d\ude00", " ", "\n", "\u0000", "[[[[[[[[", "'");

  private static Limits unhurried() {
    return Records.with(Limits.DEFAULT, "rate", Rate.OFF, "byteRate", ByteRate.OFF);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void givenMessagesThatAreBroken_whenSent_thenEachIsAnsweredAndNobodyElseIsHarmed(long seed) {
    try (CallingStage stage = new CallingStage(
        GatewayFixture.gateway().limits(unhurried()).dialect("calling", "/", Map.of()))) {
      Actor bert = stage.member("bert", "r");
      Actor anna = stage.member("anna", "r");
      bert.gets(1);
      Random random = new Random(seed);
      for (int sent = 0; sent < MESSAGES; sent++) {
        String message = broken(random);
        if (random.nextInt(4) == 0) {
          anna.client().binary(message.getBytes(StandardCharsets.UTF_8));
        } else {
          anna.client().text(message);
        }
      }

      anna.sends("{'type':'room_peer_to','room':'r','user':'<bert>','event':'end','data':{},"
          + "'tid':4711}");
      anna.client().awaitText(told -> told.equals("{\"type\":\"answer\",\"tid\":4711}"));
      bert.client().awaitText(told -> told.contains("\"event\":\"end\""));

      long answers = anna.client().texts().stream()
          .filter(told -> told.startsWith("{\"type\":\"answer\"")
              || told.startsWith("{\"type\":\"error\""))
          .count();
      // Those, the one at the end, and that of the room that she is in.
      assertThat(answers).isEqualTo(MESSAGES + 2);
      anna.leaves().isClosed(1000);
    }
  }

  /** A request, cut, filled with scraps, or with a piece left out; now and then as it should be. */
  private static String broken(Random random) {
    StringBuilder message = new StringBuilder(
        REQUESTS.get(random.nextInt(REQUESTS.size())).replace('\'', '"'));
    for (int times = random.nextInt(4); times > 0; times--) {
      int at = random.nextInt(message.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> message.setLength(at);
        case 1 -> message.delete(at, Math.min(message.length(), at + random.nextInt(8)));
        default -> message.insert(at, SCRAPS.get(random.nextInt(SCRAPS.size())));
      }
    }
    return message.toString();
  }
}
