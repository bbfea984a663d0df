package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.wire.WireEnd.Heard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients of calling-signaling say, and what they take for right. */
class CallingScriptTest {

  private static final int FINAL_TEXT = 0x81;
  private static final String JOINED =
      "{\"type\":\"answer\",\"tid\":%d,\"data\":{\"room\":\"r\",\"peers\":{%s},\"status\":{}}}";
  private static final String ADDED =
      "{\"type\":\"room_peer_add\",\"room\":\"p0\",\"pending\":false,\"user\":\"%s\",\"status\":%s}";

  private final Party one = new Party("p0a");
  private final Party other = new Party("p0b");
  private final List<String> said = new ArrayList<>();

  private Heard hear(WireEnd end, String message) {
    byte[] bytes = ("xx" + message + "yy").getBytes(StandardCharsets.US_ASCII);
    return end.hear(bytes, 2, bytes.length - 2, said::add);
  }

  private static String hello(String id) {
    return "{\"type\":\"hello\",\"id\":\"" + id + "\",\"server\":\"any\"}";
  }

  /** The texts of the frames that a signal is. */
  private static List<String> written(WireEnd end, long number) {
    ByteBuf frames = Unpooled.buffer();
    end.write(number, 7, frames);
    List<String> texts = new ArrayList<>();
    while (frames.isReadable()) {
      assertThat(frames.readUnsignedByte()).isEqualTo((short) FINAL_TEXT);
      int length = frames.readByte() & 0x7F;
      byte[] mask = new byte[4];
      length = length == 126 ? frames.readUnsignedShort() : length;
      frames.readBytes(mask);
      byte[] text = new byte[length];
      frames.readBytes(text);
      for (int i = 0; i < length; i++) {
        text[i] ^= mask[i & 3];
      }
      texts.add(new String(text, StandardCharsets.US_ASCII));
    }
    return texts;
  }

  @Test
  void givenTwoMembers_whenTheySignal_thenEachSignalIsRecognisedAndItsAnswerExpected() {
    WireEnd anna = new CallingScript().end(one, other);
    WireEnd bert = new CallingScript().end(other, one);

    assertThat(hear(anna, hello("A"))).isEqualTo(Heard.NOTHING);
    assertThat(hear(anna, JOINED.formatted(0, ""))).isEqualTo(Heard.KNOWN);
    assertThat(hear(bert, hello("B"))).isEqualTo(Heard.NOTHING);
    assertThat(said).hasSize(2).allMatch(join -> join.contains("\"room\":\"p0\""));
    assertThat(hear(bert, JOINED.formatted(0, "\"A\":{}"))).isEqualTo(Heard.READY);
    assertThat(hear(anna, ADDED.formatted("B", "{}"))).isEqualTo(Heard.READY);

    String sent = written(anna, 42).getFirst();
    assertThat(sent).startsWith("{\"type\":\"room_peer_to\",\"room\":\"p0\",\"user\":\"B\"")
        .hasSizeBetween(1100, 1350);
    String relayed = sent.replace("room_peer_to", "room_peer_from")
        .replace("\"user\":\"B\"", "\"user\":\"A\"").replace(",\"tid\":1}", "}");
    assertThat(hear(bert, relayed)).isEqualTo(Heard.SIGNAL);
    assertThat(bert.last().number()).isEqualTo(42);
    assertThat(hear(bert, sent)).isEqualTo(Heard.ALTERED);

    assertThat(anna.unanswered()).isEqualTo(1);
    assertThat(hear(anna, "{\"type\":\"answer\",\"tid\":1,\"error\":\"no\"}"))
        .isEqualTo(Heard.ALTERED);
    assertThat(hear(anna, "{\"type\":\"answer\",\"tid\":1}")).isEqualTo(Heard.NOTHING);
    assertThat(anna.unanswered()).isZero();
    assertThat(hear(anna, "{\"type\":\"answer\",\"tid\":1}")).isEqualTo(Heard.ALTERED);
  }

  @Test
  void givenAHostAndItsGuest_whenTheGuestComesAgain_thenTheHostSeesItsMarks() {
    CallingRoomScript rooms = new CallingRoomScript(10);
    WireEnd host = rooms.host(one, other);
    WireEnd guest = rooms.guest(other, one);

    assertThat(host.speaks()).isFalse();
    hear(host, hello("A"));
    assertThat(hear(host, JOINED.formatted(2, ""))).isEqualTo(Heard.KNOWN);
    hear(guest, hello("B"));
    assertThat(hear(guest, JOINED.formatted(2, ""))).isEqualTo(Heard.READY);
    assertThat(hear(host, ADDED.formatted("C", "{}"))).isEqualTo(Heard.NOTHING);
    String first = said.get(1).replaceAll(".*\"status\":(\\{[^}]*}).*", "$1");
    assertThat(hear(host, ADDED.formatted("B", first))).isEqualTo(Heard.READY);

    List<String> sent = written(guest, 3);
    assertThat(sent).hasSize(2);
    assertThat(sent.getFirst()).isEqualTo(CallingMessage.leave(1, "p0"));
    String status = sent.getLast().replaceAll(".*\"status\":(\\{[^}]*}).*", "$1");
    assertThat(hear(host, "{\"type\":\"room_peer_rm\",\"room\":\"p0\",\"user\":\"B\"}"))
        .isEqualTo(Heard.NOTHING);
    assertThat(hear(host, ADDED.formatted("B", status))).isEqualTo(Heard.SIGNAL);
    assertThat(host.last().number()).isEqualTo(3);
    assertThat(hear(host, "{\"type\":\"error\"}")).isEqualTo(Heard.ALTERED);

    assertThat(guest.unanswered()).isEqualTo(2);
    assertThat(hear(guest, "{\"type\":\"answer\",\"tid\":1}")).isEqualTo(Heard.NOTHING);
    assertThat(hear(guest, "{\"type\":\"answer\",\"tid\":2,\"error\":\"no\"}"))
        .isEqualTo(Heard.ALTERED);
    assertThat(hear(guest, JOINED.formatted(2, "\"A\":{}"))).isEqualTo(Heard.NOTHING);
    assertThat(guest.unanswered()).isZero();
  }

  @Test
  void givenPairsOfARoomOfTen_whenTheyJoin_thenFiveOfThemAreInEachRoom() {
    CallingRoomScript rooms = new CallingRoomScript(10);
    for (int pair = 0; pair < 10; pair++) {
      Party host = new Party("p" + pair + "a");
      hear(rooms.host(host, new Party("p" + pair + "b")), hello("H" + pair));
    }

    assertThat(said.subList(0, 5)).allMatch(join -> join.contains("\"room\":\"p0\""));
    assertThat(said.subList(5, 10)).allMatch(join -> join.contains("\"room\":\"p1\""));
  }
}
